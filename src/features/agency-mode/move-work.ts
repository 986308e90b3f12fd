import type { Role } from '../../contract/rights.ts'
import { agencyOf, type Ctx } from '../../server/context.ts'
import { invalid } from '../../server/refusal.ts'
import { mayStandUnder, visibleMembers, type MemberToChange } from '../sub-accounts/public.ts'
import { assignPairs, keepSight, lostSight, noteSight, type Pair } from './kept-sight.ts'

/** To whom a removed member's work goes; bare ids. */
export type Wish = {
  clientsTo: string | null
  exceptions: readonly { clientId: string; memberId: string }[]
  teamTo: string | null
  keepSight: boolean
}

/** What moved, enough to take it back. */
export type MovedWork = {
  /** Assignments the member had. */
  taken: { client: string; lead: boolean; source: string }[]
  /** New assignments of those who got its clients, and of those who keep seeing them. */
  given: Pair[]
  kept: Pair[]
  /** Clients whose portfolio it was, and whose it is now. */
  homes: { client: string; to: string }[]
  /** Members who stood right below it, and under whom they stand now. */
  team: { member: string; to: string | null }[]
  /** Who loses sight of clients, when sight is not kept. */
  lost: Pair[]
}

type Receiver = { id: string; role: Role; state: string; depth: number | null }

/**
 * Gives a member's clients, portfolio and team to others, under the locks of the membership and of the clients
 * (domain.md: everybody else's sight is kept). 422 on `clientsTo`, `exceptions` or `teamTo` when somebody there
 * can't take them.
 */
export async function moveWork(ctx: Ctx, member: MemberToChange, wish: Wish): Promise<MovedWork> {
  const receivers = await readReceivers(ctx, member, wish)
  await noteSight(ctx, member.id)
  const team = await moveTeam(ctx, member, wish, receivers)
  const toOf = new Map(wish.exceptions.map((e) => [e.clientId, e.memberId]))
  const taken = await ctx.tx.query<MovedWork['taken'][number]>(
    'hand_over_take',
    `delete from assignment where agency_id = $1 and member_id = $2 returning client_id as client, is_lead as lead, source`,
    [ctx.agencyId, member.id],
  )
  // Marks of a change of mode are the sight of a team: they go with it.
  const receiverOf = (a: MovedWork['taken'][number]) =>
    a.source === 'mode_switch' && !a.lead
      ? (wish.teamTo ?? wish.clientsTo)
      : (toOf.get(a.client) ?? wish.clientsTo)
  if (taken.some((a) => receiverOf(a) === null)) throw invalid({ clientsTo: 'hand_over.receiver_required' })
  const pairs = taken.map((a) => ({ client: a.client, member: receiverOf(a)! }))
  const given = await assignPairs(ctx, pairs)
  const leads = taken.flatMap((a) => (a.lead ? [{ client: a.client, member: receiverOf(a)! }] : []))
  await ctx.tx.query(
    'hand_over_lead',
    `update assignment a set is_lead = true from unnest($2::uuid[], $3::uuid[]) as p(client, member)
     where a.agency_id = $1 and a.client_id = p.client and a.member_id = p.member`,
    [ctx.agencyId, leads.map((p) => p.client), leads.map((p) => p.member)],
  )
  const homes = await moveHomes(ctx, member, wish, toOf)
  await forgetFormer(ctx, member, wish)
  const kept = wish.keepSight ? await keepSight(ctx, member.id) : []
  const lost = wish.keepSight ? [] : await lostSight(ctx, member.id)
  return { taken, given, kept, homes, team, lost }
}

async function readReceivers(ctx: Ctx, member: MemberToChange, wish: Wish): Promise<Map<string, Receiver>> {
  const ids = [wish.clientsTo, wish.teamTo, ...wish.exceptions.map((e) => e.memberId)].filter(
    (id) => id !== null,
  )
  if (ids.length === 0) return new Map()
  const rows = await visibleMembers(ctx)
    .leftJoin('member_closure as k', (j) =>
      j
        .onRef('k.agency_id', '=', 'member.agency_id')
        .onRef('k.descendant_id', '=', 'member.id')
        .on('k.ancestor_id', '=', member.id),
    )
    .select(['member.id', 'member.role', 'member.state', 'k.depth'])
    .where('member.id', 'in', ids)
    .execute()
  const known = new Map(rows.map((r) => [r.id, { ...r, role: r.role as Role }]))
  const suits = (id: string) => {
    const r = known.get(id)
    return (
      r !== undefined &&
      id !== member.id &&
      r.state !== 'disabled' &&
      (r.role !== 'client' || member.role === 'client')
    )
  }
  if (wish.clientsTo !== null && !suits(wish.clientsTo))
    throw invalid({ clientsTo: 'hand_over.receiver_unsuited' })
  if (wish.exceptions.some((e) => !suits(e.memberId)))
    throw invalid({ exceptions: 'hand_over.receiver_unsuited' })
  if (wish.teamTo !== null && !suits(wish.teamTo)) throw invalid({ teamTo: 'hand_over.receiver_unsuited' })
  return known
}

