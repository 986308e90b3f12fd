import { route, type Route } from '../../server/route.ts'
import { arriveInAccount } from './arrive-in-account.ts'
import * as contract from './contract.ts'
import { enterAccount } from './enter-account.ts'
import { leaveAccount, renewVisit, setVisitReadOnly } from './keep-visit.ts'
import { listVisits } from './list-visits.ts'

/** "Connexion" (B9): the agency inside a hosted account as its administrator. */
export const accountAccessRoutes: Route[] = [
  route(contract.enterAccount, enterAccount),
  route(contract.arriveInAccount, arriveInAccount),
  route(contract.renewVisit, renewVisit),
  route(contract.setVisitReadOnly, setVisitReadOnly),
  route(contract.leaveAccount, leaveAccount),
  route(contract.listVisits, listVisits),
]
