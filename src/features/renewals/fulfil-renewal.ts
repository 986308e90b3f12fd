import type { Ctx } from '../../server/context.ts'
import { iso } from '../../server/clock.ts'
import type { Fulfilment, PaidPurchase } from '../payments/public.ts'
import { markPaid, markUnpaid, setPeriodInvoice, suspendAccount } from '../subscriptions/public.ts'
import { sendNotices } from './jobs.ts'

/** Days after the renewal on which a failed payment is tried again (domain.md, "Failed payment"). */
export const retryDays = [3, 6, 10, 14] as const

type Subject = { subscriptionId: string; periodIndex: number }

/** What the payment of a renewal does, and what its failure does. */
export const renewSubscription: Fulfilment = {
  kind: 'subscription.renew',
  run: paid,
  invoiced: (ctx, p, { invoiceId }) => setPeriodInvoice(ctx, p.id, invoiceId),
  failed,
}

function subjectOf(p: PaidPurchase): Subject {
  return p.subject as Subject
}

/** Paid: a renewal that had failed opens the account again, once nothing else of it is owed. */
async function paid(ctx: Ctx, p: PaidPurchase): Promise<void> {
  const { subscriptionId, periodIndex } = subjectOf(p)
  const [row] = await ctx.tx.query<{ tries: number; was: string; others: boolean }>(
    'renewal_paid',
    `with before as (select state, tries from renewal where agency_id = $1 and subscription_id = $2 and period_index = $3 for update)
     update renewal r set state = 'paid', next_try_at = null, stops_at = null,
       notice = case when before.state = 'suspended' then 'reopened' end
     from before where r.agency_id = $1 and r.subscription_id = $2 and r.period_index = $3
     returning before.tries, before.state as was,
       exists (select from renewal o where o.agency_id = $1 and o.subscription_id = $2 and o.period_index <> $3
         and o.state in ('retrying', 'suspended')) as others`,
    [ctx.agencyId, subscriptionId, periodIndex],
  )
  if (!row || row.tries === 0) return
  if (!row.others) await markPaid(ctx, subscriptionId)
  if (row.was === 'suspended') await tellSoon(ctx)
}

/**
 * Failed: changes of plan are refused until it is paid, and the next try is set; after the last, or at its date when
 * the bank will never accept this card, the account is suspended. Cancelling is a person's decision.
 */
async function failed(ctx: Ctx, p: PaidPurchase, failure: { code: string; hard: boolean }): Promise<void> {
  const { subscriptionId, periodIndex } = subjectOf(p)
  const renewal = await lockRenewalRow(ctx, subscriptionId, periodIndex)
  if (renewal === undefined || renewal.state === 'paid') return
  await markUnpaid(ctx, subscriptionId)
  const due = Temporal.Instant.from(renewal.due_at)
  const next = retryDays
    .map((d) => due.add({ hours: 24 * d }))
    .find((at) => Temporal.Instant.compare(at, ctx.now) > 0)
  const last = due.add({ hours: 24 * retryDays.at(-1)! })
  // A suspended account that a person tried to pay and could not stays suspended.
  const over = renewal.state === 'suspended' || next === undefined
  if (over && renewal.state !== 'suspended') await suspendAccount(ctx, subscriptionId)
  await ctx.tx.query(
    'renewal_failed',
    `update renewal set state = $4, tries = tries + 1, failure_code = $5, next_try_at = $6, stops_at = $7,
       notice = case when $8 then 'suspended' when tries = 0 then 'failed' else 'failed_again' end
     where agency_id = $1 and subscription_id = $2 and period_index = $3`,
    [
      ctx.agencyId,
      subscriptionId,
      periodIndex,
      over ? 'suspended' : 'retrying',
      failure.code,
      over || failure.hard ? null : iso(next),
      over ? null : iso(last),
      over,
    ],
  )
  await tellSoon(ctx)
}

/** A renewal's row, locked. */
export async function lockRenewalRow(ctx: Ctx, subscriptionId: string, periodIndex: number) {
  const [row] = await ctx.tx.query<{
    state: string
    due_at: string
    purchase_id: string
    stops_at: string | null
  }>(
    'lock_renewal_row',
    `select state, due_at, purchase_id, stops_at from renewal where agency_id = $1 and subscription_id = $2 and period_index = $3 for update`,
    [ctx.agencyId, subscriptionId, periodIndex],
  )
  return row
}

/** A few minutes later, so that a hundred failures of one hour make one mail. */
export async function tellSoon(ctx: Ctx): Promise<void> {
  await ctx.enqueue(
    sendNotices,
    {},
    { key: `renewals.notices:${ctx.agencyId}`, runAt: ctx.now.add({ minutes: 5 }) },
  )
}
