import type { Ctx } from '../../server/context.ts'
import { assignClients, type AssignmentPair } from '../assignments/public.ts'
import type { ClientChange, Trace } from './client-change.ts'
import { lockVisibleClients } from './lock-visible-clients.ts'
import { setStatuses } from './set-statuses.ts'
import { setTags } from './set-tags.ts'

/** What a batch changed: traces by client, and who got what (to be told by the caller). */
export type Changed = { traces: Map<string, Trace>; given: AssignmentPair[] }

/** Does one change to clients the subject sees: 404 when it doesn't see one of them. Audited client by client. */
export async function changeClients(
  ctx: Ctx,
  change: ClientChange,
  clientIds: readonly string[],
): Promise<Changed> {
  if (change.kind === 'assign') return assign(ctx, change, clientIds)
  const clients = await lockVisibleClients(ctx, clientIds)
  const traces =
    change.kind === 'status'
      ? await setStatuses(ctx, clients, change.status)
      : await setTags(ctx, clients, change)
  return { traces, given: [] }
}

async function assign(
  ctx: Ctx,
  change: ClientChange & { kind: 'assign' },
  clientIds: readonly string[],
): Promise<Changed> {
  const pairs = (members: readonly string[]) =>
    clientIds.flatMap((clientId) => members.map((memberId) => ({ clientId, memberId })))
  const leads = await ctx.tx.query<{ client_id: string; member_id: string }>(
    'bulk_leads',
    `select client_id, member_id from assignment where agency_id = $1 and client_id = any($2::uuid[]) and member_id = any($3::uuid[]) and is_lead`,
    [ctx.agencyId, clientIds, change.remove],
  )
  const { added, removed } = await assignClients(ctx, {
    add: pairs(change.add),
    remove: pairs(change.remove),
    announce: false,
  })
  const traces = new Map<string, Trace & { kind: 'assign' }>()
  const traceOf = (id: string) => {
    const trace = traces.get(id) ?? { kind: 'assign', added: [], removed: [], lead: null }
    traces.set(id, trace)
    return trace
  }
  for (const p of added) traceOf(p.clientId).added.push(p.memberId)
  for (const p of removed) traceOf(p.clientId).removed.push(p.memberId)
  for (const l of leads)
    if (traces.get(l.client_id)?.removed.includes(l.member_id)) traceOf(l.client_id).lead = l.member_id
  return { traces, given: added }
}
