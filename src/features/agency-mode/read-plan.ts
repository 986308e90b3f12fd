import { sql } from 'kysely'
import type { Ctx } from '../../server/context.ts'
import { budgetWallet } from '../budgets/public.ts'
import type { Mode } from '../sub-accounts/public.ts'
import { balancesOf } from '../wallets/public.ts'
import { levelsOf, type PlacedMember } from './next-places.ts'

/** A member with what it holds, minor units. */
export type Holder = { id: string; name: string; amount: bigint }

/** Members who are a level today and none in `mode`, and hold something. */
export async function balancesLeaving(
  ctx: Ctx,
  members: readonly (PlacedMember & { name: string })[],
  mode: Mode,
): Promise<Holder[]> {
  const levels = levelsOf(mode)
  const leaving = members.filter(
    (m) => (m.role === 'manager' || m.role === 'consultant') && !levels.includes(m.role),
  )
  const held = await balancesOf(
    ctx,
    leaving.map((m) => budgetWallet(ctx, { kind: 'member', id: m.id })),
  )
  return leaving.flatMap((m, i) =>
    held[i]!.available > 0n ? [{ id: m.id, name: m.name, amount: held[i]!.available }] : [],
  )
}

/** What a plan in the working tables comes to. */
export type PlanCounts = {
  added: number
  removed: number
  homes: number
  waiting: number
  pairs: number
  marked: { id: string; count: number }[]
  portfolios: { from: string | null; to: string | null; count: number }[]
}

/** Rows listed by name; the counts are of all. */
const listed = 100

/** Counts a plan: marks to come and to go, portfolios that move, clients that stop waiting, pairs of sight. */
export async function countPlan(ctx: Ctx): Promise<PlanCounts> {
  const one = async <Row>(statement: ReturnType<typeof sql<Row>>) => (await statement.execute(ctx.db)).rows
  const [sums] = await one<{ added: number; removed: number; waiting: number; pairs: number }>(
    sql`select
      (select coalesce(sum(k.clients), 0)::int from plan_mark w join plan_kind k on k.kind = w.kind
        left join plan_old_mark o on o.kind = w.kind and o.member = w.member where o.kind is null) as added,
      (select coalesce(sum(k.clients), 0)::int from plan_old_mark o join plan_kind k on k.kind = o.kind
        left join plan_mark w on w.kind = o.kind and w.member = o.member where w.kind is null) as removed,
      (select coalesce(sum(k.clients), 0)::int from plan_kind k where not k.assigned and not k.free) as waiting,
      (select coalesce(sum(k.clients), 0)::int from plan_seen s join plan_kind k on k.kind = s.kind) as pairs`,
  )
  const marked = await one<{ id: string; count: number }>(
    sql`select m.id, sum(k.clients)::int as count from plan_mark w join plan_kind k on k.kind = w.kind join plan_member m on m.n = w.member
      left join plan_old_mark o on o.kind = w.kind and o.member = w.member where o.kind is null
      group by m.id order by 2 desc, m.id limit ${listed}`,
  )
  const portfolios = await one<{ from: string | null; to: string | null; count: number }>(
    sql`select f.id as from, t.id as to, sum(k.clients)::int as count from plan_kind k
      left join plan_member f on f.n = k.home left join plan_member t on t.n = k.next
      where k.home is distinct from k.next group by 1, 2 order by 3 desc limit ${listed}`,
  )
  const [homes] = await one<{ count: number }>(
    sql`select coalesce(sum(clients), 0)::int as count from plan_kind where home is distinct from next`,
  )
  return { ...sums!, homes: homes!.count, marked, portfolios }
}

/** Rows that carrying the plan out writes. */
export function countWrites(c: PlanCounts): number {
  return c.added + c.removed + c.homes
}
