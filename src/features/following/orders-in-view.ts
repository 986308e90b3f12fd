import type { Ctx } from '../../server/context.ts'
import { agencyOf } from '../../server/context.ts'
import { Refusal } from '../../server/refusal.ts'
import { newStatement, type Statement } from '../../server/statement.ts'
import { sightOf, entrustedClientCondition } from '../access/public.ts'
import type { Figures, FollowingFilter } from './contract.ts'
import type { Period } from './period.ts'

/** A statement over the orders in view: `client_order o` of the clients the subject sees today (`client c`). */
export type OrdersInView = { s: Statement; from: string; where: string; sight: string }

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
  const owner = viewer.role === 'owner'
  const sight = owner
    ? 'true'
    : entrustedClientCondition({ ...viewer, reach: 'narrow' }, 'c', '$1', s.add(viewer.memberId, 'uuid'))
  const where = [
    'o.agency_id = $1',
    `o.placed_on >= ${s.add(period.firstDay, 'date')} and o.placed_on < ${s.add(period.dayAfter, 'date')}`,
    `o.currency = ${s.add(agencyOf(ctx).currency, 'text')}`,
    ...(owner ? [] : [sight]),
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
  return {
    s,
    from: owner
      ? 'client_order o'
      : 'client_order o join client c on c.agency_id = $1 and c.id = o.client_id',
    where: where.join(' and '),
    sight,
  }
}

/** Whether the subject may know who works on what: a client's own people know nothing of the agency's. */
export function seesPeople(ctx: Ctx): boolean {
  return ctx.may('members.read')
}

/** Sums of `client_order o`, for SQL. */
export const sums = `count(*)::int as orders, coalesce(sum(o.total), 0)::bigint as ordered, coalesce(sum(o.captured), 0)::bigint as delivered,
  coalesce(sum(o.held), 0)::bigint as waiting, coalesce(sum(o.refunded), 0)::bigint as refunded,
  coalesce(sum(o.total - o.held - o.captured - o.refunded), 0)::bigint as released, coalesce(sum(o.captured_cost), 0)::bigint as cost`

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
