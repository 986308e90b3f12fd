import type { Updateable } from 'kysely'
import type { Ctx } from '../../server/context.ts'
import type { Subscription } from '../../server/schema.gen.ts'
import type { Fulfilment } from '../payments/public.ts'
import {
  type SubscribedAccount,
  type Terms,
  lockSubscribed,
  periodFrom,
  readTerms,
  setPeriodInvoice,
  startOfDay,
  writeTerms,
} from '../subscriptions/public.ts'

/** Kind of the purchases that pay a change; its fulfilment is `payChange`. */
export const changePurchase = 'subscription.upgrade'

type Event = { action: `subscription.${string}` | `hosted_account.${string}`; data?: Record<string, unknown> }

/** Writes a change of a subscription and, with it, of its account: one version, one event, open pages told. */
export async function applyChange(
  ctx: Ctx,
  { account, subscription: s }: SubscribedAccount,
  change: {
    /** Terms of the next period; null for none, absent: as they are. */
    pending?: Terms | null
    subscription?: Updateable<Subscription>
    account?: {
      status?: string
      status_before?: string | null
      expired_at?: string | null
      archived_at?: string | null
    }
  },
  event: Event,
): Promise<void> {
  await ctx.db
    .updateTable('subscription')
    .set({
      ...change.subscription,
      ...(change.pending !== undefined && { pending_change: change.pending && writeTerms(change.pending) }),
      updated_at: ctx.nowIso,
      version: s.version + 1,
    })
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', s.id)
    .execute()
  await ctx.db
    .updateTable('hosted_account')
    .set({ ...change.account, updated_at: ctx.nowIso, version: account.version + 1 })
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', account.id)
    .execute()
  ctx.audit({
    ...event,
    clientId: account.client_id,
    entity: { kind: 'hosted_account', id: account.id, name: account.name },
  })
  ctx.publish({ agencyId: ctx.agencyId, kind: 'hosted_accounts', id: account.id })
}

type Stored = { startsOn: string; percent: number; paidAccounts: number; periodNet: string }

/** Does what a paid change bought, in the transaction that records the payment; given up, the change is dropped. */
export const payChange: Fulfilment = {
  kind: changePurchase,
  async run(ctx, purchase) {
    const { changeId } = purchase.subject as { changeId: string }
    const change = await takeChange(ctx, changeId, 'done')
    if (!change) return
    const row = await lockSubscribed(ctx, { subscriptionId: change.subscription_id })
    const terms = readTerms(change.terms)!
    const stored = change.terms as unknown as Stored
    const periodNet = BigInt(stored.periodNet)
    const bought = {
      plan_code: terms.planCode,
      plan_version: terms.planVersion,
      interval: terms.interval,
      contact_limit: terms.contactLimit,
      list_price: terms.listPrice,
      discount_percent: stored.percent,
      period_net: periodNet,
      credit_left: change.charge,
    }
    const event: Event = {
      action: 'subscription.changed',
      data: {
        kind: change.kind,
        plan: terms.planCode,
        interval: terms.interval,
        contacts: terms.contactLimit,
        credit: Number(change.credit),
        charge: Number(change.charge),
      },
    }
    // An upgrade stays in its period; a downgrade that was to come is overtaken by it.
    if (change.kind === 'upgrade') {
      await dropScheduled(ctx, change.subscription_id)
      await applyChange(ctx, row, { subscription: bought, pending: null }, event)
      return
    }
    const { account, subscription: s } = row
    const renews = change.kind === 'renew'
    const timeZone = renews ? account.time_zone : s.time_zone
    const period = periodFrom(Temporal.PlainDate.from(stored.startsOn), terms.interval, 0)
    const index = s.period_index + 1
    await ctx.db
      .insertInto('subscription_period')
      .values({
        agency_id: ctx.agencyId,
        subscription_id: s.id,
        period_index: index,
        starts_on: period.start.toString(),
        ends_on: period.end.toString(),
        plan_code: terms.planCode,
        plan_version: terms.planVersion,
        interval: terms.interval,
        contact_limit: terms.contactLimit,
        currency: change.currency,
        list_price: terms.listPrice,
        discount_percent: stored.percent,
        paid_accounts: stored.paidAccounts,
        net: periodNet,
        purchase_id: purchase.id,
        created_at: ctx.nowIso,
      })
      .execute()
    await dropScheduled(ctx, change.subscription_id)
    await applyChange(
      ctx,
      row,
      {
        subscription: {
          ...bought,
          time_zone: timeZone,
          anchor_on: period.start.toString(),
          anchor_index: index,
          period_index: index,
          period_start: period.start.toString(),
          period_end: period.end.toString(),
          due_at: startOfDay(period.end, timeZone),
          cancel_at_end: false,
        },
        pending: null,
        ...(renews && {
          account: { status: 'active', status_before: null, expired_at: null, archived_at: null },
        }),
      },
      event,
    )
  },
  invoiced: (ctx, purchase, { invoiceId }) => setPeriodInvoice(ctx, purchase.id, invoiceId),
  async cancelled(ctx, purchase) {
    const { changeId } = purchase.subject as { changeId: string }
    const change = await takeChange(ctx, changeId, 'dropped')
    if (!change) return
    const { account } = await lockSubscribed(ctx, { subscriptionId: change.subscription_id })
    ctx.audit({
      action: 'subscription.change_given_up',
      clientId: account.client_id,
      entity: { kind: 'hosted_account', id: account.id, name: account.name },
    })
    ctx.publish({ agencyId: ctx.agencyId, kind: 'hosted_accounts', id: account.id })
  },
}

async function takeChange(ctx: Ctx, id: string, state: 'done' | 'dropped') {
  return ctx.db
    .updateTable('subscription_change')
    .set({ state, done_at: ctx.nowIso })
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', id)
    .where('state', '=', 'paying')
    .returningAll()
    .executeTakeFirst()
}

/** Notes that no scheduled change will happen. */
export async function dropScheduled(ctx: Ctx, subscriptionId: string): Promise<void> {
  await ctx.db
    .updateTable('subscription_change')
    .set({ state: 'dropped', done_at: ctx.nowIso })
    .where('agency_id', '=', ctx.agencyId)
    .where('subscription_id', '=', subscriptionId)
    .where('state', '=', 'scheduled')
    .execute()
}
