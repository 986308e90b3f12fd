import { z } from 'zod'
import type { App, Ctx } from '../../server/context.ts'
import { job } from '../../server/jobs.ts'
import { runInTenant } from '../../server/run-in-tenant.ts'
import { dueEndings } from './due.ts'
import { dayIn, startOfDay } from './periods.ts'
import { lockSubscribed } from './terms.ts'

/** Days an expired account stays in reach (read-only, « Renouveler ») before it is put away by itself. */
export const daysBeforeArchive = 30
const batch = 200

/** Ends one subscription on its day; the timetable's sweep catches what a lost job would have ended. */
export const endOnTime = job({
  name: 'subscriptions.end',
  payload: z.strictObject({ id: z.string() }),
  run: (ctx, { id }) => endSubscription(ctx, id),
})

/** Has a subscription looked at when it ends; a later call replaces the time. */
export async function endLater(ctx: Ctx, subscriptionId: string, at: string): Promise<void> {
  await ctx.enqueue(
    endOnTime,
    { id: subscriptionId },
    { runAt: Temporal.Instant.from(at), key: `subscriptions.end:${subscriptionId}` },
  )
}

/** Ends what is due to end, of all agencies; bears being run twice and by several processes. */
export async function endDueSubscriptions(app: App, at: Temporal.Instant): Promise<void> {
  for (;;) {
    const due = await dueEndings(app, at, batch)
    for (const { agencyId, subscriptionId } of due)
      await runInTenant(app, { agencyId }, (ctx) => endSubscription(ctx, subscriptionId))
    if (due.length < batch) return
  }
}

/**
 * One step of an ending, if it is due: a trial or a cancelled period expires (read-only, B58), an account expired
 * for 30 days is archived (its data kept a year).
 */
export async function endSubscription(ctx: Ctx, subscriptionId: string): Promise<void> {
  const { account, subscription: s } = await lockSubscribed(ctx, { subscriptionId })
  if (s.due_at === null || Temporal.Instant.compare(Temporal.Instant.from(s.due_at), ctx.now) > 0) return
  const archives = account.status === 'expired'
  if (!archives && !s.cancel_at_end && s.interval !== null) return
  const today = dayIn(ctx.now, s.time_zone)
  const next = archives ? null : startOfDay(today.add({ days: daysBeforeArchive }), s.time_zone)
  if (next !== null) await endLater(ctx, s.id, next)
  await ctx.db
    .updateTable('subscription')
    .set({
      due_at: next,
      cancel_at_end: false,
      pending_change: null,
      updated_at: ctx.nowIso,
    })
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', s.id)
    .execute()
  await ctx.db
    .updateTable('hosted_account')
    .set({
      status: archives ? 'archived' : 'expired',
      status_before: null,
      ...(archives ? { archived_at: ctx.nowIso } : { expired_at: ctx.nowIso }),
      updated_at: ctx.nowIso,
      version: account.version + 1,
    })
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', account.id)
    .execute()
  ctx.audit({
    action: archives ? 'hosted_account.archived' : 'hosted_account.expired',
    clientId: account.client_id,
    entity: { kind: 'hosted_account', id: account.id, name: account.name },
  })
  ctx.publish({ agencyId: ctx.agencyId, kind: 'hosted_accounts', id: account.id })
}
