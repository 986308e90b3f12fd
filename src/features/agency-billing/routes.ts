import { route, type Route } from '../../server/route.ts'
import { getAgencyBilling, updateAgencyBilling, type VatOf } from './agency-billing.ts'
import * as contract from './contract.ts'

/** The agency's own billing details. */
export function agencyBillingRoutes(vatOf: VatOf): Route[] {
  return [
    route(contract.getAgencyBilling, getAgencyBilling(vatOf)),
    route(contract.updateAgencyBilling, updateAgencyBilling(vatOf)),
  ]
}
