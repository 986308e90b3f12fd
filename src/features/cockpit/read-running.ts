import { agencyOf, type Ctx } from '../../server/context.ts'
import { readAgencyProfile } from '../agency-billing/public.ts'
import { activeCard, vatOfPayer, type Card } from '../payments/public.ts'
import { catalogueNow } from '../plans/public.ts'
import { volumeDiscount, type VatCategory } from '../rating/public.ts'
import { comingRenewals, paidAccounts } from '../subscriptions/public.ts'
import { balancesOf, type WalletRef } from '../wallets/public.ts'
import type { Running } from './forecast.ts'

/** What the cockpit is made of. */
export type Facts = {
  currency: string
  today: Temporal.PlainDate
  running: Running[]
  percent: number
  paidAccounts: number
  collectionDay: number | null
  vat: { rateBasisPoints: number; category: VatCategory }
  prepaid: bigint
  card: Card | undefined
  clients: Map<string, string>
}

/** Longest way to any subscription's next renewal. */
const aYear = 370

/** The agency's running subscriptions that it pays itself, with what it asks for them, and how it pays. */
export async function readFacts(ctx: Ctx): Promise<Facts> {
  const { currency, timeZone } = agencyOf(ctx)
  const renewals = (await comingRenewals(ctx, ctx.now.add({ hours: aYear * 24 }))).filter(
    (r) => r.subscription.commercialMode === 'resold',
  )
  const own = (id: string): WalletRef => ({ owner: 'hosted_account', id, purpose: 'prepaid', unit: currency })
  const ids = renewals.map((r) => r.subscription.hostedAccountId)
  const balances = await balancesOf(ctx, [
    { owner: 'agency', purpose: 'prepaid', unit: currency },
    ...ids.map(own),
  ])
  const prices = await ctx.tx.query<{ id: string; amount: bigint }>(
    'retail_prices',
    `select hosted_account_id as id, amount from retail_price where agency_id = $1 and currency = $2`,
    [ctx.agencyId, currency],
  )
  const names = await ctx.tx.query<{ id: string; name: string }>(
    'cockpit_clients',
    `select id, name from client where agency_id = $1 and id = any($2)`,
    [ctx.agencyId, [...new Set(renewals.map((r) => r.subscription.clientId))]],
  )
  const retail = new Map(prices.map((p) => [p.id, p.amount]))
  const count = await paidAccounts(ctx)
  const { ladder } = await catalogueNow(ctx)
  const profile = await readAgencyProfile(ctx)
  return {
    currency,
    today: ctx.now.toZonedDateTimeISO(timeZone).toPlainDate(),
    running: renewals.map((r, i) => ({
      hostedAccountId: r.subscription.hostedAccountId,
      name: r.subscription.accountName,
      clientId: r.subscription.clientId,
      plan: r.terms.planCode,
      interval: r.terms.interval,
      on: Temporal.PlainDate.from(r.startsOn),
      listPrice: r.terms.listPrice,
      retail: retail.get(r.subscription.hostedAccountId) ?? null,
      ownPrepaid: balances[i + 1]!.available,
    })),
    percent: volumeDiscount(count, ladder).percent,
    paidAccounts: count,
    collectionDay: profile?.collection_day ?? null,
    vat: await vatOfPayer(ctx, { kind: 'agency' }),
    prepaid: balances[0]!.available,
    card: await activeCard(ctx, ctx.agencyId),
    clients: new Map(names.map((c) => [c.id, c.name])),
  }
}
