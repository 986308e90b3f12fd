import type { Ctx } from '../../server/context.ts'
import { agencyOf } from '../../server/context.ts'
import { Refusal } from '../../server/refusal.ts'
import { newStatement, type Statement } from '../../server/statement.ts'
import { entrustedClientCondition, entrustedIdsSql, sightOf } from '../access/public.ts'
import type { Figures, FollowingFilter } from './contract.ts'
import type { Period } from './period.ts'

/**
 * A statement over the orders in view, `client_order o`: `where` keeps those of the clients the subject sees today;
 * `unseen` is the same for who has checked that already; `sight` is asked of a row of `client c`.
 */
export type OrdersInView = { s: Statement; where: string; unseen: string; sight: string }

/**
 * The orders of the clients that the subject sees now, through the filters. Who is a manager or consultant here is
 * what each order stored when it was placed, so that moving a client or a person never shifts history. In the
 * agency's currency: an agency has one. 403 on filters by people for who may not know them.
 */
export async function ordersInView(
  ctx: Ctx,
  filter: Omit<FollowingFilter, 'from' | 'to'>,
  period: Period,
): Promise<OrdersInView> {
  if ((filter.manager || filter.consultant) && !seesPeople(ctx)) throw new Refusal(403, 'right.missing')
  const s = newStatement(ctx)
  const viewer = await sightOf(ctx)
  const member = viewer.role === 'owner' ? '' : s.add(viewer.memberId, 'uuid')
  const where = [
    'o.agency_id = $1',
    `o.placed_on >= ${s.add(period.firstDay, 'date')} and o.placed_on < ${s.add(period.dayAfter, 'date')}`,
    `o.currency = ${s.add(agencyOf(ctx).currency, 'text')}`,
  ]
  const among = (column: string, values: readonly string[] | undefined) => {
    if (values) where.push(`o.${column} = any (${s.add(values, 'uuid[]')})`)
  }
  among('manager_id', filter.manager)
  among('consultant_id', filter.consultant)
  among('client_id', filter.client)
  among('campaign_id', filter.campaign)
  among('project_id', filter.project)
  if (filter.state) where.push(`o.state = any (${s.add(filter.state, 'text[]')})`)
  const unseen = where.join(' and ')
  if (viewer.role === 'owner') return { s, where: unseen, unseen, sight: 'true' }
  const ids = entrustedIdsSql(viewer, '$1', member)
  // Whoever sees few clients starts from them; for anybody else they are hashed once, `is true` keeps from a join.
  const seen =
    viewer.reach === 'narrow' ? `o.client_id = any (array(${ids}))` : `(o.client_id in (${ids})) is true`
  return {
    s,
    where: `${unseen} and ${seen}`,
    unseen,
    sight: entrustedClientCondition(viewer, 'c', '$1', member),
  }
}

/** Whether the subject may know who works on what: a client's own people know nothing of the agency's. */
export function seesPeople(ctx: Ctx): boolean {
  return ctx.may('members.read')
}

/** The month of `client_order o`, for SQL: its first instant, zone aside, which costs less to group by than a text. */
export const monthOf = `date_trunc('month', o.placed_on::timestamp)`

/** Sums of `client_order o`, for SQL. */
export const sums = `count(*)::int as orders, coalesce(sum(o.total), 0)::bigint as ordered, coalesce(sum(o.captured), 0)::bigint as delivered,
  coalesce(sum(o.held), 0)::bigint as waiting, coalesce(sum(o.refunded), 0)::bigint as refunded,
  coalesce(sum(o.total - o.held - o.captured - o.refunded), 0)::bigint as released, coalesce(sum(o.captured_cost), 0)::bigint as cost`

/** The columns that `sums` makes. */
export const sumColumns = 'orders, ordered, delivered, waiting, refunded, released, cost'

/** Sums as SQL reads them, minor units. */
export type Sums = {
  orders: number
  ordered: bigint
  delivered: bigint
  waiting: bigint
  refunded: bigint
  released: bigint
  cost: bigint
}

/** No orders at all. */
export const noSums: Sums = {
  orders: 0,
  ordered: 0n,
  delivered: 0n,
  waiting: 0n,
  refunded: 0n,
  released: 0n,
  cost: 0n,
}

/** Sums as the API answers them; what the agency pays and earns for those who may know. */
export function figuresOf(ctx: Ctx, sum: Sums): Figures {
  const { currency } = agencyOf(ctx)
  const money = (amount: bigint) => ({ amount: Number(amount), currency })
  const mayCost = ctx.may('orders.cost')
  return {
    orders: sum.orders,
    ordered: money(sum.ordered),
    delivered: money(sum.delivered),
    waiting: money(sum.waiting),
    refunded: money(sum.refunded),
    released: money(sum.released),
    cost: mayCost ? money(sum.cost) : null,
    margin: mayCost ? money(sum.delivered - sum.cost) : null,
  }
}

/** Two sums together. */
export function addSums(a: Sums, b: Sums): Sums {
  return {
    orders: a.orders + b.orders,
    ordered: a.ordered + b.ordered,
    delivered: a.delivered + b.delivered,
    waiting: a.waiting + b.waiting,
    refunded: a.refunded + b.refunded,
    released: a.released + b.released,
    cost: a.cost + b.cost,
  }
}
