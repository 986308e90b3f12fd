import { route, type Route } from '../../server/route.ts'
import { getAccountHome as contract } from './contract.ts'
import { getAccountHome } from './get-account-home.ts'

/** The first page of a hosted account. */
export const accountHomeRoutes: Route[] = [route(contract, getAccountHome)]
