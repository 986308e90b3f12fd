import { route, type Route } from '../../server/route.ts'
import { cancelSubscription, dropPendingChange, undoCancelSubscription } from './cancel-subscription.ts'
import { changeSubscription } from './change-subscription.ts'
import * as contract from './contract.ts'
import { extendTrial } from './extend-trial.ts'
import { listSubscriptionPeriods } from './list-subscription-periods.ts'
import { quoteSubscriptionChange } from './quote-change.ts'
import { requestTrialExtension } from './request-trial-extension.ts'

/** Changes of what a hosted account is subscribed to, and its ending. */
export const accountChangeRoutes: Route[] = [
  route(contract.quoteSubscriptionChange, quoteSubscriptionChange),
  route(contract.changeSubscription, changeSubscription),
  route(contract.dropPendingChange, dropPendingChange),
  route(contract.cancelSubscription, cancelSubscription),
  route(contract.undoCancelSubscription, undoCancelSubscription),
  route(contract.extendTrial, extendTrial),
  route(contract.requestTrialExtension, requestTrialExtension),
  route(contract.listSubscriptionPeriods, listSubscriptionPeriods),
]
