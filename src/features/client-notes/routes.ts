import { route, type Route } from '../../server/route.ts'
import * as contract from './contract.ts'
import { createClientNote } from './create-client-note.ts'
import { deleteClientNote } from './delete-client-note.ts'
import { listClientNotes } from './list-client-notes.ts'
import { restoreClientNote } from './restore-client-note.ts'
import { updateClientNote } from './update-client-note.ts'

/** What the team writes for itself on a client. */
export const clientNoteRoutes: Route[] = [
  route(contract.listClientNotes, listClientNotes),
  route(contract.createClientNote, createClientNote),
  route(contract.updateClientNote, updateClientNote),
  route(contract.deleteClientNote, deleteClientNote),
  route(contract.restoreClientNote, restoreClientNote),
]
