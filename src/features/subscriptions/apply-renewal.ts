import type { Ctx } from '../../server/context.ts'
import { nextPeriod } from './due.ts'
import { startOfDay } from './periods.ts'
import { lockSubscribed, presentTerms, readTerms } from './terms.ts'

/** What a period was billed at. Amounts in minor units, net of VAT. */
export type BilledPeriod = {
  /** Must be the one after the current: anything else is a second bill. */
  periodIndex: number
  discountPercent: number
  /** Counted for the rung, this one included. */
  paidAccounts: number
  /** After discount. */
  net: bigint
  purchaseId?: string | null
  invoiceId?: string | null
}

/**
 * Moves a subscription to its next period, with the pending change if there is one, and notes that the period is
 * billed: once, by the key of `subscription_period`. False when that period was billed already, and nothing changes.
 */
export async function applyRenewal(ctx: Ctx, subscriptionId: string, billed: BilledPeriod): Promise<boolean> {
  const { account, subscription: s } = await lockSubscribed(ctx, { subscriptionId })
  const now = presentTerms(s)
  if (now === null || billed.periodIndex !== s.period_index + 1) return false
  const terms = readTerms(s.pending_change) ?? now
  const next = nextPeriod(s, terms)
  const restarts = terms.interval !== s.interval
  await ctx.tx.query(
    'insert_period',
    `insert into subscription_period (agency_id, subscription_id, period_index, starts_on, ends_on, plan_code, plan_version, interval,
       contact_limit, currency, list_price, discount_percent, paid_accounts, net, purchase_id, invoice_id, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
    [
      ctx.agencyId,
      s.id,
      billed.periodIndex,
      next.start.toString(),
      next.end.toString(),
      terms.planCode,
      terms.planVersion,
      terms.interval,
      terms.contactLimit,
      s.currency,
      terms.listPrice,
      billed.discountPercent,
      billed.paidAccounts,
      billed.net,
      billed.purchaseId ?? null,
      billed.invoiceId ?? null,
      ctx.nowIso,
    ],
  )
  await ctx.db
    .updateTable('subscription')
    .set({
      plan_code: terms.planCode,
      plan_version: terms.planVersion,
      interval: terms.interval,
      contact_limit: terms.contactLimit,
      list_price: terms.listPrice,
      discount_percent: billed.discountPercent,
      period_net: billed.net,
      credit_left: billed.net,
      period_index: billed.periodIndex,
      period_start: next.start.toString(),
      period_end: next.end.toString(),
      ...(restarts && { anchor_on: next.start.toString(), anchor_index: billed.periodIndex }),
      due_at: startOfDay(next.end, s.time_zone),
      pending_change: null,
      updated_at: ctx.nowIso,
      version: s.version + 1,
    })
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', s.id)
    .execute()
  await ctx.db
    .updateTable('hosted_account')
    .set({ updated_at: ctx.nowIso, version: account.version + 1 })
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', account.id)
    .execute()
  if (s.pending_change !== null)
    await ctx.db
      .updateTable('subscription_change')
      .set({ state: 'done', done_at: ctx.nowIso })
      .where('agency_id', '=', ctx.agencyId)
      .where('subscription_id', '=', s.id)
      .where('state', '=', 'scheduled')
      .execute()
  ctx.audit({
    action: 'subscription.renewed',
    clientId: account.client_id,
    entity: { kind: 'hosted_account', id: account.id, name: account.name },
    data: {
      period: billed.periodIndex,
      from: next.start.toString(),
      to: next.end.toString(),
      plan: terms.planCode,
      net: Number(billed.net),
      discount: billed.discountPercent,
    },
  })
  return true
}

/** Notes on which invoice the periods that a purchase pays are, once that is issued; nothing when it pays none. */
export async function setPeriodInvoice(ctx: Ctx, purchaseId: string, invoiceId: string): Promise<void> {
  await ctx.tx.query(
    'period_invoice',
    `update subscription_period set invoice_id = $3 where agency_id = $1 and purchase_id = $2`,
    [ctx.agencyId, purchaseId, invoiceId],
  )
}
