import { route, type Route } from '../../server/route.ts'
import * as contract from './contract.ts'
import { archiveClient } from './archive-client.ts'
import { createClient } from './create-client.ts'
import { listAssignableMembers } from './list-assignable-members.ts'
import { listClientHistory } from './list-client-history.ts'
import { getClient } from './read-client.ts'
import { restoreClient } from './restore-client.ts'
import { searchClientChoices } from './search-client-choices.ts'
import { setClientAssignees } from './set-client-assignees.ts'
import { setClientHome } from './set-client-home.ts'
import { updateClient } from './update-client.ts'

/** The client record: create, profile, people, history. */
export const clientRecordRoutes: Route[] = [
  route(contract.createClient, createClient),
  route(contract.getClient, getClient, { readOnly: true }),
  route(contract.updateClient, updateClient),
  route(contract.archiveClient, archiveClient),
  route(contract.restoreClient, restoreClient),
  route(contract.setClientHome, setClientHome),
  route(contract.setClientAssignees, setClientAssignees),
  route(contract.listAssignableMembers, listAssignableMembers),
  route(contract.listClientHistory, listClientHistory),
  route(contract.searchClientChoices, searchClientChoices, { readOnly: true }),
]
