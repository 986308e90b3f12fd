import {
  IconArchive,
  IconArchiveOff,
  IconBriefcase,
  IconEdit,
  IconFileInvoice,
  IconHistory,
  IconNote,
  IconPlus,
  IconStar,
  IconUserMinus,
  IconUserPlus,
} from '@tabler/icons-react'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT, isTextKey } from '../../../web/i18n/use-t.ts'
import { TimelineEvent } from '../../../web/kit/timeline.tsx'
import { changesOf, useFieldName } from './event-changes.tsx'
import type { HistoryEvent } from './merge-activity.ts'

const icons: Record<string, typeof IconHistory> = {
  'client.created': IconPlus,
  'client.updated': IconEdit,
  'client.archived': IconArchive,
  'client.restored': IconArchiveOff,
  'client.home_changed': IconBriefcase,
  'client.assigned': IconUserPlus,
  'client.unassigned': IconUserMinus,
  'client.lead_changed': IconStar,
  'client.lead_removed': IconStar,
  'billing_profile.updated': IconFileInvoice,
  'note.created': IconNote,
  'note.updated': IconNote,
  'note.deleted': IconNote,
  'note.restored': IconNote,
}

/** Picture of what was done. */
export function EventIcon({ action }: { action: string }) {
  const Icon = icons[action] ?? IconHistory
  return <Icon size={16} aria-hidden="true" />
}

/** What was done, in words. */
export function useEventLabel() {
  const t = useT()
  return (action: string) => {
    const key = `audit.${action}`
    return isTextKey(key) ? t(key) : action
  }
}

/** Who did it, and in whose name when they acted for somebody. */
export function useEventAuthor() {
  const t = useT()
  return (event: HistoryEvent) =>
    event.subject
      ? t('client_record.event.actedFor', { actor: event.actor, subject: event.subject })
      : event.actor
}

/** One thing that happened to the client, on one line. */
export function ClientEvent({ event }: { event: HistoryEvent }) {
  const label = useEventLabel()
  const author = useEventAuthor()
  const fieldName = useFieldName()
  const format = useFormat()
  const t = useT()
  const member = typeof event.data['member'] === 'string' ? event.data['member'] : null
  // The others' names say all there is to say.
  const fields = event.action.endsWith('.updated') ? changesOf(event) : []
  const detail = member ?? format.list(fields.map(([field]) => fieldName(field)))
  return (
    <TimelineEvent icon={<EventIcon action={event.action} />} at={event.at}>
      <b>{label(event.action)}</b>
      {detail ? ` · ${detail}` : null}{' '}
      <span className="ink-3">{t('client_record.event.by', { name: author(event) })}</span>
    </TimelineEvent>
  )
}
