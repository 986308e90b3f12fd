import type { ReactNode } from 'react'
import { useT } from '../i18n/use-t.ts'
import { useMe } from '../me.ts'
import { ActingBar } from './acting-bar.tsx'
import { ConfirmEmailBar } from './confirm-email-bar.tsx'
import { OfflineBar } from './offline-bar.tsx'
import { PaletteHost } from './palette-host.tsx'
import { PhoneBar } from './phone-bar.tsx'
import { ReadOnlyBar } from './read-only-bar.tsx'
import { ShortcutSheet } from './shortcut-sheet.tsx'
import { SideBar } from './side-bar.tsx'
import { TabBar } from './tab-bar.tsx'
import { useAgencyWatch } from './use-agency-watch.ts'
import { useSessionWatch } from './use-session-watch.ts'
import './phone.css'
import './shell.css'

/** What surrounds every signed-in page. */
export function Shell(props: { children: ReactNode }) {
  const t = useT()
  const me = useMe()
  useSessionWatch()
  useAgencyWatch()
  if (!me) return null
  const { acting } = me
  return (
    <div className="app" data-acting={acting ? true : undefined}>
      <a className="skip-link" href="#content">
        {t('shell.skip')}
      </a>
      {acting ? <ActingBar acting={acting} me={me} /> : null}
      <PhoneBar />
      <SideBar />
      <main className="main" id="content" tabIndex={-1}>
        <OfflineBar />
        <ReadOnlyBar />
        {me.user.emailConfirmed ? null : <ConfirmEmailBar email={me.user.email} />}
        {props.children}
      </main>
      <TabBar />
      <PaletteHost />
      <ShortcutSheet />
    </div>
  )
}
