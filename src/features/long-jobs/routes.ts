import { route, type Route } from '../../server/route.ts'
import * as contract from './contract.ts'
import { cancelJob, getJob, listJobs } from './read-jobs.ts'
import { streamEvents } from './stream-events.ts'

/** Long work and live events. */
export const longJobRoutes: Route[] = [
  route(contract.getJob, getJob),
  route(contract.listJobs, listJobs),
  route(contract.cancelJob, cancelJob),
  route(contract.streamEvents, streamEvents),
]
