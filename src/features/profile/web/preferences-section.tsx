import { SegmentedControl, Select, Switch } from '@mantine/core'
import { locales } from '../../../contract/common.ts'
import type { Locale } from '../../../contract/common.ts'
import { call } from '../../../web/call.ts'
import { languageNames } from '../../../web/i18n/catalogue.ts'
import { useLanguage } from '../../../web/i18n/language.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { notify, notifyError } from '../../../web/kit/notices.tsx'
import { TimeZoneField } from '../../../web/kit/time-zone-field.tsx'
import { refreshMe, useMe } from '../../../web/me.ts'
import { usePreferences } from '../../../web/preferences.ts'
import { updateProfile } from '../contract.ts'
import { ProfileSection } from './profile-section.tsx'

/** Language, time zone, theme, shortcuts: applied at once, and on one's other devices. */
export function PreferencesSection() {
  const t = useT()
  const me = useMe()
  const language = useLanguage()
  const { theme, setTheme, setLanguage, setShortcuts } = usePreferences()
  const kept = (change: Promise<unknown>) => void change.then(() => notify(t('profile.kept')), notifyError)
  const setTimeZone = async (timeZone: string) => {
    await call(updateProfile, { body: { timeZone } })
    await refreshMe()
  }
  return (
    <ProfileSection title={t('profile.preferences')} lead={t('profile.preferences.lead')}>
      <Select
        label={t('profile.language')}
        data={locales.map((l) => ({ value: l, label: languageNames[l] }))}
        value={language}
        onChange={(value) => kept(setLanguage(value as Locale))}
        maw={320}
      />
      <TimeZoneField
        label={t('profile.timeZone')}
        description={t('profile.timeZone.help')}
        allowDeselect={false}
        value={me?.user.timeZone ?? null}
        onChange={(value) => {
          if (value) kept(setTimeZone(value))
        }}
        maw={320}
      />
      <div>
        <div className="profile-label" id="profile-theme">
          {t('profile.theme')}
        </div>
        <SegmentedControl
          aria-labelledby="profile-theme"
          value={theme}
          onChange={(value) => kept(setTheme(value as 'auto' | 'light' | 'dark'))}
          data={(['light', 'dark', 'auto'] as const).map((value) => ({
            value,
            label: t(`shell.theme.${value}`),
          }))}
        />
      </div>
      <Switch
        label={t('profile.shortcuts')}
        description={t('profile.shortcuts.help')}
        checked={me?.user.shortcuts ?? true}
        onChange={(event) => kept(setShortcuts(event.currentTarget.checked))}
      />
    </ProfileSection>
  )
}
