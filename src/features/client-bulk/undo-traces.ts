import type { ClientStatus } from '../../contract/client-fields.ts'
import type { Ctx } from '../../server/context.ts'
import { visibleClients } from '../access/public.ts'
import { assignClients } from '../assignments/public.ts'
import { visibleMembers } from '../sub-accounts/public.ts'
import type { Trace } from './client-change.ts'
import { lockSeenClients } from './lock-visible-clients.ts'
import { setStatuses } from './set-statuses.ts'
import { setTags } from './set-tags.ts'

/** What was done to a client, and when. */
export type Traced = { clientId: string; trace: Trace; since: string }
type TracedAs<Kind extends Trace['kind']> = { clientId: string; since: string; trace: Trace & { kind: Kind } }

/**
 * Takes back what was done to each client and gives how many changed. What somebody changed since stays as they
 * made it: a status that is no longer the one that was set, a person in charge named meanwhile, a client or a
 * member that is no longer the caller's to see.
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

async function undoAssignments(ctx: Ctx, all: readonly TracedAs<'assign'>[]): Promise<number> {
  const traced = await stillOwn(ctx, all)
  if (traced.length === 0) return 0
  const members = new Set(traced.flatMap((t) => [...t.trace.added, ...t.trace.removed]))
  const rows = await visibleMembers(ctx)
    .select('member.id')
    .where('member.id', 'in', [...members])
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

/**
 * Clients that the caller sees, and those that the change itself took out of its sight: nobody has been assigned
 * to them since. One that was given to others meanwhile is theirs.
 */
async function stillOwn<T extends Traced>(ctx: Ctx, traced: readonly T[]): Promise<T[]> {
  if (traced.length === 0) return []
  const ids = traced.map((t) => t.clientId)
  const seen = await visibleClients(ctx).select('client.id').where('client.id', 'in', ids).execute()
  const given = await ctx.tx.query<{ client_id: string }>(
    'given_since',
    `select distinct client_id from assignment where agency_id = $1 and client_id = any($2::uuid[]) and assigned_at > $3`,
    [ctx.agencyId, ids, traced[0]!.since],
  )
  const inSight = new Set(seen.map((r) => r.id))
  const elsewhere = new Set(given.map((r) => r.client_id))
  return traced.filter((t) => inSight.has(t.clientId) || !elsewhere.has(t.clientId))
}

async function undoStatuses(ctx: Ctx, traced: readonly TracedAs<'status'>[]): Promise<number> {
  const clients = await lockSeenClients(
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
  const clients = await lockSeenClients(
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
