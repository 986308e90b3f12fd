import { route, type Route } from '../../server/route.ts'
import { checkAccountAddress } from './check-account-address.ts'
import * as contract from './contract.ts'
import { openHostedAccount } from './open-hosted-account.ts'
import { getOpening, listOpenings } from './read-openings.ts'
import { revealOpening } from './reveal-opening.ts'

/** Opening hosted accounts. */
export const accountOpeningRoutes: Route[] = [
  route(contract.checkAccountAddress, checkAccountAddress),
  route(contract.openHostedAccount, openHostedAccount),
  route(contract.listOpenings, listOpenings),
  route(contract.getOpening, getOpening),
  route(contract.revealOpening, revealOpening),
]
