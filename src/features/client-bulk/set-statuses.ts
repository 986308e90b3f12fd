import type { ClientStatus } from '../../contract/client-fields.ts'
import type { Ctx } from '../../server/context.ts'
import type { Trace } from './client-change.ts'
import type { LockedClient } from './lock-visible-clients.ts'

/** Gives locked clients a status; those that have it already are left alone. Audited as on the record. */
export async function setStatuses(
  ctx: Ctx,
  clients: readonly LockedClient[],
  status: ClientStatus,
): Promise<Map<string, Trace>> {
  const changing = clients.filter((c) => c.status !== status)
  const traces = new Map<string, Trace>()
  if (changing.length === 0) return traces
  await ctx.tx.query(
    'bulk_status',
    `update client set status = $3, archived_at = case when $3 = 'archived' then $4::timestamptz end, updated_at = $4, last_activity_at = $4, version = version + 1
     where agency_id = $1 and id = any($2::uuid[])`,
    [ctx.agencyId, changing.map((c) => c.id), status, ctx.nowIso],
  )
  for (const c of changing) {
    traces.set(c.id, { kind: 'status', before: c.status, after: status })
    ctx.audit({
      action:
        status === 'archived'
          ? 'client.archived'
          : c.status === 'archived'
            ? 'client.restored'
            : 'client.updated',
      clientId: c.id,
      entity: { kind: 'client', id: c.id, name: c.name },
      data: { changes: { status: [c.status, status] } },
    })
  }
  ctx.publish({ agencyId: ctx.agencyId, kind: 'clients' })
  return traces
}
