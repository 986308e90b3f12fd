import { sql } from 'kysely'
import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import type { Role } from '../../contract/rights.ts'
import { agencyOf, memberOf, type Ctx } from '../../server/context.ts'
import { cursorId, decodeCursor, encodeCursor } from '../../server/page-cursor.ts'
import { invalid, notFound } from '../../server/refusal.ts'
import { budgetWallet } from '../budgets/public.ts'
import { parentRolesOf, visibleMembers, wordsIn, type Mode } from '../sub-accounts/public.ts'
import { balancesOf } from '../wallets/public.ts'
import type * as contract from './contract.ts'

/** Clients are counted up to here; one more stands for "more". */
const countedUpTo = 10_000
/** Matches of a search. */
const found = 30

const rank = sql<number>`array_position(array['owner', 'manager', 'consultant', 'client'], member.role)`
const key = sql<string>`search_key(u.name)`

/**
 * One level of the tree, highest role first, then by name (C10). Without `under`: the agency's root for an
 * owner, oneself for anybody else (C16). Only that level is read, however large the agency.
 */
export async function listTree(
  ctx: Ctx,
  { query }: InputOf<typeof contract.listTree>,
): Promise<AnswerOf<typeof contract.listTree>> {
  const you = memberOf(ctx)
  let level = visibleMembers(ctx)
    .innerJoin('realm_user as u', (j) =>
      j.onRef('u.agency_id', '=', 'member.agency_id').onRef('u.id', '=', 'member.user_id'),
    )
    .select([
      'member.id',
      'u.name',
      'member.role',
      'member.state',
      'member.job_title',
      'member.parent_id',
      'member.version',
      rank.as('rank'),
      key.as('key'),
      sql<number>`(select count(*)::int from member b where b.agency_id = ${ctx.agencyId} and b.parent_id = member.id)`.as(
        'child_count',
      ),
      sql<number>`(select count(*)::int - 1 from member_closure k where k.agency_id = ${ctx.agencyId} and k.ancestor_id = member.id)`.as(
        'team_count',
      ),
      sql<number>`(select count(*)::int from (select from (
          select a.client_id as id from assignment a where a.agency_id = ${ctx.agencyId} and a.member_id = member.id
          union select h.id from client h where h.agency_id = ${ctx.agencyId} and h.home_id = member.id) mine
        join client c on c.agency_id = ${ctx.agencyId} and c.id = mine.id and c.status <> 'archived' limit ${countedUpTo + 1}) x)`.as(
        'client_count',
      ),
    ])
    .orderBy(rank)
    .orderBy(key)
    .orderBy('member.id')
    .limit(query.limit + 1)
  if (query.under !== undefined) {
    const above = await visibleMembers(ctx)
      .select('member.id')
      .where('member.id', '=', query.under)
      .executeTakeFirst()
    if (!above) throw notFound()
    level = level.where('member.parent_id', '=', query.under)
  } else if (you.role === 'owner') level = level.where('member.parent_id', 'is', null)
  else level = level.where('member.id', '=', you.memberId)
  const [afterRank, afterKey, id] = decodeCursor(query.cursor, 3) ?? []
  if (afterRank !== undefined) {
    if (!/^[1-4]$/.test(afterRank)) throw invalid({ cursor: 'field.invalid' })
    level = level.where(
      sql<boolean>`(${rank}, ${key}, member.id) > (${afterRank}::int, ${afterKey}, ${cursorId(id)}::uuid)`,
    )
  }
  const rows = await level.execute()
  const shown = rows.slice(0, query.limit)
  const last = rows.length > query.limit ? shown.at(-1) : undefined
  const { currency, mode } = agencyOf(ctx)
  const holders = shown.filter((r) => r.role === 'manager' || r.role === 'consultant')
  const atTop = query.under === undefined && you.role === 'owner'
  const balances = await balancesOf(ctx, [
    ...holders.map((r) => budgetWallet(ctx, { kind: 'member', id: r.id })),
    ...(atTop ? [budgetWallet(ctx, { kind: 'agency' })] : []),
  ])
  const money = (i: number) => ({ amount: Number(balances[i]!.balance), currency })
  const balanceOf = new Map(holders.map((r, i) => [r.id, money(i)]))
  return {
    data: shown.map((r) => ({
      id: toPublicId('member', r.id),
      name: r.name,
      role: r.role as Role,
      state: r.state as 'active',
      jobTitle: r.job_title,
      parentId: r.parent_id === null ? null : toPublicId('member', r.parent_id),
      childCount: r.child_count,
      teamCount: r.team_count,
      clientCount: r.client_count,
      balance: balanceOf.get(r.id) ?? null,
      version: r.version,
      can: canOf(ctx, mode, { id: r.id, role: r.role as Role, state: r.state, parentId: r.parent_id }),
    })),
    nextCursor: last ? encodeCursor([last.rank, last.key, last.id]) : null,
    agencyBalance: atTop ? money(holders.length) : null,
  }
}

/** Who is seen besides oneself is below, so that seeing is enough; nobody moves or removes themselves. */
function canOf(ctx: Ctx, mode: Mode, m: { id: string; role: Role; state: string; parentId: string | null }) {
  const other = m.id !== memberOf(ctx).memberId
  const edit = ctx.may('members.edit')
  const mayHaveTeam = (['manager', 'consultant', 'client'] as const).some((role) =>
    parentRolesOf(mode, role).includes(m.role),
  )
  return {
    move: edit && other && (parentRolesOf(mode, m.role).length > 0 || m.parentId !== null),
    changeRole: edit && (other || memberOf(ctx).role === 'owner'),
    invite: ctx.may('members.invite') && mayHaveTeam && m.state !== 'disabled',
    handOver: ctx.may('members.disable') && other,
  }
}

/** Members found by name, address or job, with the names above each as far as the caller sees them. */
export async function findInTree(
  ctx: Ctx,
  { query }: InputOf<typeof contract.findInTree>,
): Promise<AnswerOf<typeof contract.findInTree>> {
  let matches = visibleMembers(ctx)
    .innerJoin('realm_user as u', (j) =>
      j.onRef('u.agency_id', '=', 'member.agency_id').onRef('u.id', '=', 'member.user_id'),
    )
    .select(['member.id', 'u.name', 'member.role'])
    .orderBy(key)
    .orderBy('member.id')
    .limit(found + 1)
  for (const word of wordsIn(query.q))
    matches = matches.where(sql<boolean>`member.search_text like '%' || search_key(${word}) || '%'`)
  const rows = await matches.execute()
  const shown = rows.slice(0, found)
  const above = await visibleMembers(ctx)
    .innerJoin('realm_user as u', (j) =>
      j.onRef('u.agency_id', '=', 'member.agency_id').onRef('u.id', '=', 'member.user_id'),
    )
    .innerJoin('member_closure as k', (j) =>
      j.onRef('k.agency_id', '=', 'member.agency_id').onRef('k.ancestor_id', '=', 'member.id'),
    )
    .select(['k.descendant_id', 'member.id', 'u.name'])
    .where(
      'k.descendant_id',
      'in',
      shown.length > 0 ? shown.map((r) => r.id) : ['00000000-0000-0000-0000-000000000000'],
    )
    .where('k.depth', '>', 0)
    .orderBy('k.depth', 'desc')
    .execute()
  const named = (r: { id: string; name: string }) => ({ id: toPublicId('member', r.id), name: r.name })
  return {
    data: shown.map((r) => ({
      ...named(r),
      role: r.role as Role,
      path: above.filter((a) => a.descendant_id === r.id).map(named),
    })),
    more: rows.length > found,
  }
}
