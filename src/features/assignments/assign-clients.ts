import type { Ctx } from '../../server/context.ts'
import { Refusal, notFound } from '../../server/refusal.ts'
import { visibleClients } from '../access/public.ts'
import { announceAssignments } from './announce-assignments.ts'
import { visibleMembers } from '../sub-accounts/public.ts'

/** A client and a sub-account that works on it. */
export type AssignmentPair = { clientId: string; memberId: string }

/** What to change. Ids are bare UUIDs; a pair in both lists ends up assigned. */
export type AssignmentChange = {
  add?: readonly AssignmentPair[]
  remove?: readonly AssignmentPair[]
  /** The person in charge of each client (C14), who must be assigned to it; null for nobody. */
  lead?: readonly { clientId: string; memberId: string | null }[]
  /** "Prévenir par courriel": active holders also get a mail. */
  notify?: boolean
  /** false: nobody is told at all (a batch of long work tells once, at its end, with `announceAssignments`). */
  announce?: boolean
  source?: 'manual' | 'import' | 'template' | 'sample'
  /** The caller just made these clients or members: their sight is not asked. */
  trusted?: boolean
  /** Undoing a removal: disabled holders get their dormant assignment back. */
  restoring?: boolean
}

/** What really changed: pairs that were already so are left out. `leads` holds who was in charge before. */
export type AssignmentOutcome = {
  added: AssignmentPair[]
  removed: AssignmentPair[]
  leads: { clientId: string; memberId: string | null }[]
}

type Named = { id: string; name: string }

/**
 * Assigns clients to sub-accounts and takes them away, from either side (A6, A10 to A12, A17, A18). Only
 * clients the subject of the call sees, only to members it sees: 404 otherwise. 409
 * `assignment.member_disabled` when a disabled holder would get a client, 409 `assignment.lead_not_assigned`
 * when the person in charge isn't assigned. Audited by pair; the holders are told.
 */
export async function assignClients(ctx: Ctx, change: AssignmentChange): Promise<AssignmentOutcome> {
  const { add = [], remove = [], lead = [] } = change
  const clients = await lockClients(
    ctx,
    unique([...add, ...remove, ...lead].map((p) => p.clientId)),
    change.trusted ?? false,
  )
  const members = await readMembers(
    ctx,
    unique([...add, ...remove, ...lead].flatMap((p) => p.memberId ?? [])),
    change.trusted ?? false,
  )
  if (!change.restoring && add.some((p) => members.get(p.memberId)!.state === 'disabled'))
    throw new Refusal(409, 'assignment.member_disabled')
  const kept = new Set(add.map(keyOf))
  const removed = await removePairs(
    ctx,
    remove.filter((p) => !kept.has(keyOf(p))),
  )
  const added = await addPairs(ctx, add, change.source ?? 'manual')
  const leads = await setLeads(ctx, lead)
  for (const p of removed) record('client.unassigned', p)
  for (const p of added) record('client.assigned', p)
  for (const { clientId, memberId } of lead)
    if (leads.some((l) => l.clientId === clientId))
      ctx.audit({
        action: memberId === null ? 'client.lead_removed' : 'client.lead_changed',
        clientId,
        memberId,
        entity: { kind: 'client', id: clientId, name: clients.get(clientId)!.name },
        data: { member: memberId === null ? null : members.get(memberId)!.name },
      })
  const touched = unique([...added, ...removed, ...leads].map((p) => p.clientId))
  if (touched.length > 0) {
    await ctx.tx.query(
      'touch_clients',
      `update client set last_activity_at = greatest(last_activity_at, $3) where agency_id = $1 and id = any($2::uuid[])`,
      [ctx.agencyId, touched, ctx.nowIso],
    )
    ctx.publish({ agencyId: ctx.agencyId, kind: 'clients' })
  }
  if (change.announce !== false) await announceAssignments(ctx, added, { mail: change.notify ?? false })
  return { added, removed, leads }

  function record(
    action: 'client.assigned' | 'client.unassigned',
    { clientId, memberId }: AssignmentPair,
  ): void {
    ctx.audit({
      action,
      clientId,
      memberId,
      entity: { kind: 'client', id: clientId, name: clients.get(clientId)!.name },
      data: { member: members.get(memberId)!.name, source: change.source ?? 'manual' },
    })
  }
}

const keyOf = (p: AssignmentPair) => `${p.clientId} ${p.memberId}`
const unique = (ids: string[]) => [...new Set(ids)]

