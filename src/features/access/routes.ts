import { route, type Route } from '../../server/route.ts'
import * as contract from './contract.ts'
import { endAccessSession } from './end-access-session.ts'
import { explainAccess } from './explain-access.ts'
import { explainClient } from './explain-client.ts'
import { explainMember } from './explain-member.ts'
import { getRightsTable } from './get-rights-table.ts'
import { renewAccessSession, setAccessSessionReadOnly } from './keep-access-session.ts'
import { listAccessSessions } from './list-access-sessions.ts'
import { startAccessSession } from './start-access-session.ts'
import { whoSeesUnassigned } from './who-sees-unassigned.ts'

/** Who sees what and why, acting as somebody below, and the rights table. */
export const accessRoutes: Route[] = [
  route(contract.explainClient, explainClient),
  route(contract.explainAccess, explainAccess),
  route(contract.explainMember, explainMember),
  route(contract.whoSeesUnassigned, whoSeesUnassigned),
  route(contract.startAccessSession, startAccessSession),
  route(contract.renewAccessSession, renewAccessSession),
  route(contract.setAccessSessionReadOnly, setAccessSessionReadOnly),
  route(contract.endAccessSession, endAccessSession),
  route(contract.listAccessSessions, listAccessSessions),
  route(contract.getRightsTable, getRightsTable),
]
