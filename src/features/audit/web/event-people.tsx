import type { AnswerOf } from '../../../contract/endpoint.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { Avatar } from '../../../web/kit/avatar.tsx'
import type { listAuditEvents } from '../contract.ts'

/** An event of the journal as the API answers it. */
export type AuditEvent = AnswerOf<typeof listAuditEvents>['data'][number]

/** Who did it, and in whose name when they acted for somebody. */
export function EventPeople({ event, bare }: { event: AuditEvent; bare?: boolean }) {
  const t = useT()
  const words = event.subject
    ? t('audit.actedFor', { actor: event.actor.name, subject: event.subject.name })
    : event.actor.name
  if (bare) return <span>{words}</span>
  return (
    <span style={{ display: 'inline-flex', alignItems: 'center', gap: 8, minWidth: 0 }}>
      <Avatar person={{ id: event.actor.id ?? 'system', name: event.actor.name }} size={22} />
      <span style={{ overflow: 'hidden', textOverflow: 'ellipsis' }}>{words}</span>
    </span>
  )
}
