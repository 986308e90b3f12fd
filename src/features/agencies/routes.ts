import { route, type Route } from '../../server/route.ts'
import * as contract from './contract.ts'
import { getRealm } from './get-realm.ts'

/** Agencies: their host, sign-up and settings. */
export const agencyRoutes: Route[] = [route(contract.getRealm, getRealm)]
