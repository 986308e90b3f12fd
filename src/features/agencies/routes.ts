import { route, type Route } from '../../server/route.ts'
import { checkSlug } from './check-slug.ts'
import * as contract from './contract.ts'
import { crossHost } from './cross-host.ts'
import { findMyAgency } from './find-my-agency.ts'
import { getRealm } from './get-realm.ts'
import { signUpAgency } from './sign-up-agency.ts'

/** Agencies: their hosts, sign-up, and the ways in. */
export const agencyRoutes: Route[] = [
  route(contract.getRealm, getRealm),
  route(contract.checkSlug, checkSlug),
  route(contract.signUpAgency, signUpAgency, { detached: true }),
  route(contract.crossHost, crossHost),
  route(contract.findMyAgency, findMyAgency),
]