/** Those right below go under `teamTo`, or where the member stands; somebody of the team who takes it over rises there. */
async function moveTeam(
  ctx: Ctx,
  member: MemberToChange,
  wish: Wish,
  receivers: ReadonlyMap<string, Receiver>,
): Promise<MovedWork['team']> {
  const children = await ctx.db
    .selectFrom('member')
    .select(['id', 'role'])
    .where('agency_id', '=', ctx.agencyId)
    .where('parent_id', '=', member.id)
    .execute()
  if (children.length === 0) return []
  const { mode } = agencyOf(ctx)
  const to = wish.teamTo ?? member.parentId
  const head = wish.teamTo === null ? undefined : receivers.get(wish.teamTo)
  const headRole = head?.role ?? (member.parentId === null ? null : await roleOf(ctx, member.parentId))
  const rises = head !== undefined && head.depth !== null
  // Only somebody right below may take over: anybody deeper would leave the ones between without a place.
  if (rises && head.depth !== 1) throw invalid({ teamTo: 'member.parent_unsuited' })
  if (
    rises &&
    !mayStandUnder(mode, head.role, member.parentId === null ? null : await roleOf(ctx, member.parentId))
  )
    throw invalid({ teamTo: 'member.parent_unsuited' })
  const others = children.filter((c) => c.id !== wish.teamTo)
  if (others.some((c) => !mayStandUnder(mode, c.role as Role, headRole)))
    throw invalid({ teamTo: 'member.parent_unsuited' })
  const moves = [
    ...(rises ? [{ member: head.id, to: member.parentId }] : []),
    ...others.map((c) => ({ member: c.id, to })),
  ]
  for (const move of moves) await place(ctx, move.member, move.to)
  return moves
}

/** Puts a member under another one, or at the root. */
export async function place(ctx: Ctx, memberId: string, parentId: string | null): Promise<void> {
  await ctx.db
    .updateTable('member')
    .set((eb) => ({ parent_id: parentId, version: eb('version', '+', 1) }))
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', memberId)
    .execute()
}

async function roleOf(ctx: Ctx, id: string): Promise<Role> {
  const row = await ctx.db
    .selectFrom('member')
    .select('role')
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return row.role as Role
}

async function moveHomes(
  ctx: Ctx,
  member: MemberToChange,
  wish: Wish,
  toOf: ReadonlyMap<string, string>,
): Promise<MovedWork['homes']> {
  const rows = await ctx.db
    .selectFrom('client')
    .select('id')
    .where('agency_id', '=', ctx.agencyId)
    .where('home_id', '=', member.id)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute()
  const homes = rows.map(({ id }) => ({ client: id, to: toOf.get(id) ?? wish.clientsTo }))
  if (homes.some((h) => h.to === null)) throw invalid({ clientsTo: 'hand_over.receiver_required' })
  await ctx.tx.query(
    'hand_over_homes',
    `update client c set home_id = p.home, version = c.version + 1 from unnest($2::uuid[], $3::uuid[]) as p(id, home)
     where c.agency_id = $1 and c.id = p.id`,
    [ctx.agencyId, homes.map((h) => h.client), homes.map((h) => h.to)],
  )
  return homes as MovedWork['homes']
}

/** What a change of mode remembers of the member becomes its successors'. */
async function forgetFormer(ctx: Ctx, member: MemberToChange, wish: Wish): Promise<void> {
  const names = [ctx.agencyId, member.id] as const
  await ctx.tx.query('former_own', `delete from former_place where agency_id = $1 and member_id = $2`, names)
  const heir = wish.teamTo ?? member.parentId
  await ctx.tx.query(
    'former_team',
    `delete from former_place where agency_id = $1 and former_parent_id = $2 and ($3::uuid is null or member_id = $3)`,
    [...names, heir],
  )
  await ctx.tx.query(
    'former_team_heir',
    `update former_place set former_parent_id = $3 where agency_id = $1 and former_parent_id = $2 and $3::uuid is not null`,
    [...names, heir],
  )
  await ctx.tx.query(
    'former_homes',
    `delete from former_home where agency_id = $1 and former_home_id = $2 and $3::uuid is null`,
    [...names, wish.clientsTo],
  )
  await ctx.tx.query(
    'former_homes_heir',
    `update former_home set former_home_id = $3 where agency_id = $1 and former_home_id = $2 and $3::uuid is not null`,
    [...names, wish.clientsTo],
  )
}
