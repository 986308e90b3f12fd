import type { ReactNode } from 'react'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useT } from '../i18n/use-t.ts'
import './badges.css'

/** What a status means; the colour never says it alone. */
export type Tone = 'ok' | 'info' | 'warn' | 'danger' | 'mute'

/** A status: dot and word. */
export function StatusBadge(props: { tone: Tone; children: ReactNode; dot?: boolean }) {
  return (
    <span className="status" data-tone={props.tone} data-dot={props.dot ?? true}>
      {props.children}
    </span>
  )
}

/** A label people put on things. */
export function Tag(props: { children: ReactNode; small?: boolean }) {
  return (
    <span className="tag" data-small={props.small || undefined}>
      {props.children}
    </span>
  )
}

/**
 * "Non assigné" (A23). With `onAssign` it is the button that opens the people picker; without the
 * right to assign it only says so. `title` tells who sees the client meanwhile.
 */
export function UnassignedBadge(props: { onAssign?: () => void; title?: string; inRow?: boolean }) {
  const label = useT()('kit.unassigned')
  const content = (
    <>
      <IconAlertTriangle size={13} aria-hidden="true" />
      {label}
    </>
  )
  if (!props.onAssign) {
    return (
      <span className="unassigned" title={props.title}>
        {content}
      </span>
    )
  }
  const assign = props.onAssign
  return (
    <button
      type="button"
      className="unassigned"
      title={props.title}
      tabIndex={props.inRow ? -1 : undefined}
      onClick={(event) => {
        event.stopPropagation()
        assign()
      }}
    >
      {content}
    </button>
  )
}
