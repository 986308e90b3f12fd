import { sql } from 'kysely'
import type { Ctx } from '../../server/context.ts'
import { newId } from '../../server/ids.ts'
import { endLater } from './end-due.ts'
import { dayIn, periodFrom, startOfDay } from './periods.ts'
import type { Terms } from './terms.ts'

const usualTrial = { version: 1, days: 14, contacts: 100 }

/** What a new subscription begins with. Amounts in minor units, net of VAT. */
export type NewSubscription = {
  commercialMode?: 'resold' | 'clientPaid' | 'referred'
  currency: string
  /** Null: a trial of 14 days and 100 contacts. */
  terms: Terms | null
  /** What a trial is in the edition of the plans it begins under; 14 days and 100 contacts when absent (B57). */
  trial?: { version: number; days: number; contacts: number }
  discountPercent?: number
  /** Counted for the rung, this one included. */
  paidAccounts?: number
  /** After discount; the list price when absent. */
  net?: bigint
  purchaseId?: string | null
}

/** Begins the subscription of a new hosted account today, in its own time zone, with its first period billed. Gives its id. */
export async function insertSubscription(
  ctx: Ctx,
  given: NewSubscription & { hostedAccountId: string; timeZone: string; at: string },
): Promise<string> {
  const id = newId()
  const { terms } = given
  const trial = given.trial ?? usualTrial
  const today = dayIn(Temporal.Instant.from(given.at), given.timeZone)
  const period = terms
    ? periodFrom(today, terms.interval, 0)
    : { start: today, end: today.add({ days: trial.days }) }
  const net = terms ? (given.net ?? terms.listPrice) : 0n
  const common = {
    agency_id: ctx.agencyId,
    plan_code: terms?.planCode ?? 'trial',
    plan_version: terms?.planVersion ?? trial.version,
    interval: terms?.interval ?? null,
    contact_limit: terms?.contactLimit ?? trial.contacts,
    currency: given.currency,
    list_price: terms?.listPrice ?? 0n,
    discount_percent: given.discountPercent ?? 0,
    created_at: given.at,
  }
  const dueAt = startOfDay(period.end, given.timeZone)
  await ctx.db
    .insertInto('subscription')
    .values({
      ...common,
      id,
      hosted_account_id: given.hostedAccountId,
      commercial_mode: given.commercialMode ?? 'resold',
      period_net: net,
      credit_left: net,
      anchor_on: period.start.toString(),
      time_zone: given.timeZone,
      period_start: period.start.toString(),
      period_end: period.end.toString(),
      due_at: dueAt,
      trial_ends_on: terms ? null : period.end.toString(),
      updated_at: given.at,
    })
    .execute()
  await ctx.db
    .insertInto('subscription_period')
    .values({
      ...common,
      subscription_id: id,
      period_index: 0,
      starts_on: period.start.toString(),
      ends_on: period.end.toString(),
      paid_accounts: given.paidAccounts ?? 0,
      net,
      purchase_id: given.purchaseId ?? sql`null`,
    })
    .execute()
  if (!terms) await endLater(ctx, id, dueAt)
  return id
}
