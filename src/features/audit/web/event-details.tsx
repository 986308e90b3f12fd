import { Link } from '@tanstack/react-router'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { Properties, Property } from '../../../web/kit/record-layout.tsx'
import { paths } from '../../../web/paths.ts'
import type { AuditEvent } from './event-people.tsx'

/** Everything the journal keeps of one event. */
export function EventDetails({ event }: { event: AuditEvent }) {
  const t = useT()
  const format = useFormat()
  const facts = Object.entries(event.data).filter(([name]) => name !== 'changes')
  const changes = Object.entries((event.data['changes'] ?? {}) as Record<string, [unknown, unknown]>)
  return (
    <Properties>
      <Property name={t('audit.when')}>{format.exact(event.occurredAt)}</Property>
      <Property name={t('audit.who')}>{event.actor.name}</Property>
      {event.subject ? <Property name={t('audit.column.subject')}>{event.subject.name}</Property> : null}
      {event.chain.length > 2 ? <Property name={t('audit.chain')}>{event.chain.join(' → ')}</Property> : null}
      {event.entity ? <Property name={t('audit.entity')}>{event.entity.name}</Property> : null}
      {event.clientId ? (
        <Property name={t('audit.client')}>
          <Link className="text-link" to={paths.client(event.clientId)}>
            {t('audit.openClient')}
          </Link>
        </Property>
      ) : null}
      {event.memberId ? (
        <Property name={t('audit.member')}>
          <Link className="text-link" to={paths.subAccount(event.memberId)}>
            {t('audit.openMember')}
          </Link>
        </Property>
      ) : null}
      {changes.map(([field, [before, after]]) => (
        <Property key={field} name={field}>
          {t('audit.change', { before: words(before), after: words(after) })}
        </Property>
      ))}
      {facts.map(([name, value]) => (
        <Property key={name} name={name}>
          {words(value)}
        </Property>
      ))}
      <Property name={t('audit.seq')}>{format.number(event.seq)}</Property>
      {event.requestId ? <Property name={t('audit.column.request')}>{event.requestId}</Property> : null}
    </Properties>
  )
}

function words(value: unknown): string {
  if (value === null || value === undefined || value === '') return '—'
  return typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean)
}
