import { route, type Route } from '../../server/route.ts'
import * as contract from './contract.ts'
import { getAgency } from './get-agency.ts'
import { updateAgency } from './update-agency.ts'

/** The agency's own settings. */
export const agencySettingsRoutes: Route[] = [
  route(contract.getAgency, getAgency),
  route(contract.updateAgency, updateAgency),
]
