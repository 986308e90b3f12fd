import type { ReactNode } from 'react'
import { useRealm } from '../realm.ts'
import { LanguagePicker } from './language-picker.tsx'
import { Logo } from './logo.tsx'
import './plain-layout.css'

/** Public pages that are not a form beside the brand: the home, the mailbox, the API reference. */
export function PlainLayout(props: { children: ReactNode; end?: ReactNode; wide?: boolean }) {
  const realm = useRealm()
  return (
    <div className="plain-layout">
      <header>
        <a href="/" className="plain-name">
          <Logo />
          <b>{realm.name}</b>
        </a>
        <span className="spacer" />
        {props.end}
      </header>
      <main data-wide={props.wide || undefined}>{props.children}</main>
      <footer>
        <LanguagePicker />
      </footer>
    </div>
  )
}
