import type { InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { Refusal } from '../../server/refusal.ts'
import type { AccountRecord } from '../hosted-accounts/contract.ts'
import { accountRecordOf, lockAccount } from '../hosted-accounts/public.ts'
import type * as contract from './contract.ts'
import { dayIn } from '../subscriptions/public.ts'
import { extendedEnd, moveTrialEnd, refuseUnlessOnTrial } from './trial-end.ts'

/**
 * Prolongs a trial by fourteen days counted from its expiry, whenever that is or was (B60): once by the agency,
 * 409 `subscription.trial_extended` after that; `subscription.trial_too_late` when those days are over too.
 */
export async function extendTrial(
  ctx: Ctx,
  { params, body }: InputOf<typeof contract.extendTrial>,
): Promise<AccountRecord> {
  const row = await lockAccount(ctx, params.id, body.version)
  refuseUnlessOnTrial(row)
  const { subscription: s } = row
  if (s.trial_extended_at !== null) throw new Refusal(409, 'subscription.trial_extended')
  const end = await extendedEnd(ctx, row, Temporal.PlainDate.from(s.trial_ends_on!))
  if (Temporal.PlainDate.compare(end, dayIn(ctx.now, s.time_zone)) <= 0)
    throw new Refusal(409, 'subscription.trial_too_late')
  await moveTrialEnd(ctx, row, end, { trial_extended_at: ctx.nowIso })
  return accountRecordOf(ctx, params.id)
}
