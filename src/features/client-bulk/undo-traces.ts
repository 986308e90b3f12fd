import type { ClientStatus } from '../../contract/client-fields.ts'
import type { Ctx } from '../../server/context.ts'
import { assignClients } from '../assignments/public.ts'
import type { Trace } from './client-change.ts'
import { lockClients } from './lock-visible-clients.ts'
import { setStatuses } from './set-statuses.ts'
import { setTags } from './set-tags.ts'

type Traced = { clientId: string; trace: Trace }
type TracedAs<Kind extends Trace['kind']> = { clientId: string; trace: Trace & { kind: Kind } }

/**
 * Takes back what was done to each client and gives how many changed. What somebody changed since stays as they
 * made it: a status that is no longer the one that was set, a person in charge named meanwhile.
 */
export async function undoTraces(ctx: Ctx, traced: readonly Traced[]): Promise<number> {
  const of = <Kind extends Trace['kind']>(kind: Kind) =>
    traced.filter((t): t is TracedAs<Kind> => t.trace.kind === kind)
  return (
    (await undoAssignments(ctx, of('assign'))) +
    (await undoStatuses(ctx, of('status'))) +
    (await undoTags(ctx, of('tag')))
  )
}

async function undoAssignments(ctx: Ctx, traced: readonly TracedAs<'assign'>[]): Promise<number> {
  if (traced.length === 0) return 0
  const members = new Set(traced.flatMap((t) => [...t.trace.added, ...t.trace.removed]))
  const rows = await ctx.db
    .selectFrom('member')
    .select('id')
    .where('agency_id', '=', ctx.agencyId)
    .where('id', 'in', [...members])
    .execute()
  const there = new Set(rows.map((r) => r.id))
  const pairs = (which: 'added' | 'removed') =>
    traced.flatMap((t) =>
      t.trace[which].filter((m) => there.has(m)).map((memberId) => ({ clientId: t.clientId, memberId })),
    )
  const led = await ctx.tx.query<{ client_id: string }>(
    'led_clients',
    `select client_id from assignment where agency_id = $1 and client_id = any($2::uuid[]) and is_lead`,
    [ctx.agencyId, traced.map((t) => t.clientId)],
  )
  const taken = new Set(led.map((l) => l.client_id))
  const lead = traced.flatMap(({ clientId, trace }) =>
    trace.lead !== null && there.has(trace.lead) && !taken.has(clientId)
      ? [{ clientId, memberId: trace.lead }]
      : [],
  )
  const { added, removed } = await assignClients(ctx, {
    add: pairs('removed'),
    remove: pairs('added'),
    lead,
    restoring: true,
    trusted: true,
    announce: false,
  })
  return new Set([...added, ...removed].map((p) => p.clientId)).size
}

async function undoStatuses(ctx: Ctx, traced: readonly TracedAs<'status'>[]): Promise<number> {
  const clients = await lockClients(
    ctx,
    traced.map((t) => t.clientId),
  )
  const traces = new Map(traced.map((t) => [t.clientId, t.trace]))
  const groups = Map.groupBy(
    clients.filter((c) => c.status === traces.get(c.id)?.after),
    (c) => traces.get(c.id)!.before,
  )
  let changed = 0
  for (const [before, group] of groups)
    changed += (await setStatuses(ctx, group, before as ClientStatus)).size
  return changed
}

async function undoTags(ctx: Ctx, traced: readonly TracedAs<'tag'>[]): Promise<number> {
  const clients = await lockClients(
    ctx,
    traced.map((t) => t.clientId),
  )
  const traces = new Map(traced.map((t) => [t.clientId, t.trace]))
  const groups = Map.groupBy(clients, (c) =>
    JSON.stringify([traces.get(c.id)!.removed, traces.get(c.id)!.added]),
  )
  let changed = 0
  for (const [key, group] of groups) {
    const [add, remove] = JSON.parse(key) as [string[], string[]]
    changed += (await setTags(ctx, group, { add, remove })).size
  }
  return changed
}
