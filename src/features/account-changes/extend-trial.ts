import type { InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { Refusal } from '../../server/refusal.ts'
import type { AccountRecord } from '../hosted-accounts/contract.ts'
import { accountRecordOf, lockAccount } from '../hosted-accounts/public.ts'
import { catalogueAt } from '../plans/public.ts'
import { applyChange } from './apply-change.ts'
import type * as contract from './contract.ts'
import { dayIn, endLater, startOfDay } from '../subscriptions/public.ts'

/**
 * Prolongs a trial by fourteen days counted from its expiry, whenever that is or was (B60): once by the agency,
 * 409 `subscription.trial_extended` after that; `subscription.trial_too_late` when those days are over too.
 */
export async function extendTrial(
  ctx: Ctx,
  { params, body }: InputOf<typeof contract.extendTrial>,
): Promise<AccountRecord> {
  const row = await lockAccount(ctx, params.id, body.version)
  const { account, subscription: s } = row
  const onTrial =
    s.interval === null &&
    s.trial_ends_on !== null &&
    ['trial', 'expired', 'disabled'].includes(account.status)
  if (!onTrial) throw new Refusal(409, 'hosted_account.status')
  if (s.trial_extended_at !== null) throw new Refusal(409, 'subscription.trial_extended')
  const { trial } = await catalogueAt(ctx, s.plan_version)
  const end = Temporal.PlainDate.from(s.trial_ends_on!).add({ days: trial.extensionDays })
  if (Temporal.PlainDate.compare(end, dayIn(ctx.now, s.time_zone)) <= 0)
    throw new Refusal(409, 'subscription.trial_too_late')
  const at = startOfDay(end, s.time_zone)
  await applyChange(
    ctx,
    row,
    {
      subscription: {
        trial_ends_on: end.toString(),
        period_end: end.toString(),
        due_at: at,
        trial_extended_at: ctx.nowIso,
      },
      ...(account.status === 'expired' && { account: { status: 'trial', expired_at: null } }),
    },
    { action: 'subscription.trial_extended', data: { endsOn: end.toString() } },
  )
  await endLater(ctx, s.id, at)
  return accountRecordOf(ctx, params.id)
}
