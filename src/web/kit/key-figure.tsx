import type { ReactNode } from 'react'
import { Link } from '@tanstack/react-router'
import './key-figure.css'

/** One figure to know, what it counts and, perhaps, the list behind it. */
export function KeyFigure(props: {
  label: string
  value: ReactNode
  detail?: ReactNode
  to?: string
  search?: Record<string, string>
}) {
  const content = (
    <>
      <span className="key-figure-label">{props.label}</span>
      <span className="key-figure-value figures">{props.value}</span>
      {props.detail ? <span className="meta">{props.detail}</span> : null}
    </>
  )
  return props.to ? (
    <Link to={props.to} search={(props.search ?? {}) as never} className="key-figure">
      {content}
    </Link>
  ) : (
    <div className="key-figure">{content}</div>
  )
}

/** Several key figures side by side, two by two on a phone. */
export function KeyFigures(props: { children: ReactNode }) {
  return <div className="key-figures card">{props.children}</div>
}
