import { route, type Route } from '../../server/route.ts'
import * as contract from './contract.ts'
import { exportCockpit } from './export-cockpit.ts'
import { getCockpit } from './get-cockpit.ts'
import { setAccountRetailPrice } from './set-account-retail-price.ts'

/** What renews, what will fail, and what is earned on it. */
export const cockpitRoutes: Route[] = [
  route(contract.getCockpit, getCockpit),
  route(contract.setAccountRetailPrice, setAccountRetailPrice),
  route(contract.exportCockpit, exportCockpit),
]
