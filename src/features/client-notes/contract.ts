import { z } from 'zod'
import { instant, nothing, paragraphs } from '../../contract/common.ts'
import { endpoint } from '../../contract/endpoint.ts'
import { idAnswer, idInput } from '../../contract/ids.ts'

const realms = ['agency'] as const
const params = z.strictObject({ id: idInput('client') })
const noteParams = z.strictObject({ id: idInput('client'), noteId: idInput('note') })

const note = z.strictObject({
  id: idAnswer('note'),
  body: z.string(),
  /** The member it is by; null when they left. */
  author: z.strictObject({ id: idAnswer('member').nullable(), name: z.string() }),
  /** Who wrote it for the author while acting. */
  via: z.string().nullable(),
  createdAt: instant,
  updatedAt: instant,
  version: z.int(),
  /** The caller is its author. */
  mine: z.boolean(),
})
const noteBody = paragraphs(5000)

/** Notes of a client, newest first. */
export const listClientNotes = endpoint({
  name: 'listClientNotes',
  method: 'GET',
  path: '/clients/:id/notes',
  summary: 'Notes kept on a client, newest first.',
  realms: [...realms],
  may: 'clients.internals',
  params,
  query: z.strictObject({
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: z.string().max(200).optional(),
  }),
  answer: z.strictObject({ data: z.array(note), nextCursor: z.string().nullable() }),
})

/** Writes a note; signed "via" while acting. */
export const createClientNote = endpoint({
  name: 'createClientNote',
  method: 'POST',
  path: '/clients/:id/notes',
  summary: 'Write a note on a client.',
  realms: [...realms],
  may: 'notes.write',
  params,
  body: z.strictObject({ body: noteBody }),
  answer: note,
  status: 201,
})

/** Changes a note of one's own. */
export const updateClientNote = endpoint({
  name: 'updateClientNote',
  method: 'PATCH',
  path: '/clients/:id/notes/:noteId',
  summary: 'Change a note one wrote.',
  realms: [...realms],
  may: 'notes.write',
  params: noteParams,
  body: z.strictObject({ body: noteBody, version: z.int() }),
  answer: note,
  refusals: ['version.stale', 'note.not_yours'],
})

/** Deletes a note of one's own; it can be taken back for an hour. */
export const deleteClientNote = endpoint({
  name: 'deleteClientNote',
  method: 'DELETE',
  path: '/clients/:id/notes/:noteId',
  summary: 'Delete a note one wrote; it can be taken back for an hour, then it is gone.',
  realms: [...realms],
  may: 'notes.write',
  params: noteParams,
  answer: nothing,
  refusals: ['note.not_yours'],
})

/** Takes a deletion back. */
export const restoreClientNote = endpoint({
  name: 'restoreClientNote',
  method: 'POST',
  path: '/clients/:id/notes/:noteId/restore',
  summary: 'Take back the deletion of a note.',
  realms: [...realms],
  may: 'notes.write',
  params: noteParams,
  answer: note,
  refusals: ['note.not_yours'],
})
