import type { InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { Refusal } from '../../server/refusal.ts'
import { accountRecordOf, lockAccount } from '../hosted-accounts/public.ts'
import type { AccountRecord } from '../hosted-accounts/contract.ts'
import { accountActs, endLater } from '../subscriptions/public.ts'
import { applyChange, dropScheduled } from './apply-change.ts'
import type * as contract from './contract.ts'

type Input = InputOf<typeof contract.cancelSubscription>

/** Lets an account end with what is paid (B62): it runs until then, and a change that was to come is dropped. */
export async function cancelSubscription(ctx: Ctx, { params, body }: Input): Promise<AccountRecord> {
  const row = await lockAccount(ctx, params.id, body.version)
  const { account, subscription: s } = row
  if (!accountActs(ctx, row).cancel) throw new Refusal(409, 'hosted_account.status')
  await dropScheduled(ctx, s.id)
  await applyChange(
    ctx,
    row,
    {
      subscription: { cancel_at_end: true },
      pending: null,
      account:
        account.status === 'active'
          ? { status: 'cancelled' }
          : account.status === 'disabled' && account.status_before === 'active'
            ? { status_before: 'cancelled' }
            : {},
    },
    { action: 'subscription.cancelled', data: { endsOn: s.period_end } },
  )
  if (s.due_at !== null) await endLater(ctx, s.id, s.due_at)
  return accountRecordOf(ctx, params.id)
}

/** Takes it back while it runs: it renews as before. */
export async function undoCancelSubscription(ctx: Ctx, { params, body }: Input): Promise<AccountRecord> {
  const row = await lockAccount(ctx, params.id, body.version)
  const { account } = row
  if (!accountActs(ctx, row).undoCancel) throw new Refusal(409, 'hosted_account.status')
  await applyChange(
    ctx,
    row,
    {
      subscription: { cancel_at_end: false },
      account:
        account.status === 'cancelled'
          ? { status: 'active' }
          : account.status_before === 'cancelled'
            ? { status_before: 'active' }
            : {},
    },
    { action: 'subscription.cancel_undone' },
  )
  return accountRecordOf(ctx, params.id)
}

/** Takes a change back that was to come with the next period. */
export async function dropPendingChange(ctx: Ctx, { params, body }: Input): Promise<AccountRecord> {
  const row = await lockAccount(ctx, params.id, body.version)
  if (row.subscription.pending_change === null) throw new Refusal(409, 'subscription.nothing_pending')
  await dropScheduled(ctx, row.subscription.id)
  await applyChange(ctx, row, { pending: null }, { action: 'subscription.change_dropped' })
  return accountRecordOf(ctx, params.id)
}
