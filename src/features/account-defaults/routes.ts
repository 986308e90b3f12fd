import { route, type Route } from '../../server/route.ts'
import { getAccountDefaults } from './account-defaults.ts'
import * as contract from './contract.ts'
import { updateAccountDefaults } from './update-account-defaults.ts'

/** Default settings of new hosted accounts. */
export const accountDefaultsRoutes: Route[] = [
  route(contract.getAccountDefaults, getAccountDefaults),
  route(contract.updateAccountDefaults, updateAccountDefaults),
]
