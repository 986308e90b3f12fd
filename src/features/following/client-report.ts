import type { InputOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import { agencyOf, type Ctx } from '../../server/context.ts'
import { notFound } from '../../server/refusal.ts'
import type { Exchange } from '../../server/route.ts'
import { entrustedClients } from '../access/public.ts'
import { balancesOf } from '../wallets/public.ts'
import type { downloadClientReport as contract } from './contract.ts'
import { sumsByMonth } from './get-following.ts'
import { totalsBy } from './list-following.ts'
import { addSums, noSums, type Sums } from './orders-in-view.ts'
import { periodOf } from './period.ts'
import { reportPdf } from './report-pdf.ts'

/** Deliveries a report lists at most, the newest. */
const mostDeliveries = 200

/** Something delivered in the period, as a report shows it. */
export type ReportDelivery = {
  title: string
  site: string | null
  campaign: string | null
  proof_url: string | null
  delivered_on: string
  quantity: number
  /** Minor units. */
  amount: bigint
}

/** All that a client's report says; amounts in minor units, retail prices only. */
export type ReportFacts = {
  agency: { name: string; brandColor: string; supportEmail: string | null }
  client: { name: string; website: string | null }
  currency: string
  locale: Ctx['locale']
  from: string
  to: string
  madeOn: string
  total: Sums
  available: bigint
  months: { month: string; sums: Sums }[]
  campaigns: { name: string; budget: bigint | null; sums: Sums; endsOn: string | null }[]
  deliveries: ReportDelivery[]
  /** More were delivered than the report lists. */
  more: boolean
}

/** A client's report as PDF; 404 for a client out of sight. What the agency pays its suppliers is never in it. */
export async function downloadClientReport(
  ctx: Ctx,
  { params, query }: InputOf<typeof contract>,
  { reply }: Exchange,
): Promise<Record<string, never>> {
  const client = await entrustedClients(ctx)
    .select(['client.id', 'client.name', 'client.website'])
    .where('client.id', '=', params.id)
    .executeTakeFirst()
  if (!client) throw notFound()
  const facts = await factsOf(ctx, client, query)
  ctx.audit({
    action: 'following.report_made',
    clientId: client.id,
    entity: { kind: 'client', id: client.id, name: client.name },
    data: { from: facts.from, to: facts.to },
  })
  const pdf = await reportPdf(facts, ctx.app.texts)
  const name = `rapport-${toPublicId('client', client.id).slice(-6)}-${facts.from}-${facts.to}.pdf`
  ctx.afterCommit(
    () =>
      void reply
        .type('application/pdf')
        .header('content-disposition', `inline; filename="${name}"`)
        .header('cache-control', 'private, no-store')
        .send(pdf),
  )
  return {}
}

async function factsOf(
  ctx: Ctx,
  client: { id: string; name: string; website: string | null },
  asked: { from?: string | undefined; to?: string | undefined },
): Promise<ReportFacts> {
  const period = periodOf(ctx, asked)
  const agency = agencyOf(ctx)
  const byMonth = await sumsByMonth(ctx, { client: [client.id] }, period)
  const campaigns = await totalsBy(ctx, 'campaign', { client: [client.id] }, period, {
    sort: '-ordered',
    limit: 50,
  })
  const [balance] = await balancesOf(ctx, [
    { owner: 'client', id: client.id, purpose: 'budget', unit: agency.currency },
  ])
  const deliveries = await ctx.tx.query<ReportDelivery>(
    'following_deliveries',
    `select l.title, l.site, g.name as campaign, d.proof_url, d.delivered_on, d.quantity, l.unit_price * d.quantity as amount
     from order_delivery d
     join client_order o on o.agency_id = d.agency_id and o.id = d.order_id
     join order_line l on l.agency_id = d.agency_id and l.id = d.line_id
     left join campaign g on g.agency_id = o.agency_id and g.id = o.campaign_id
     where d.agency_id = $1 and o.client_id = $2 and d.state <> 'refunded' and o.currency = $5
       and d.delivered_on >= $3::date and d.delivered_on < $4::date
     order by d.delivered_on desc, d.id desc limit ${mostDeliveries + 1}`,
    [ctx.agencyId, client.id, period.firstDay, period.dayAfter, agency.currency],
  )
  return {
    agency: { name: agency.name, brandColor: agency.brandColor, supportEmail: agency.supportEmail },
    client: { name: client.name, website: client.website },
    currency: agency.currency,
    locale: ctx.locale,
    from: period.from,
    to: period.to,
    madeOn: ctx.now.toZonedDateTimeISO(agency.timeZone).toPlainDate().toString(),
    total: [...byMonth.values()].reduce(addSums, noSums),
    available: balance?.available ?? 0n,
    months: period.months.map((month) => ({ month, sums: byMonth.get(month) ?? noSums })),
    campaigns: campaigns.map((c) => ({ name: c.name, budget: c.budget, sums: c, endsOn: c.ends_on })),
    deliveries: deliveries.slice(0, mostDeliveries),
    more: deliveries.length > mostDeliveries,
  }
}
