import { route, type Route } from '../../server/route.ts'
import * as contract from './contract.ts'
import { getBillingProfile } from './get-billing-profile.ts'
import { updateBillingProfile } from './update-billing-profile.ts'

/** Billing details of a client (A5). */
export const clientBillingRoutes: Route[] = [
  route(contract.getBillingProfile, getBillingProfile),
  route(contract.updateBillingProfile, updateBillingProfile),
]
