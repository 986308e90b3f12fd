import type { ReactNode } from 'react'
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react'
import './notice.css'

type NoticeProps = {
  tone?: 'warn' | 'info' | 'danger'
  children: ReactNode
  /** One button that leads to the remedy. */
  action?: ReactNode
  /** Inside a form or a card: no margin of its own. */
  inline?: boolean
  /** Read out as soon as it appears. */
  live?: boolean
}

/** A fact to know before going on: "39 clients ne sont assignés à personne…" */
export function Notice(props: NoticeProps) {
  const tone = props.tone ?? 'warn'
  const Icon = tone === 'info' ? IconInfoCircle : IconAlertTriangle
  return (
    <div
      className="notice"
      data-tone={tone}
      data-inline={props.inline || undefined}
      role={props.live ? (tone === 'danger' ? 'alert' : 'status') : undefined}
    >
      <Icon size={17} aria-hidden="true" />
      <div className="notice-text">{props.children}</div>
      {props.action}
    </div>
  )
}
