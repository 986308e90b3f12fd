import type { App, Ctx } from '../../server/context.ts'
import { iso } from '../../server/clock.ts'
import { periodFrom } from './periods.ts'
import {
  factsOf,
  presentTerms,
  readTerms,
  type SubscribedAccount,
  type SubscriptionFacts,
  type Terms,
} from './terms.ts'

/** A subscription and its tenant. */
export type DueSubscription = { agencyId: string; subscriptionId: string; dueAt: string }

/** A renewal that is due now: what the next period is and what it costs before discount. */
export type Renewal = {
  subscription: SubscriptionFacts
  /** Of the subscription's row. */
  version: number
  /** A pending change is carried out with it. */
  changes: boolean
  /** Its interval changes: the anchor is the first day of the period. */
  restarts: boolean
  /** The period to bill. */
  periodIndex: number
  startsOn: string
  endsOn: string
  /** With the pending change applied, if any. */
  terms: Terms
}

/** Accounts that are billed on their renewal day; disabled ones too (B37). */
export const renewing = ['active', 'disabled', 'suspended'] as const

const subscriptions = `from subscription s
     join hosted_account a on a.agency_id = s.agency_id and a.id = s.hosted_account_id`
const renews = `not s.cancel_at_end and s.interval is not null and a.status = any ('{${renewing.join(',')}}')`

/**
 * Subscriptions whose next period begins now or earlier and is not billed yet, of all agencies, the longest due
 * first. Read through the owner's connection: a scan across tenants; each is then taken in its own tenant.
 */
export async function dueRenewals(
  app: App,
  now: Temporal.Instant,
  limit: number,
): Promise<DueSubscription[]> {
  return findDue(app, now, limit, renews)
}

/** When the first of all agencies' renewals is due, past or to come. */
export async function firstRenewalAt(app: App): Promise<Temporal.Instant | undefined> {
  const { rows } = await app.database.owner.query<{ due_at: string }>(
    `select s.due_at ${subscriptions} where s.due_at is not null and ${renews} order by s.due_at limit 1`,
  )
  return rows[0] && Temporal.Instant.from(rows[0].due_at)
}

/** Subscriptions that end, or are put away, now or earlier: trials, cancelled periods, expired accounts. */
export async function dueEndings(app: App, now: Temporal.Instant, limit: number): Promise<DueSubscription[]> {
  return findDue(app, now, limit, `(s.cancel_at_end or s.interval is null or a.status = 'expired')`)
}

async function findDue(
  app: App,
  now: Temporal.Instant,
  limit: number,
  which: string,
): Promise<DueSubscription[]> {
  const { rows } = await app.database.owner.query<{ agency_id: string; id: string; due_at: string }>(
    `select s.agency_id, s.id, s.due_at ${subscriptions}
     where s.due_at <= $1 and ${which} order by s.due_at, s.agency_id, s.id limit $2`,
    [iso(now), limit],
  )
  return rows.map((r) => ({ agencyId: r.agency_id, subscriptionId: r.id, dueAt: r.due_at }))
}

/**
 * Locks subscriptions, in id order, and tells the renewal of each that is due; one that is not any more (billed,
 * cancelled, ended) is left out.
 */
export async function lockRenewals(ctx: Ctx, ids: readonly string[]): Promise<Renewal[]> {
  const subscriptions = await ctx.tx.query<SubscribedAccount['subscription']>(
    'lock_due_subscriptions',
    `select * from subscription where agency_id = $1 and id = any($2) and due_at <= $3 and not cancel_at_end and interval is not null
     order by id for update`,
    [ctx.agencyId, ids, ctx.nowIso],
  )
  const accounts = await ctx.tx.query<SubscribedAccount['account']>(
    'lock_due_accounts',
    `select * from hosted_account where agency_id = $1 and id = any($2) and status = any($3) order by id for update`,
    [ctx.agencyId, subscriptions.map((s) => s.hosted_account_id), renewing],
  )
  const accountOf = new Map(accounts.map((a) => [a.id, a]))
  return subscriptions.flatMap((subscription) => {
    const account = accountOf.get(subscription.hosted_account_id)
    return account ? [renewalOf({ account, subscription })] : []
  })
}

/** The renewal that is next for an account on a paid plan, due or not. */
export function renewalOf(row: SubscribedAccount): Renewal {
  const s = row.subscription
  const terms = readTerms(s.pending_change) ?? presentTerms(s)!
  const next = nextPeriod(s, terms)
  return {
    subscription: factsOf(row),
    version: s.version,
    changes: s.pending_change !== null,
    periodIndex: s.period_index + 1,
    startsOn: next.start.toString(),
    endsOn: next.end.toString(),
    restarts: terms.interval !== s.interval,
    terms,
  }
}

/** The period after the current one: from the anchor, or from the current end when the interval changes there. */
export function nextPeriod(
  s: {
    anchor_on: string
    anchor_index: number
    period_index: number
    period_end: string
    interval: string | null
  },
  terms: Terms,
) {
  return terms.interval === s.interval
    ? periodFrom(Temporal.PlainDate.from(s.anchor_on), terms.interval, s.period_index + 1 - s.anchor_index)
    : periodFrom(Temporal.PlainDate.from(s.period_end), terms.interval, 0)
}
