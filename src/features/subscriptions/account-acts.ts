import type { Ctx } from '../../server/context.ts'
import type { SubscribedAccount } from './terms.ts'

/** What can be done with an account in its present state; refusals of the same acts are 409 `hosted_account.status`. */
export type AccountActs = Record<
  | 'enter'
  | 'change'
  | 'renew'
  | 'extendTrial'
  | 'requestTrialExtension'
  | 'disable'
  | 'enable'
  | 'cancel'
  | 'undoCancel'
  | 'archive'
  | 'restore',
  boolean
>

/** The acts that status and subscription leave open. A subscription in another commercial mode is not the agency's to change. */
export function accountActs(ctx: Ctx, { account, subscription: s }: SubscribedAccount): AccountActs {
  const is = (...status: string[]) => status.includes(account.status)
  const manages = ctx.may('resale.manage') && s.commercial_mode !== 'referred'
  const paid = s.interval !== null
  const trial = manages && !paid && is('trial', 'expired')
  return {
    enter: is('trial', 'active', 'cancelled', 'expired', 'disabled', 'suspended'),
    change: manages && paid && is('active', 'disabled') && !s.cancel_at_end && s.unpaid_since === null,
    renew: manages && is('trial', 'expired'),
    extendTrial: trial && s.trial_extended_at === null,
    requestTrialExtension: trial && s.trial_extended_at !== null,
    disable: manages && is('trial', 'active', 'cancelled', 'suspended'),
    enable: manages && is('disabled'),
    cancel: manages && !s.cancel_at_end && is('trial', 'active', 'disabled', 'suspended') && paid,
    undoCancel: manages && s.cancel_at_end && is('cancelled', 'disabled', 'suspended'),
    archive: manages && is('expired'),
    restore: manages && is('archived'),
  }
}
