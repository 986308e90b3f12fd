import type { App, Ctx } from '../../server/context.ts'
import { runInTenant } from '../../server/run-in-tenant.ts'
import {
  collect,
  openPurchases,
  vatOfPayer,
  type NewPurchase,
  type PurchaseLine,
} from '../payments/public.ts'
import { catalogueNow } from '../plans/public.ts'
import { discountOf, volumeDiscount } from '../rating/public.ts'
import {
  applyRenewals,
  lockRenewals,
  paidAccounts,
  planLine,
  type BilledRenewal,
  type Renewal,
  type SubscriptionFacts,
} from '../subscriptions/public.ts'

/**
 * Bills the next period of subscriptions that are due, each once, in one transaction: volume discount of the moment
 * (counted here, disabled accounts included), purchase, next period. Then has them collected: prepaid credit first,
 * then the card. Killed anywhere it is run again: what is billed is not due any more, and waits to be collected.
 */
export async function billDue(app: App, agencyId: string, ids: readonly string[]): Promise<void> {
  const purchases = await runInTenant(app, { agencyId }, async (ctx) => {
    const renewals = await lockRenewals(ctx, ids)
    return renewals.length === 0 ? [] : bill(ctx, renewals)
  })
  const waiting = await runInTenant(app, { agencyId }, (ctx) => waitingOf(ctx, ids))
  await collect(app, agencyId, [...new Set([...purchases, ...waiting])])
}

async function bill(ctx: Ctx, renewals: readonly Renewal[]): Promise<string[]> {
  const discount = await discountNow(ctx)
  const billed: Omit<BilledRenewal, 'purchaseId'>[] = []
  const wanted: NewPurchase[] = []
  for (const renewal of renewals) {
    const b = { renewal, ...billedAt(renewal, discount) }
    billed.push(b)
    wanted.push(await purchaseOf(ctx, b))
  }
  const opened = await openPurchases(ctx, wanted)
  const ids = opened.map((o) => o.purchaseId)
  await applyRenewals(
    ctx,
    billed.map((b, i) => ({ ...b, purchaseId: ids[i]! })),
  )
  await ctx.tx.query(
    'begin_renewals',
    `insert into renewal (agency_id, subscription_id, period_index, hosted_account_id, purchase_id, state, due_at)
     select $1, r.*, 'collecting', $2 from unnest($3::uuid[], $4::int[], $5::uuid[], $6::uuid[]) r`,
    [
      ctx.agencyId,
      ctx.nowIso,
      renewals.map((r) => r.subscription.id),
      renewals.map((r) => r.periodIndex),
      renewals.map((r) => r.subscription.hostedAccountId),
      ids,
    ],
  )
  return ids
}

/** What was billed before a crash and nobody has begun to collect. */
async function waitingOf(ctx: Ctx, subscriptionIds: readonly string[]): Promise<string[]> {
  const rows = await ctx.tx.query<{ purchase_id: string }>(
    'uncollected_renewals',
    `select r.purchase_id from renewal r join purchase p on p.agency_id = r.agency_id and p.id = r.purchase_id
     where r.agency_id = $1 and r.subscription_id = any($2) and r.state <> 'paid' and p.state = 'pending'`,
    [ctx.agencyId, subscriptionIds],
  )
  return rows.map((r) => r.purchase_id)
}

/** The volume discount of this moment. */
export type DiscountNow = { percent: number; paidAccounts: number }

/** Counts the agency's paid accounts and finds their rung in the ladder in force. */
export async function discountNow(ctx: Ctx): Promise<DiscountNow> {
  const count = await paidAccounts(ctx)
  const { ladder } = await catalogueNow(ctx)
  return { percent: volumeDiscount(count, ladder).percent, paidAccounts: count }
}

/** Net of a renewal's period at a discount; whom the operator bills itself gets none. */
export function billedAt(
  renewal: Renewal,
  discount: DiscountNow,
): { discountPercent: number; paidAccounts: number; net: bigint } {
  const { listPrice } = renewal.terms
  if (renewal.subscription.commercialMode === 'referred')
    return { discountPercent: 0, paidAccounts: 0, net: listPrice }
  return {
    discountPercent: discount.percent,
    paidAccounts: discount.paidAccounts,
    net: listPrice - discountOf(listPrice, discount.percent),
  }
}

/** Who pays a subscription: the agency resells (B38); otherwise its client pays itself. */
export function payerOfSubscription(s: SubscriptionFacts): NewPurchase['payer'] {
  return s.commercialMode === 'resold' ? { kind: 'agency' } : { kind: 'client', id: s.clientId }
}

async function purchaseOf(ctx: Ctx, b: Omit<BilledRenewal, 'purchaseId'>): Promise<NewPurchase> {
  const { renewal: r } = b
  const { subscription: s } = r
  const payer = payerOfSubscription(s)
  const { rateBasisPoints } = await vatOfPayer(ctx, payer)
  const line: PurchaseLine = {
    ...planLine(ctx, {
      terms: r.terms,
      accountName: s.accountName,
      net: b.net,
      vatRateBasisPoints: rateBasisPoints,
      from: Temporal.PlainDate.from(r.startsOn),
      to: Temporal.PlainDate.from(r.endsOn),
      hostedAccountId: s.hostedAccountId,
    }),
    ...(b.discountPercent > 0 && { discountLabel: discountLabel(ctx, b) }),
  }
  return {
    operationKey: `renew:${s.id}:${r.periodIndex}`,
    kind: 'subscription.renew',
    payer,
    lines: [line],
    currency: s.currency,
    subject: { subscriptionId: s.id, periodIndex: r.periodIndex },
    use: 'prepaid_then_card',
    prepaidOf: s.hostedAccountId,
    attended: false,
    collect: false,
  }
}

function discountLabel(ctx: Ctx, b: { discountPercent: number; paidAccounts: number }): string {
  return ctx.app.texts.t(ctx.agency?.locale ?? 'fr', 'renewals.line.discount', {
    percent: b.discountPercent,
    count: b.paidAccounts,
  })
}
