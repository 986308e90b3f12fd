import type { Selectable } from 'kysely'
import type { Ctx } from '../../server/context.ts'
import type { PlanCode } from '../plans/public.ts'
import type { Interval } from '../rating/public.ts'
import { notFound } from '../../server/refusal.ts'
import type { HostedAccount, Subscription } from '../../server/schema.gen.ts'

/** Plans that are paid for. */
export type PaidPlan = Exclude<PlanCode, 'trial'>
/** Status of a hosted account (domain.md, "Hosted accounts"). */
export type AccountStatus =
  | 'trial'
  | 'active'
  | 'expired'
  | 'disabled'
  | 'suspended'
  | 'cancelled'
  | 'archived'
  | 'transferred'

/** What is bought: plan at a version of its prices, rhythm, contacts, and the price of one period before discount, net of VAT, minor units. */
export type Terms = {
  planCode: PaidPlan
  planVersion: number
  interval: Interval
  contactLimit: number
  listPrice: bigint
}

/** A hosted account with what it is subscribed to, as the database holds both. */
export type SubscribedAccount = { account: Selectable<HostedAccount>; subscription: Selectable<Subscription> }

/** A subscription with facts of its hosted account, for those who bill, limit or show it. */
export type SubscriptionFacts = {
  id: string
  hostedAccountId: string
  clientId: string
  accountName: string
  status: AccountStatus
  commercialMode: 'resold' | 'clientPaid' | 'referred'
  planCode: PlanCode
  planVersion: number
  interval: Interval | null
  contactLimit: number
  currency: string
  /** Of one period, before discount, net of VAT, minor units. */
  listPrice: bigint
  discountPercent: number
  timeZone: string
  periodIndex: number
  /** Local days, half-open. */
  periodStart: string
  periodEnd: string
  cancelAtEnd: boolean
  pendingChange: Terms | null
  trialEndsOn: string | null
  trialExtendedAt: string | null
  unpaidSince: string | null
}

/** The facts in a row and its account. */
export function factsOf({ account, subscription: s }: SubscribedAccount): SubscriptionFacts {
  return {
    id: s.id,
    hostedAccountId: account.id,
    clientId: account.client_id,
    accountName: account.name,
    status: account.status as AccountStatus,
    commercialMode: s.commercial_mode as SubscriptionFacts['commercialMode'],
    planCode: s.plan_code as PlanCode,
    planVersion: s.plan_version,
    interval: s.interval as Interval | null,
    contactLimit: s.contact_limit,
    currency: s.currency,
    listPrice: s.list_price,
    discountPercent: s.discount_percent,
    timeZone: s.time_zone,
    periodIndex: s.period_index,
    periodStart: s.period_start,
    periodEnd: s.period_end,
    cancelAtEnd: s.cancel_at_end,
    pendingChange: readTerms(s.pending_change),
    trialEndsOn: s.trial_ends_on,
    trialExtendedAt: s.trial_extended_at,
    unpaidSince: s.unpaid_since,
  }
}

/** Terms as the database keeps them: amounts as text, since JSON has no bigint. */
export function writeTerms(terms: Terms): string {
  return JSON.stringify({ ...terms, listPrice: String(terms.listPrice) })
}

/** Terms that `writeTerms` wrote. */
export function readTerms(value: unknown): Terms | null {
  if (value === null || value === undefined) return null
  const t = value as Omit<Terms, 'listPrice'> & { listPrice: string }
  return { ...t, listPrice: BigInt(t.listPrice) }
}

/** What a subscription is on now, as terms; null on trial. */
export function presentTerms(s: Selectable<Subscription>): Terms | null {
  if (s.interval === null) return null
  return {
    planCode: s.plan_code as PaidPlan,
    planVersion: s.plan_version,
    interval: s.interval as Interval,
    contactLimit: s.contact_limit,
    listPrice: s.list_price,
  }
}

/** The account and subscription of one of the two ids, locked until the end of the transaction; 404 when there is none. */
export async function lockSubscribed(
  ctx: Ctx,
  by: { hostedAccountId: string } | { subscriptionId: string },
): Promise<SubscribedAccount> {
  const subscription = await ctx.db
    .selectFrom('subscription')
    .selectAll()
    .where('agency_id', '=', ctx.agencyId)
    .$call((q) =>
      'subscriptionId' in by
        ? q.where('id', '=', by.subscriptionId)
        : q.where('hosted_account_id', '=', by.hostedAccountId),
    )
    .forUpdate()
    .executeTakeFirst()
  if (!subscription) throw notFound()
  const account = await ctx.db
    .selectFrom('hosted_account')
    .selectAll()
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', subscription.hosted_account_id)
    .forUpdate()
    .executeTakeFirstOrThrow()
  return { account, subscription }
}
