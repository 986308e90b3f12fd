import { route, type Route } from '../../server/route.ts'
import { bulkAssignClients } from './bulk-assign-clients.ts'
import { bulkSetStatus } from './bulk-set-status.ts'
import { bulkTag } from './bulk-tag.ts'
import * as contract from './contract.ts'
import { listSelectionPeople } from './list-selection-people.ts'
import { undoBulkChange } from './undo-bulk-change.ts'

/** Acts on many clients at once. */
export const clientBulkRoutes: Route[] = [
  route(contract.listSelectionPeople, listSelectionPeople),
  route(contract.bulkAssignClients, bulkAssignClients),
  route(contract.bulkSetStatus, bulkSetStatus),
  route(contract.bulkTag, bulkTag),
  route(contract.undoBulkChange, undoBulkChange),
]
