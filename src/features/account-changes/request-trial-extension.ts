import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import type { Ctx } from '../../server/context.ts'
import { Refusal } from '../../server/refusal.ts'
import { accountActs, lockSubscribed } from '../subscriptions/public.ts'
import { askOperator } from '../support-requests/public.ts'
import type * as contract from './contract.ts'
import { refuseUnlessOnTrial } from './trial-end.ts'

/**
 * Asks the operator to prolong a trial once more (B60): 409 `subscription.trial_not_extended` while the agency's own
 * extension is unused, `support_request.already_open` while the operator has not decided, `hosted_account.status`
 * where there is no trial to prolong.
 */
export async function requestTrialExtension(
  ctx: Ctx,
  { params }: InputOf<typeof contract.requestTrialExtension>,
): Promise<AnswerOf<typeof contract.requestTrialExtension>> {
  const row = await lockSubscribed(ctx, { hostedAccountId: params.id })
  refuseUnlessOnTrial(row)
  if (row.subscription.trial_extended_at === null) throw new Refusal(409, 'subscription.trial_not_extended')
  if (!accountActs(ctx, row).requestTrialExtension) throw new Refusal(409, 'hosted_account.status')
  const { texts } = ctx.app
  const name = { name: row.account.name }
  const id = await askOperator(ctx, {
    kind: 'trial_extension',
    title: texts.t(ctx.locale, 'account_changes.trialRequest.title', name),
    body: texts.t(ctx.locale, 'account_changes.trialRequest.body', name),
    about: { hostedAccountId: row.account.id },
  })
  return { id: toPublicId('supportRequest', id) }
}
