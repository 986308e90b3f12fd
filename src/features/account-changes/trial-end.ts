import type { Ctx } from '../../server/context.ts'
import { Refusal } from '../../server/refusal.ts'
import { catalogueAt } from '../plans/public.ts'
import { endLater, startOfDay, type SubscribedAccount } from '../subscriptions/public.ts'
import { applyChange } from './apply-change.ts'

/** 409 `hosted_account.status` unless the account is on a trial that runs, is over or is disabled. */
export function refuseUnlessOnTrial({ account, subscription: s }: SubscribedAccount): void {
  const onTrial =
    s.interval === null &&
    s.trial_ends_on !== null &&
    ['trial', 'expired', 'disabled'].includes(account.status)
  if (!onTrial) throw new Refusal(409, 'hosted_account.status')
}

/** The local day a trial ends when its extension, as long as its plan says, counts from `from`. */
export async function extendedEnd(
  ctx: Ctx,
  { subscription: s }: SubscribedAccount,
  from: Temporal.PlainDate,
): Promise<Temporal.PlainDate> {
  const { trial } = await catalogueAt(ctx, s.plan_version)
  return from.add({ days: trial.extensionDays })
}

/** Ends a trial on that local day instead, and opens it again if it had expired. `mark`: whose extension it is. */
export async function moveTrialEnd(
  ctx: Ctx,
  row: SubscribedAccount,
  end: Temporal.PlainDate,
  mark: { trial_extended_at: string } | { trial_request_id: string },
): Promise<void> {
  const { account, subscription: s } = row
  const at = startOfDay(end, s.time_zone)
  await applyChange(
    ctx,
    row,
    {
      subscription: {
        trial_ends_on: end.toString(),
        period_end: end.toString(),
        due_at: at,
        ...mark,
      },
      ...(account.status === 'expired' && { account: { status: 'trial', expired_at: null } }),
    },
    { action: 'subscription.trial_extended', data: { endsOn: end.toString() } },
  )
  await endLater(ctx, s.id, at)
}
