import { Menu } from '@mantine/core'
import {
  IconDots,
  IconKeyboard,
  IconLanguage,
  IconLogout,
  IconMoon,
  IconUserCircle,
} from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { locales } from '../../contract/common.ts'
import type { Role } from '../../contract/rights.ts'
import type { TextKey } from '../../contract/text-keys.gen.ts'
import { languageNames } from '../i18n/catalogue.ts'
import { useLanguage } from '../i18n/language.ts'
import { useT } from '../i18n/use-t.ts'
import { Avatar } from '../kit/avatar.tsx'
import { useMe } from '../me.ts'
import { paths } from '../paths.ts'
import { usePreferences } from '../preferences.ts'
import { slots } from '../slots.ts'
import { openShortcutSheet } from './shortcut-sheet.tsx'
import { signOut } from './sign-out.ts'

const roleKeys: Record<Role, TextKey> = {
  owner: 'role.owner',
  manager: 'role.manager',
  consultant: 'role.consultant',
  client: 'role.client',
}

const themes = [
  { value: 'light', label: 'shell.theme.light' },
  { value: 'dark', label: 'shell.theme.dark' },
  { value: 'auto', label: 'shell.theme.auto' },
] as const

/** The user: profile, theme, language, shortcuts, sign-out. */
export function UserMenu() {
  const t = useT()
  const me = useMe()
  const navigate = useNavigate()
  const { theme, setTheme, setLanguage } = usePreferences()
  const language = useLanguage()
  if (!me) return null
  const { user, member, account } = me
  return (
    <Menu position="right-end" width={240}>
      <Menu.Target>
        <button type="button" className="switcher">
          <Avatar person={{ id: member?.id ?? user.id, name: user.name }} size={26} />
          <span className="switcher-text">
            <b>{user.name}</b>
            {/* While acting, the role is the subject's: it would be read as the user's own. */}
            <small>
              {member && !me.acting
                ? t(roleKeys[member.role])
                : account && !me.acting
                  ? t(`account_users.role.${account.role}`)
                  : user.email}
            </small>
          </span>
          <IconDots size={15} className="switcher-arrow" aria-hidden="true" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{user.email}</Menu.Label>
        <Menu.Item
          leftSection={<IconUserCircle size={15} />}
          onClick={() => void navigate({ to: paths.profile })}
        >
          {t('shell.user.profile')}
        </Menu.Item>
        <Menu.Item leftSection={<IconKeyboard size={15} />} onClick={openShortcutSheet}>
          {t('shell.shortcuts.title')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Sub>
          <Menu.Sub.Target>
            <Menu.Sub.Item leftSection={<IconMoon size={15} />}>{t('shell.theme')}</Menu.Sub.Item>
          </Menu.Sub.Target>
          <Menu.Sub.Dropdown>
            {themes.map((option) => (
              <Menu.RadioItem
                key={option.value}
                value={option.value}
                checked={theme === option.value}
                onChange={() => void setTheme(option.value)}
              >
                {t(option.label)}
              </Menu.RadioItem>
            ))}
          </Menu.Sub.Dropdown>
        </Menu.Sub>
        <Menu.Sub>
          <Menu.Sub.Target>
            <Menu.Sub.Item leftSection={<IconLanguage size={15} />}>{t('shell.language')}</Menu.Sub.Item>
          </Menu.Sub.Target>
          <Menu.Sub.Dropdown>
            {locales.map((locale) => (
              <Menu.RadioItem
                key={locale}
                value={locale}
                checked={language === locale}
                lang={locale === 'zh' ? 'zh-Hans' : locale}
                onChange={() => void setLanguage(locale)}
              >
                {languageNames[locale]}
              </Menu.RadioItem>
            ))}
          </Menu.Sub.Dropdown>
        </Menu.Sub>
        {slots.signOut ? (
          <>
            <Menu.Divider />
            <Menu.Item leftSection={<IconLogout size={15} />} onClick={() => void signOut()}>
              {t('shell.signOut')}
            </Menu.Item>
          </>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  )
}
