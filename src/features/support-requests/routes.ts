import { route, type Route } from '../../server/route.ts'
import * as contract from './contract.ts'
import { getSupportRequest, listSupportRequests, readSupportRequest } from './list-support-requests.ts'
import { closeSupportRequest, openSupportRequest, replyToSupport } from './open-support-request.ts'
import {
  answerSupportRequest,
  decideSupportRequest,
  getOperatorRequest,
  listOperatorRequests,
  readOperatorRequest,
} from './operator-requests.ts'

/** Requests to the operator, from both sides. */
export const supportRequestRoutes: Route[] = [
  route(contract.listSupportRequests, listSupportRequests),
  route(contract.openSupportRequest, openSupportRequest),
  route(contract.getSupportRequest, getSupportRequest),
  route(contract.replyToSupport, replyToSupport),
  route(contract.readSupportRequest, readSupportRequest),
  route(contract.closeSupportRequest, closeSupportRequest),
  route(contract.listOperatorRequests, listOperatorRequests),
  route(contract.getOperatorRequest, getOperatorRequest),
  route(contract.answerSupportRequest, answerSupportRequest),
  route(contract.readOperatorRequest, readOperatorRequest),
  route(contract.decideSupportRequest, decideSupportRequest),
]
