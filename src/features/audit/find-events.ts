import { sql, type Selectable } from 'kysely'
import type { z } from 'zod'
import { toPublicId } from '../../contract/ids.ts'
import type { IdKind } from '../../contract/ids.ts'
import { agencyOf, type Ctx } from '../../server/context.ts'
import type { AuditEvent } from '../../server/schema.gen.ts'
import type { auditEvent, exportAuditEvents } from './contract.ts'
import type { InputOf } from '../../contract/endpoint.ts'

/** Filters of the journal, ids bare. */
export type AuditFilters = InputOf<typeof exportAuditEvents>['query']
type EventRow = Selectable<AuditEvent>

/** Events of the tenant that match, newest first, below `before` (a chain number). */
export async function findEvents(
  ctx: Ctx,
  filters: AuditFilters,
  limit: number,
  before?: number,
): Promise<EventRow[]> {
  let find = ctx.db
    .selectFrom('audit_event')
    .selectAll()
    .where('agency_id', '=', ctx.agencyId)
    .orderBy('seq', 'desc')
    .limit(limit)
  if (before !== undefined) find = find.where('seq', '<', BigInt(before))
  if (filters.action !== undefined)
    find = filters.action.endsWith('.')
      ? find.where('action', 'like', `${filters.action}%`)
      : find.where('action', '=', filters.action)
  if (filters.actorId) find = find.where('actor_user_id', '=', filters.actorId)
  if (filters.clientId) find = find.where('client_id', '=', filters.clientId)
  if (filters.memberId) find = find.where('member_id', '=', filters.memberId)
  if (filters.actingOnly) find = find.where('subject_user_id', 'is not', null)
  if (filters.from) find = find.where('occurred_at', '>=', startOf(ctx, filters.from))
  if (filters.to) find = find.where('occurred_at', '<', startOf(ctx, filters.to, 1))
  if (filters.q?.trim()) {
    const pattern = `%${filters.q.trim().replaceAll(/[\\%_]/g, '\\$&')}%`
    find = find.where(
      sql<boolean>`search_key(concat_ws(' ', entity_name, actor_name, subject_name)) like search_key(${pattern})`,
    )
  }
  return find.execute()
}

/** Start of a day, `plus` days on, in the agency's time zone. */
function startOf(ctx: Ctx, date: string, plus = 0): string {
  return Temporal.PlainDate.from(date)
    .add({ days: plus })
    .toZonedDateTime(agencyOf(ctx).timeZone)
    .toInstant()
    .toString()
}

const kinds: Record<string, IdKind> = {
  client: 'client',
  member: 'member',
  user: 'user',
  agency: 'agency',
  view: 'view',
  import: 'import',
  job: 'job',
  note: 'note',
  hosted_account: 'hostedAccount',
  account_user: 'user',
}

/** An event as the API answers it, its action in the caller's language. */
export function auditAnswer(ctx: Ctx, e: EventRow): z.output<typeof auditEvent> {
  const key = `audit.${e.action}`
  const { texts } = ctx.app
  const kind = e.entity_kind === null ? undefined : kinds[e.entity_kind]
  return {
    id: toPublicId('auditEvent', e.id),
    seq: Number(e.seq),
    occurredAt: e.occurred_at,
    action: e.action,
    label: texts.has(key) ? texts.t(ctx.locale, key) : e.action,
    actor: { id: e.actor_user_id === null ? null : toPublicId('user', e.actor_user_id), name: e.actor_name },
    subject:
      e.subject_user_id === null
        ? null
        : { id: toPublicId('user', e.subject_user_id), name: e.subject_name ?? '' },
    chain: e.chain as string[],
    entity:
      e.entity_kind === null
        ? null
        : {
            kind: e.entity_kind,
            id: e.entity_id !== null && kind ? toPublicId(kind, e.entity_id) : null,
            name: e.entity_name ?? '',
          },
    clientId: e.client_id === null ? null : toPublicId('client', e.client_id),
    memberId: e.member_id === null ? null : toPublicId('member', e.member_id),
    data: e.data as Record<string, unknown>,
    requestId: e.request_id,
  }
}
