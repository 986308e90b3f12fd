import { route, type Route } from '../../server/route.ts'
import * as contract from './contract.ts'
import { getClientDashboard } from './get-client-dashboard.ts'

/** What a client's own people see first. */
export const clientDashboardRoutes: Route[] = [
  route(contract.getClientDashboard, getClientDashboard, { readOnly: true }),
]