/** Locks the clients in id order, so that two bulk assignments can't wait for each other. */
async function lockClients(ctx: Ctx, ids: string[], trusted: boolean): Promise<Map<string, Named>> {
  if (ids.length === 0) return new Map()
  const from = trusted
    ? ctx.db.selectFrom('client').where('client.agency_id', '=', ctx.agencyId)
    : visibleClients(ctx)
  const rows = await from
    .select(['client.id', 'client.name'])
    .where('client.id', 'in', ids)
    .orderBy('client.id')
    .forNoKeyUpdate()
    .execute()
  if (rows.length < ids.length) throw notFound()
  return new Map(rows.map((r) => [r.id, r]))
}

async function readMembers(
  ctx: Ctx,
  ids: string[],
  trusted: boolean,
): Promise<Map<string, Named & { state: string }>> {
  if (ids.length === 0) return new Map()
  const from = trusted
    ? ctx.db.selectFrom('member').where('member.agency_id', '=', ctx.agencyId)
    : visibleMembers(ctx)
  const rows = await from
    .innerJoin('realm_user', (j) =>
      j.onRef('realm_user.agency_id', '=', 'member.agency_id').onRef('realm_user.id', '=', 'member.user_id'),
    )
    .select(['member.id', 'member.state', 'realm_user.name'])
    .where('member.id', 'in', ids)
    .execute()
  if (rows.length < ids.length) throw notFound()
  return new Map(rows.map((r) => [r.id, r]))
}

type Row = { client_id: string; member_id: string }
const pairOf = (r: Row): AssignmentPair => ({ clientId: r.client_id, memberId: r.member_id })

async function removePairs(ctx: Ctx, pairs: readonly AssignmentPair[]): Promise<AssignmentPair[]> {
  if (pairs.length === 0) return []
  const rows = await ctx.tx.query<Row>(
    'remove_assignments',
    `delete from assignment a using unnest($2::uuid[], $3::uuid[]) as gone(client_id, member_id)
     where a.agency_id = $1 and a.client_id = gone.client_id and a.member_id = gone.member_id
     returning a.client_id, a.member_id`,
    [ctx.agencyId, pairs.map((p) => p.clientId), pairs.map((p) => p.memberId)],
  )
  return rows.map(pairOf)
}

async function addPairs(
  ctx: Ctx,
  pairs: readonly AssignmentPair[],
  source: string,
): Promise<AssignmentPair[]> {
  if (pairs.length === 0) return []
  const rows = await ctx.tx.query<Row>(
    'add_assignments',
    `insert into assignment (agency_id, client_id, member_id, source, assigned_by, assigned_by_name, assigned_at)
     select distinct $1::uuid, client_id, member_id, $4, $5::uuid, $6, $7::timestamptz
     from unnest($2::uuid[], $3::uuid[]) as wanted(client_id, member_id) order by client_id, member_id
     on conflict do nothing returning client_id, member_id`,
    [
      ctx.agencyId,
      pairs.map((p) => p.clientId),
      pairs.map((p) => p.memberId),
      source,
      ctx.actor?.userId ?? null,
      ctx.actor?.name ?? 'Canopée',
      ctx.nowIso,
    ],
  )
  return rows.map(pairOf)
}

/** Gives who was in charge of each client whose person in charge changed. */
async function setLeads(
  ctx: Ctx,
  leads: readonly { clientId: string; memberId: string | null }[],
): Promise<{ clientId: string; memberId: string | null }[]> {
  const before: { clientId: string; memberId: string | null }[] = []
  for (const { clientId, memberId } of leads) {
    const [old] = await ctx.tx.query<{ member_id: string }>(
      'lead_of',
      `select member_id from assignment where agency_id = $1 and client_id = $2 and is_lead`,
      [ctx.agencyId, clientId],
    )
    if ((old?.member_id ?? null) === memberId) continue
    await ctx.tx.query(
      'clear_lead',
      `update assignment set is_lead = false where agency_id = $1 and client_id = $2 and is_lead`,
      [ctx.agencyId, clientId],
    )
    if (memberId !== null) {
      const set = await ctx.tx.query(
        'set_lead',
        `update assignment set is_lead = true where agency_id = $1 and client_id = $2 and member_id = $3 returning 1`,
        [ctx.agencyId, clientId, memberId],
      )
      if (set.length === 0) throw new Refusal(409, 'assignment.lead_not_assigned')
    }
    before.push({ clientId, memberId: old?.member_id ?? null })
  }
  return before
}
