import { route, type Route } from '../../server/route.ts'
import * as contract from './contract.ts'
import { countClientViews } from './count-client-views.ts'
import { listClientValues } from './list-client-values.ts'
import { listClients } from './list-clients.ts'
import { listUnassignedQueue } from './list-unassigned-queue.ts'

/** The list of clients: search, filters, views and the queue of unassigned ones. */
export const clientRoutes: Route[] = [
  route(contract.listClients, listClients, { readOnly: true }),
  route(contract.countClientViews, countClientViews, { readOnly: true }),
  route(contract.listClientValues, listClientValues, { readOnly: true }),
  route(contract.listUnassignedQueue, listUnassignedQueue, { readOnly: true }),
]
