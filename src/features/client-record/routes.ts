import { route, type Route } from '../../server/route.ts'
import * as contract from './contract.ts'
import { archiveClient, restoreClient } from './archive-client.ts'
import { getBillingProfile, updateBillingProfile } from './billing-profile.ts'
import { listAssignableMembers, setClientAssignees } from './client-assignees.ts'
import { setClientHome } from './client-home.ts'
import {
  createClientNote,
  deleteClientNote,
  listClientNotes,
  restoreClientNote,
  updateClientNote,
} from './client-notes.ts'
import { createClient } from './create-client.ts'
import { listClientHistory } from './list-client-history.ts'
import { getClient } from './read-client.ts'
import { searchClientChoices } from './search-client-choices.ts'
import { updateClient } from './update-client.ts'

/** The client record: create, profile, people, billing details, notes, history. */
export const clientRecordRoutes: Route[] = [
  route(contract.createClient, createClient),
  route(contract.getClient, getClient),
  route(contract.updateClient, updateClient),
  route(contract.archiveClient, archiveClient),
  route(contract.restoreClient, restoreClient),
  route(contract.setClientHome, setClientHome),
  route(contract.setClientAssignees, setClientAssignees),
  route(contract.listAssignableMembers, listAssignableMembers),
  route(contract.getBillingProfile, getBillingProfile),
  route(contract.updateBillingProfile, updateBillingProfile),
  route(contract.listClientNotes, listClientNotes),
  route(contract.createClientNote, createClientNote),
  route(contract.updateClientNote, updateClientNote),
  route(contract.deleteClientNote, deleteClientNote),
  route(contract.restoreClientNote, restoreClientNote),
  route(contract.listClientHistory, listClientHistory),
  route(contract.searchClientChoices, searchClientChoices),
]
