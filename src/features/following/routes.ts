import { route, type Route } from '../../server/route.ts'
import { downloadClientReport } from './client-report.ts'
import * as contract from './contract.ts'
import { exportFollowing } from './export-following.ts'
import { getFollowing } from './get-following.ts'
import { listFollowing } from './list-following.ts'

/** The global view: totals, lists, exports and reports of work done for clients. */
export const followingRoutes: Route[] = [
  route(contract.getFollowing, getFollowing, { readOnly: true }),
  route(contract.listFollowing, listFollowing, { readOnly: true }),
  route(contract.exportFollowing, exportFollowing),
  route(contract.downloadClientReport, downloadClientReport),
]
