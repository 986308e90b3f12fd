import type { Selectable } from 'kysely'
import type { Ctx } from '../../server/context.ts'
import type { Subscription } from '../../server/schema.gen.ts'
import { daysBeforeArchive, endLater } from './end-due.ts'
import { dayIn, startOfDay } from './periods.ts'
import type { SubscribedAccount } from './terms.ts'

/** An account and its subscription, not locked; undefined when the agency has none of that id. */
export async function subscribedAccount(
  ctx: Ctx,
  hostedAccountId: string,
): Promise<SubscribedAccount | undefined> {
  const account = await ctx.db
    .selectFrom('hosted_account')
    .selectAll()
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', hostedAccountId)
    .executeTakeFirst()
  if (!account) return undefined
  const subscription = await ctx.db
    .selectFrom('subscription')
    .selectAll()
    .where('agency_id', '=', ctx.agencyId)
    .where('hosted_account_id', '=', hostedAccountId)
    .executeTakeFirstOrThrow()
  return { account, subscription }
}

/** Nothing more happens by itself to a subscription whose account is put away. */
export async function archiveSubscription(ctx: Ctx, s: Selectable<Subscription>): Promise<void> {
  await setDue(ctx, s.id, null)
}

/** Taken back, an account has again its thirty days in reach before it is put away by itself. */
export async function restoreSubscription(ctx: Ctx, s: Selectable<Subscription>): Promise<void> {
  const at = startOfDay(dayIn(ctx.now, s.time_zone).add({ days: daysBeforeArchive }), s.time_zone)
  await setDue(ctx, s.id, at)
  await endLater(ctx, s.id, at)
}

async function setDue(ctx: Ctx, subscriptionId: string, at: string | null): Promise<void> {
  await ctx.db
    .updateTable('subscription')
    .set({ due_at: at, updated_at: ctx.nowIso })
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', subscriptionId)
    .execute()
}
