import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import type { FollowingFilter, getFollowing as contract } from './contract.ts'
import {
  addSums,
  figuresOf,
  monthOf,
  noSums,
  ordersInView,
  seesPeople,
  sumColumns,
  sums,
  type Sums,
} from './orders-in-view.ts'
import { periodOf, type Period } from './period.ts'

/** Totals of the period and each of its months, from one pass. */
export async function getFollowing(
  ctx: Ctx,
  { query }: InputOf<typeof contract>,
): Promise<AnswerOf<typeof contract>> {
  const period = periodOf(ctx, query)
  const byMonth = await sumsByMonth(ctx, query, period)
  const total = [...byMonth.values()].reduce(addSums, noSums)
  return {
    from: period.from,
    to: period.to,
    total: figuresOf(ctx, total),
    months: period.months.map((month) => ({
      month,
      ...figuresOf(ctx, byMonth.get(month) ?? noSums),
    })),
    can: { cost: ctx.may('orders.cost'), people: seesPeople(ctx) },
  }
}

/** Sums of each month that has orders. */
export async function sumsByMonth(
  ctx: Ctx,
  filter: FollowingFilter,
  period: Period,
): Promise<Map<string, Sums>> {
  const { s, where } = await ordersInView(ctx, filter, period)
  const { rows } = await ctx.tx.client.query<Sums & { month: string }>({
    text: `select to_char(a.at, 'YYYY-MM') as month, ${sumColumns} from (select ${monthOf} as at, ${sums} from client_order o where ${where} group by 1) a`,
    values: s.values,
  })
  return new Map(rows.map(({ month, ...sum }) => [month, sum]))
}
