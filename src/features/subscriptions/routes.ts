import { route, type Route } from '../../server/route.ts'
import * as contract from './contract.ts'
import { getOffer } from './get-offer.ts'
import { quoteHostedAccount } from './quote-hosted-account.ts'

/** What hosted accounts cost. */
export const subscriptionRoutes: Route[] = [
  route(contract.getOffer, getOffer),
  route(contract.quoteHostedAccount, quoteHostedAccount),
]
