import type { ReactNode } from 'react'
import { useT } from '../i18n/use-t.ts'
import { Avatar } from './avatar.tsx'
import type { Person } from './avatar.tsx'
import { RelativeDate } from './texts.tsx'
import './timeline.css'

/** Titles that cut a timeline: "Cette semaine", "Octobre". */
export function TimelineDay(props: { children: ReactNode }) {
  return <h3 className="timeline-day">{props.children}</h3>
}

/** Something that happened, on one line. */
export function TimelineEvent(props: { icon: ReactNode; children: ReactNode; at: string }) {
  return (
    <div className="timeline-event">
      {props.icon}
      <span>{props.children}</span>
      <span className="spacer" />
      <RelativeDate value={props.at} />
    </div>
  )
}

type NoteCardProps = {
  author: Person
  at: string
  /** Written by somebody acting for the author: "via Studio Lumière". */
  via?: string | undefined
  /** The text, with its line breaks. */
  children: ReactNode
  /** Edit and delete, for its author. */
  actions?: ReactNode
}

/** A note somebody wrote. */
export function NoteCard(props: NoteCardProps) {
  const t = useT()
  return (
    <article className="note-card">
      <header>
        <Avatar person={props.author} size={20} />
        <b>{props.author.name}</b>
        {props.via ? <span className="note-via">{t('kit.note.via', { name: props.via })}</span> : null}
        <span className="spacer" />
        <RelativeDate value={props.at} />
        {props.actions}
      </header>
      <div className="note-text">{props.children}</div>
    </article>
  )
}
