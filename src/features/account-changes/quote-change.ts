import type { InputOf } from '../../contract/endpoint.ts'
import { volumeDiscount } from '../rating/public.ts'
import type { Ctx } from '../../server/context.ts'
import { Refusal, notFound } from '../../server/refusal.ts'
import { catalogueNow } from '../plans/public.ts'
import type { PlanChoice } from '../subscriptions/contract.ts'
import type { ChangeQuoteAnswer, quoteSubscriptionChange as contract } from './contract.ts'
import {
  type SubscribedAccount,
  type Terms,
  breakdownAnswer,
  dayIn,
  money,
  paidAccounts,
  presentTerms,
  subscribedAccount,
  taxed,
  termsOf,
  vatAnswer,
} from '../subscriptions/public.ts'
import { planChange, type PlanChange } from './plan-change.ts'

/** A change priced for one account, with VAT. */
export type PricedChange = PlanChange & {
  terms: Terms
  /** Counted for the rung, this one included. */
  paidAccounts: number
  net: bigint
  vat: Awaited<ReturnType<typeof taxed>>['vat']
  total: bigint
  answer: ChangeQuoteAnswer
}

/** What a change would do and cost; choices left out stay as they are. */
export async function quoteSubscriptionChange(
  ctx: Ctx,
  { params, query }: InputOf<typeof contract>,
): Promise<ChangeQuoteAnswer> {
  const row = await subscribedAccount(ctx, params.id)
  if (!row) throw notFound()
  const now = presentTerms(row.subscription)
  const { contactLimits } = await catalogueNow(ctx)
  const choice = {
    planCode: query.planCode ?? now?.planCode ?? 'plus',
    interval: query.interval ?? now?.interval ?? 'month',
    contactLimit: query.contactLimit ?? now?.contactLimit ?? contactLimits[0] ?? 500,
  }
  return (await priceChange(ctx, row, choice)).answer
}

/** Prices a change of an account; 409 `subscription.renewing` on its renewal day until that is billed, `hosted_account.status` when it can't be changed. */
export async function priceChange(
  ctx: Ctx,
  row: SubscribedAccount,
  choice: PlanChoice,
): Promise<PricedChange> {
  const { account, subscription: s } = row
  const bought = account.status === 'trial' || account.status === 'expired'
  if (
    !bought &&
    (s.interval === null || !['active', 'disabled', 'suspended', 'cancelled'].includes(account.status))
  )
    throw new Refusal(409, 'hosted_account.status')
  const catalogue = await catalogueNow(ctx)
  const terms = termsOf(catalogue, choice)
  const today = dayIn(ctx.now, bought ? account.time_zone : s.time_zone)
  if (!bought && today.toString() >= s.period_end) throw new Refusal(409, 'subscription.renewing')
  const counted = (await paidAccounts(ctx)) + (bought ? 1 : 0)
  const change = planChange(
    {
      bought,
      terms: presentTerms(s),
      periodStart: Temporal.PlainDate.from(s.period_start),
      periodEnd: Temporal.PlainDate.from(s.period_end),
      periodNet: s.period_net,
      creditLeft: s.credit_left,
      periodPercent: s.discount_percent,
    },
    terms,
    today,
    volumeDiscount(counted, catalogue.ladder).percent,
  )
  const net = change.charge - change.credit
  const due = await taxed(ctx, net)
  const { currency } = catalogue
  const whole = await taxed(ctx, change.periodNet)
  const answer: ChangeQuoteAnswer = {
    kind: change.kind,
    when: change.when,
    effectiveOn: change.effectiveOn.toString(),
    price: breakdownAnswer({
      listPrice: terms.listPrice,
      percent: change.percent,
      net: change.periodNet,
      ...whole,
      currency,
    }),
    credit: money(change.credit, currency),
    charge: money(change.charge, currency),
    daysLeft: change.daysLeft,
    days: change.days,
    net: money(net, currency),
    vat: vatAnswer(due.vat, currency),
    total: money(due.total, currency),
    renewsOn: change.periodEnd.toString(),
  }
  return { ...change, terms, paidAccounts: counted, net, ...due, answer }
}
