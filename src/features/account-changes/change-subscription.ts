import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import type { Ctx } from '../../server/context.ts'
import { newId } from '../../server/ids.ts'
import { Refusal } from '../../server/refusal.ts'
import { accountRecordOf, lockAccount } from '../hosted-accounts/public.ts'
import { openPurchase, type PurchaseLine } from '../payments/public.ts'
import { applyChange, changePurchase, dropScheduled } from './apply-change.ts'
import type { changeSubscription as contract } from './contract.ts'
import {
  type SubscribedAccount,
  planLine,
  presentTerms,
  prorationLine,
  writeTerms,
} from '../subscriptions/public.ts'
import { priceChange, type PricedChange } from './quote-change.ts'

/**
 * Changes plan, rhythm or contact limit (B10, B24, B59). What costs something is paid first and done when it is
 * paid; what is cheaper begins with the next period. 409 `quote.changed` with the present quote when the caller
 * was shown another amount.
 */
export async function changeSubscription(
  ctx: Ctx,
  { params, body }: InputOf<typeof contract>,
): Promise<AnswerOf<typeof contract>> {
  const row = await lockAccount(ctx, params.id, body.version)
  const { subscription: s } = row
  if (s.cancel_at_end) throw new Refusal(409, 'subscription.cancelled')
  if (s.unpaid_since !== null && row.account.status !== 'expired')
    throw new Refusal(409, 'subscription.unpaid')
  if (await isUnderWay(ctx, s.id)) throw new Refusal(409, 'subscription.change_under_way')
  const priced = await priceChange(ctx, row, body)
  if (priced.kind === 'none') throw new Refusal(409, 'subscription.unchanged')
  const { currency } = priced.answer.total
  if (Number(priced.total) !== body.expectedTotal.amount || currency !== body.expectedTotal.currency)
    throw new Refusal(409, 'quote.changed', { data: { quote: priced.answer } })
  const changeId = await insertChange(ctx, row, priced, currency)
  if (priced.when === 'period_end') {
    await schedule(ctx, row, priced)
    return { state: 'scheduled', purchaseId: null, account: await accountRecordOf(ctx, params.id) }
  }
  const { purchaseId } = await openPurchase(ctx, {
    operationKey: `subscription.change:${changeId}`,
    kind: changePurchase,
    payer:
      s.commercial_mode === 'clientPaid' ? { kind: 'client', id: row.account.client_id } : { kind: 'agency' },
    lines: linesOf(ctx, row, priced),
    currency,
    subject: { changeId },
    use: 'prepaid_then_card',
    prepaidOf: row.account.id,
  })
  await ctx.db
    .updateTable('subscription_change')
    .set({ purchase_id: purchaseId })
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', changeId)
    .execute()
  ctx.audit({
    action: 'subscription.change_asked',
    clientId: row.account.client_id,
    entity: { kind: 'hosted_account', id: row.account.id, name: row.account.name },
    data: {
      kind: priced.kind,
      plan: body.planCode,
      interval: body.interval,
      contacts: body.contactLimit,
      total: Number(priced.total),
    },
  })
  return {
    state: 'paying',
    purchaseId: toPublicId('purchase', purchaseId),
    account: await accountRecordOf(ctx, params.id),
  }
}

async function isUnderWay(ctx: Ctx, subscriptionId: string): Promise<boolean> {
  const found = await ctx.db
    .selectFrom('subscription_change')
    .select('id')
    .where('agency_id', '=', ctx.agencyId)
    .where('subscription_id', '=', subscriptionId)
    .where('state', '=', 'paying')
    .executeTakeFirst()
  return found !== undefined
}

async function insertChange(
  ctx: Ctx,
  row: SubscribedAccount,
  p: PricedChange,
  currency: string,
): Promise<string> {
  const id = newId()
  const before = presentTerms(row.subscription)
  if (p.when === 'period_end') await dropScheduled(ctx, row.subscription.id)
  await ctx.db
    .insertInto('subscription_change')
    .values({
      agency_id: ctx.agencyId,
      id,
      subscription_id: row.subscription.id,
      kind: p.kind,
      state: p.when === 'now' ? 'paying' : 'scheduled',
      terms: JSON.stringify({
        ...(JSON.parse(writeTerms(p.terms)) as object),
        startsOn: p.effectiveOn.toString(),
        percent: p.percent,
        paidAccounts: p.paidAccounts,
        periodNet: String(p.periodNet),
      }),
      before: before ? writeTerms(before) : '{}',
      credit: p.credit,
      charge: p.charge,
      currency,
      asked_at: ctx.nowIso,
      asked_by: ctx.actor?.userId ?? null,
      asked_by_name: ctx.actor?.name ?? 'Canopée',
    })
    .execute()
  return id
}

async function schedule(ctx: Ctx, row: SubscribedAccount, p: PricedChange): Promise<void> {
  await applyChange(
    ctx,
    row,
    { pending: p.terms },
    {
      action: 'subscription.change_scheduled',
      data: {
        plan: p.terms.planCode,
        interval: p.terms.interval,
        contacts: p.terms.contactLimit,
        on: p.effectiveOn.toString(),
      },
    },
  )
}

function linesOf(ctx: Ctx, { account, subscription: s }: SubscribedAccount, p: PricedChange): PurchaseLine[] {
  const common = {
    accountName: account.name,
    hostedAccountId: account.id,
    vatRateBasisPoints: p.vat.rateBasisPoints,
    from: p.effectiveOn,
  }
  const old = presentTerms(s)
  const credit =
    old && p.credit > 0n
      ? [
          prorationLine(ctx, {
            ...common,
            which: 'credit',
            terms: old,
            amount: p.credit,
            to: Temporal.PlainDate.from(s.period_end),
          }),
        ]
      : []
  const charge =
    p.kind === 'upgrade'
      ? prorationLine(ctx, { ...common, which: 'charge', terms: p.terms, amount: p.charge, to: p.periodEnd })
      : planLine(ctx, { ...common, terms: p.terms, net: p.charge, to: p.periodEnd })
  return [...credit, charge]
}
