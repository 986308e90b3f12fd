import { route, type Route } from '../../server/route.ts'
import { buyCredit } from './buy-credit.ts'
import * as contract from './contract.ts'
import { getCredit, listCreditAccounts, listCredits } from './credit-balances.ts'
import { listCreditEditions, publishCredits } from './editions.ts'
import { allocateCredit, reclaimCredit } from './move-credit.ts'

/** Prepaid, SMS and preview credit (B12, B67 to B73). */
export const creditRoutes: Route[] = [
  route(contract.listCredits, listCredits),
  route(contract.getCredit, getCredit),
  route(contract.listCreditAccounts, listCreditAccounts),
  route(contract.buyCredit, buyCredit),
  route(contract.allocateCredit, allocateCredit),
  route(contract.reclaimCredit, reclaimCredit),
  route(contract.listCreditEditions, listCreditEditions, { readOnly: true }),
  route(contract.publishCredits, publishCredits),
]
