import { route, type Route } from '../../server/route.ts'
import { getClock, moveClockForward } from './clock.ts'
import * as contract from './contract.ts'
import { checkHealthNow, getHealth } from './health.ts'
import { listAgencies } from './list-agencies.ts'
import { setAgencyState } from './set-agency-state.ts'

/** What whoever runs the installation may do. */
export const operatorRoutes: Route[] = [
  route(contract.listAgencies, listAgencies),
  route(contract.setAgencyState, setAgencyState),
  route(contract.getClock, getClock),
  route(contract.moveClockForward, moveClockForward),
  route(contract.getHealth, getHealth),
  route(contract.checkHealthNow, checkHealthNow),
]
