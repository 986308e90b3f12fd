import type { Ctx } from '../../server/context.ts'
import { lockSubscribed, type SubscribedAccount } from './terms.ts'

/** A renewal is not paid: changes of plan are refused until it is (domain.md, "Failed payment"). Bears being called twice. */
export async function markUnpaid(ctx: Ctx, subscriptionId: string): Promise<void> {
  const { subscription } = await lockSubscribed(ctx, { subscriptionId })
  if (subscription.unpaid_since === null) await setUnpaid(ctx, subscriptionId, ctx.nowIso)
}

/** It is paid after all: changes are open again, and a suspended account runs again. Bears being called twice. */
export async function markPaid(ctx: Ctx, subscriptionId: string): Promise<void> {
  const row = await lockSubscribed(ctx, { subscriptionId })
  if (row.subscription.unpaid_since !== null) await setUnpaid(ctx, subscriptionId, null)
  if (row.account.status === 'suspended')
    await setStatus(ctx, row, { status: 'active' }, 'hosted_account.resumed')
  else if (row.account.status_before === 'suspended')
    await setStatus(ctx, row, { status_before: 'active' }, 'hosted_account.resumed')
}

/** The last try failed: the account closes to its users until it is paid. A disabled one stays so, and returns to suspended. */
export async function suspendAccount(ctx: Ctx, subscriptionId: string): Promise<void> {
  const row = await lockSubscribed(ctx, { subscriptionId })
  if (row.account.status === 'active' || row.account.status === 'cancelled')
    await setStatus(ctx, row, { status: 'suspended' }, 'hosted_account.suspended')
  else if (row.account.status === 'disabled')
    await setStatus(ctx, row, { status_before: 'suspended' }, 'hosted_account.suspended')
}

async function setUnpaid(ctx: Ctx, subscriptionId: string, since: string | null): Promise<void> {
  await ctx.db
    .updateTable('subscription')
    .set({ unpaid_since: since, updated_at: ctx.nowIso })
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', subscriptionId)
    .execute()
}

async function setStatus(
  ctx: Ctx,
  { account }: SubscribedAccount,
  set: { status?: string; status_before?: string },
  action: 'hosted_account.suspended' | 'hosted_account.resumed',
): Promise<void> {
  await ctx.db
    .updateTable('hosted_account')
    .set({ ...set, updated_at: ctx.nowIso, version: account.version + 1 })
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', account.id)
    .execute()
  ctx.audit({
    action,
    clientId: account.client_id,
    entity: { kind: 'hosted_account', id: account.id, name: account.name },
  })
  ctx.publish({ agencyId: ctx.agencyId, kind: 'hosted_accounts', id: account.id })
}
