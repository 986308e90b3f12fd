import type { SupportGrant } from '../../server/context.ts'
import { dayIn, lockSubscribed } from '../subscriptions/public.ts'
import { extendedEnd, moveTrialEnd, refuseUnlessOnTrial } from './trial-end.ts'

/**
 * What granting a second extension does (B60): the trial goes on for its plan's days, counted from its expiry or,
 * when that is past, from today in its time zone. Once for each request; 409 `hosted_account.status` when the account
 * was bought or put away since.
 */
export const grantTrialExtension: SupportGrant = {
  kind: 'trial_extension',
  async run(ctx, { id, about }) {
    const { hostedAccountId } = about as { hostedAccountId: string }
    const row = await lockSubscribed(ctx, { hostedAccountId })
    const { subscription: s } = row
    if (s.trial_request_id === id) return
    refuseUnlessOnTrial(row)
    const [expiry, today] = [Temporal.PlainDate.from(s.trial_ends_on!), dayIn(ctx.now, s.time_zone)]
    const from = Temporal.PlainDate.compare(expiry, today) > 0 ? expiry : today
    await moveTrialEnd(ctx, row, await extendedEnd(ctx, row, from), { trial_request_id: id })
  },
}
