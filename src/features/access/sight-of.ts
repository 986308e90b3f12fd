import { memberOf, type App, type Ctx } from '../../server/context.ts'
import type { Viewer } from './visible-clients.ts'

/** How long a measure is kept, milliseconds. */
const keptFor = 60_000
const keptAtMost = 20_000
/** Nobody with more than this many clients is ever narrow. */
const narrowest = 5_000
/** Rows of one page: what `wide` must find before it may stop. */
const pageRows = 50

type Kept = Map<string, { reach: NonNullable<Viewer['reach']>; until: number }>
// How fast a list is read, never what is in it: processes may disagree about it without harm.
const kept = new WeakMap<App, Kept>()

/**
 * The subject of the call with the reach of its sight, for reading a page of a list by `visibleClientCondition`.
 * Walking the sorted list costs page × clients ÷ seen, starting from what is seen costs seen: the cheaper wins.
 */
export async function sightOf(ctx: Ctx): Promise<Viewer> {
  return withReach(ctx, memberOf(ctx))
}

/** The same for any member of the agency. */
export async function withReach(ctx: Ctx, { role, memberId }: Viewer): Promise<Viewer> {
  if (role === 'owner') return { role, memberId }
  const measures = kept.get(ctx.app) ?? new Map()
  kept.set(ctx.app, measures)
  const hit = measures.get(memberId)
  if (hit && hit.until > performance.now()) return { role, memberId, reach: hit.reach }
  const reach = (await isNarrow(ctx, memberId)) ? 'narrow' : 'wide'
  if (measures.size >= keptAtMost) measures.clear()
  measures.set(memberId, { reach, until: performance.now() + keptFor })
  return { role, memberId, reach }
}

async function isNarrow(ctx: Ctx, memberId: string): Promise<boolean> {
  const [row] = await ctx.tx.query<{ seen: number }>('sight_reach', reachSql, [
    ctx.agencyId,
    memberId,
    narrowest + 1,
  ])
  const seen = row?.seen ?? 0
  if (seen <= pageRows || seen > narrowest) return seen <= pageRows
  // Enough clients for walking to cost more than starting from what is seen?
  const [all] = await ctx.tx.query<{ enough: boolean }>(
    'sight_among',
    'select count(*) >= $2::int as enough from (select from client where agency_id = $1 limit $2) c',
    [ctx.agencyId, Math.ceil((seen * seen) / pageRows)],
  )
  return all?.enough ?? false
}

const below = 'select descendant_id from member_closure where agency_id = $1 and ancestor_id = $2 offset 0'
const reachSql = `select (
  (select count(*) from (select from (${below}) team cross join lateral
    (select from assignment where agency_id = $1 and member_id = team.descendant_id offset 0) x limit $3) x)
  + (select count(*) from (select from (${below}) team cross join lateral
    (select from client where agency_id = $1 and home_id = team.descendant_id offset 0) x limit $3) x)
  + (select count(*) from (select from client where agency_id = $1 and assignee_count = 0
    and (select sees_unassigned from member where agency_id = $1 and id = $2) limit $3) x))::int as seen`
