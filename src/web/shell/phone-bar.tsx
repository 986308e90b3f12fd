import { ActionIcon } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useT } from '../i18n/use-t.ts'
import { NotificationBell } from './notification-bell.tsx'
import { openPalette } from './palette-store.ts'
import { Switcher } from './switcher.tsx'

/** The top of a phone's screen: the space, search, the bell. */
export function PhoneBar() {
  const t = useT()
  return (
    <header className="phone-bar">
      <Switcher />
      <ActionIcon size={40} aria-label={t('shell.search')} onClick={openPalette}>
        <IconSearch size={20} />
      </ActionIcon>
      <NotificationBell phone />
    </header>
  )
}
