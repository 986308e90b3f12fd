import { stringify } from 'csv-stringify/sync'
import { amountText } from '../../contract/amounts.ts'
import type { InputOf } from '../../contract/endpoint.ts'
import { agencyOf, type Ctx } from '../../server/context.ts'
import type { Exchange } from '../../server/route.ts'
import type { exportFollowing as contract, FollowingFilter, FollowingGroup } from './contract.ts'
import { totalsBy } from './list-following.ts'
import { ordersInView, seesPeople } from './orders-in-view.ts'
import { periodOf, type Period } from './period.ts'

/** Lines of a file at most: beyond that it is a list for a machine, which pages through the API. */
const mostLines = 50_000

/** The totals, or every order, as a spreadsheet opens them: UTF-8 with mark, semicolons, decimal commas. */
export async function exportFollowing(
  ctx: Ctx,
  { query }: InputOf<typeof contract>,
  { reply }: Exchange,
): Promise<Record<string, never>> {
  const { by, ...filter } = query
  const period = periodOf(ctx, filter)
  const lines =
    by === 'order' ? await orderLines(ctx, filter, period) : await totalLines(ctx, by, filter, period)
  const csv = stringify(lines, {
    delimiter: ';',
    bom: true,
    record_delimiter: 'windows',
    escape_formulas: true,
  })
  ctx.audit({
    action: 'following.exported',
    data: { by, from: period.from, to: period.to, lines: lines.length - 1 },
  })
  ctx.afterCommit(
    () =>
      void reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="suivi-${period.from}-${period.to}.csv"`)
        .send(csv),
  )
  return {}
}

const amounts = ['ordered', 'delivered', 'waiting', 'refunded', 'released'] as const

function moneyTitles(ctx: Ctx): string[] {
  const t = (key: string) => ctx.app.texts.t(ctx.locale, key)
  return [
    ...amounts.map((a) => t(`following.figure.${a}`)),
    ...(ctx.may('orders.cost') ? [t('following.figure.cost'), t('following.figure.margin')] : []),
  ]
}

function moneyCells(ctx: Ctx, sum: Record<(typeof amounts)[number] | 'cost', bigint>): string[] {
  const { currency } = agencyOf(ctx)
  // A negative amount (a margin lost) keeps its sign before what `amountText` writes.
  const text = (amount: bigint) =>
    `${amount < 0n ? '-' : ''}${amountText(Number(amount < 0n ? -amount : amount), currency, ctx.locale === 'en' || ctx.locale === 'zh' ? '.' : ',')}`
  return [
    ...amounts.map((a) => text(sum[a])),
    ...(ctx.may('orders.cost') ? [text(sum.cost), text(sum.delivered - sum.cost)] : []),
  ]
}

async function totalLines(
  ctx: Ctx,
  by: FollowingGroup,
  filter: FollowingFilter,
  period: Period,
): Promise<string[][]> {
  const t = (key: string) => ctx.app.texts.t(ctx.locale, key)
  const rows = await totalsBy(ctx, by, filter, period, {
    sort: by === 'month' ? 'name' : '-ordered',
    limit: mostLines,
  })
  const ofClient = by === 'campaign' || by === 'project'
  return [
    [
      t(`following.by.${by}`),
      ...(ofClient ? [t('following.by.client')] : []),
      t('following.figure.orders'),
      ...moneyTitles(ctx),
    ],
    ...rows.map((row) => [
      row.key === '' ? t(`following.nobody.${by}`) : row.name,
      ...(ofClient ? [row.client_name ?? ''] : []),
      String(row.orders),
      ...moneyCells(ctx, row),
    ]),
  ]
}

type OrderRow = {
  number: string
  placed_on: string
  client_name: string
  project: string | null
  campaign: string | null
  manager_name: string | null
  consultant_name: string | null
  state: string
  ordered: bigint
  delivered: bigint
  waiting: bigint
  refunded: bigint
  released: bigint
  cost: bigint
}

async function orderLines(ctx: Ctx, filter: FollowingFilter, period: Period): Promise<string[][]> {
  const t = (key: string) => ctx.app.texts.t(ctx.locale, key)
  const { s, where } = await ordersInView(ctx, filter, period)
  const { rows } = await ctx.tx.client.query<OrderRow>({
    text: `select o.number::text as number, o.placed_on, o.client_name, p.name as project, g.name as campaign, o.manager_name, o.consultant_name, o.state,
        o.total as ordered, o.captured as delivered, o.held as waiting, o.refunded, o.total - o.held - o.captured - o.refunded as released, o.captured_cost as cost
      from client_order o left join project p on p.agency_id = $1 and p.id = o.project_id left join campaign g on g.agency_id = $1 and g.id = o.campaign_id
      where ${where} order by o.placed_at desc, o.id desc limit ${s.add(mostLines, 'integer')}`,
    values: s.values,
  })
  const people = seesPeople(ctx)
  return [
    [
      t('following.order.number'),
      t('following.order.placedOn'),
      t('following.by.client'),
      t('following.by.project'),
      t('following.by.campaign'),
      ...(people ? [t('following.by.manager'), t('following.by.consultant')] : []),
      t('following.order.state'),
      ...moneyTitles(ctx),
    ],
    ...rows.map((o) => [
      o.number,
      o.placed_on,
      o.client_name,
      o.project ?? '',
      o.campaign ?? '',
      ...(people ? [o.manager_name ?? '', o.consultant_name ?? ''] : []),
      t(`orders.state.${o.state}`),
      ...moneyCells(ctx, o),
    ]),
  ]
}
