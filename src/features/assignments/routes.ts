import { route, type Route } from '../../server/route.ts'
import { assignMatching } from './assign-matching.ts'
import * as contract from './contract.ts'
import { listMemberClients } from './list-member-clients.ts'
import { setAssignments } from './set-assignments.ts'

/** Who works on what, from the sub-account's side; the client's side is `clients` and `client-record`. */
export const assignmentRoutes: Route[] = [
  route(contract.setAssignments, setAssignments),
  route(contract.assignMatching, assignMatching),
  route(contract.listMemberClients, listMemberClients),
]
