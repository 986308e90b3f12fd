import type { Ctx } from '../../server/context.ts'
import type { Renewal } from './due.ts'
import { startOfDay } from './periods.ts'

/** A renewal with what its period was billed at. Amounts in minor units, net of VAT. */
export type BilledRenewal = {
  renewal: Renewal
  discountPercent: number
  /** Counted for the rung, this one included. */
  paidAccounts: number
  /** After discount. */
  net: bigint
  purchaseId: string | null
}

const insertPeriods = `
  insert into subscription_period (agency_id, subscription_id, period_index, starts_on, ends_on, plan_code, plan_version, interval,
    contact_limit, currency, list_price, discount_percent, paid_accounts, net, purchase_id, created_at)
  select $1, b.* , $3 from jsonb_to_recordset($2::jsonb) as b(subscription_id uuid, period_index int, starts_on date, ends_on date,
    plan_code text, plan_version int, interval text, contact_limit int, currency text, list_price bigint, discount_percent int,
    paid_accounts int, net bigint, purchase_id uuid)`

const moveSubscriptions = `
  update subscription s set plan_code = b.plan_code, plan_version = b.plan_version, interval = b.interval, contact_limit = b.contact_limit,
    list_price = b.list_price, discount_percent = b.discount_percent, period_net = b.net, credit_left = b.net, period_index = b.period_index,
    period_start = b.starts_on, period_end = b.ends_on, due_at = b.due_at, pending_change = null, updated_at = $3, version = s.version + 1,
    anchor_on = case when b.restarts then b.starts_on else s.anchor_on end,
    anchor_index = case when b.restarts then b.period_index else s.anchor_index end
  from jsonb_to_recordset($2::jsonb) as b(subscription_id uuid, period_index int, starts_on date, ends_on date, plan_code text,
    plan_version int, interval text, contact_limit int, list_price bigint, discount_percent int, net bigint, due_at timestamptz, restarts boolean)
  where s.agency_id = $1 and s.id = b.subscription_id`

/**
 * Moves subscriptions that `lockRenewals` locked to their next period, with their pending change if there is one, and
 * notes that the period is billed: once, by the key of `subscription_period`.
 */
export async function applyRenewals(ctx: Ctx, billed: readonly BilledRenewal[]): Promise<void> {
  if (billed.length === 0) return
  const rows = JSON.stringify(billed.map(rowOf))
  await ctx.tx.query('insert_periods', insertPeriods, [ctx.agencyId, rows, ctx.nowIso])
  await ctx.tx.query('renew_subscriptions', moveSubscriptions, [ctx.agencyId, rows, ctx.nowIso])
  await ctx.tx.query(
    'renew_accounts',
    `update hosted_account set updated_at = $3, version = version + 1 where agency_id = $1 and id = any($2)`,
    [ctx.agencyId, billed.map((b) => b.renewal.subscription.hostedAccountId), ctx.nowIso],
  )
  const changed = billed.filter((b) => b.renewal.changes).map((b) => b.renewal.subscription.id)
  if (changed.length > 0)
    await ctx.tx.query(
      'changes_done',
      `update subscription_change set state = 'done', done_at = $3 where agency_id = $1 and subscription_id = any($2) and state = 'scheduled'`,
      [ctx.agencyId, changed, ctx.nowIso],
    )
  for (const b of billed) recordRenewal(ctx, b)
}

function rowOf({ renewal: r, ...b }: BilledRenewal): Record<string, unknown> {
  return {
    subscription_id: r.subscription.id,
    period_index: r.periodIndex,
    starts_on: r.startsOn,
    ends_on: r.endsOn,
    plan_code: r.terms.planCode,
    plan_version: r.terms.planVersion,
    interval: r.terms.interval,
    contact_limit: r.terms.contactLimit,
    currency: r.subscription.currency,
    list_price: String(r.terms.listPrice),
    discount_percent: b.discountPercent,
    paid_accounts: b.paidAccounts,
    net: String(b.net),
    purchase_id: b.purchaseId,
    due_at: startOfDay(r.endsOn, r.subscription.timeZone),
    restarts: r.restarts,
  }
}

function recordRenewal(ctx: Ctx, { renewal: r, net, discountPercent }: BilledRenewal): void {
  ctx.audit({
    action: 'subscription.renewed',
    clientId: r.subscription.clientId,
    entity: { kind: 'hosted_account', id: r.subscription.hostedAccountId, name: r.subscription.accountName },
    data: {
      period: r.periodIndex,
      from: r.startsOn,
      to: r.endsOn,
      plan: r.terms.planCode,
      net: Number(net),
      discount: discountPercent,
    },
  })
}

/** Notes on which invoice the periods that a purchase pays are, once that is issued; nothing when it pays none. */
export async function setPeriodInvoice(ctx: Ctx, purchaseId: string, invoiceId: string): Promise<void> {
  await ctx.tx.query(
    'period_invoice',
    `update subscription_period set invoice_id = $3 where agency_id = $1 and purchase_id = $2`,
    [ctx.agencyId, purchaseId, invoiceId],
  )
}
