import type { ReactNode } from 'react'
import './record-layout.css'

/** The page of one record: breadcrumb, head, notices, tabs, then what scrolls. */
export function RecordPage(props: { children: ReactNode }) {
  return <div className="record-page">{props.children}</div>
}

type RecordHeadProps = {
  /** Large tile or avatar. */
  icon: ReactNode
  title: ReactNode
  /** Website, town, tags: one line under the title. */
  meta?: ReactNode
  actions?: ReactNode
}

/** Head of a record: who it is and what can be done (picture 05). */
export function RecordHead(props: RecordHeadProps) {
  return (
    <header className="record-head">
      {props.icon}
      <div className="record-head-title">
        <h1>{props.title}</h1>
        {props.meta ? <div className="record-head-meta">{props.meta}</div> : null}
      </div>
      <div className="record-head-actions">{props.actions}</div>
    </header>
  )
}

/** A column of a record, with its accessible name. */
export type RecordColumn = { label: string; content: ReactNode }

/** Details at the left, what happens in the middle, relations at the right; one column on a phone. */
export function RecordLayout(props: { start?: RecordColumn; main: RecordColumn; end?: RecordColumn }) {
  const column = (kind: string, part: RecordColumn | undefined) =>
    part ? (
      // Scrolls by itself, so that the keyboard must be able to enter it.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must answer the arrow keys
      <section className={`record-column record-${kind}`} aria-label={part.label} tabIndex={0}>
        {part.content}
      </section>
    ) : null
  const shape = `${props.start ? 's' : ''}m${props.end ? 'e' : ''}`
  return (
    <div className="record" data-shape={shape}>
      {column('start', props.start)}
      {column('main', props.main)}
      {column('end', props.end)}
    </div>
  )
}

/** Title of a part, its count and its action. */
export function SectionHead(props: { title: ReactNode; count?: ReactNode; action?: ReactNode; id?: string }) {
  return (
    <div className="section-head">
      <h2 id={props.id}>{props.title}</h2>
      {props.count === undefined ? null : <em className="figures">{props.count}</em>}
      <span className="spacer" />
      {props.action}
    </div>
  )
}

/** Names and values, one under the other; values are often `InlineField`s. */
export function Properties(props: { children: ReactNode }) {
  return <dl className="properties">{props.children}</dl>
}

/** One name and its value. */
export function Property(props: { name: ReactNode; children: ReactNode }) {
  return (
    <>
      <dt>{props.name}</dt>
      <dd>{props.children}</dd>
    </>
  )
}
