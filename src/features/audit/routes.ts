import { route, type Route } from '../../server/route.ts'
import * as contract from './contract.ts'
import { exportAuditEvents } from './export-audit-events.ts'
import { getAuditChoices, listAuditEvents } from './list-audit-events.ts'

/** The journal: who did what for whom. */
export const auditRoutes: Route[] = [
  route(contract.listAuditEvents, listAuditEvents),
  route(contract.getAuditChoices, getAuditChoices),
  route(contract.exportAuditEvents, exportAuditEvents),
]
