import { z } from 'zod'
import { clientStatuses } from '../../contract/client-fields.ts'
import { line } from '../../contract/common.ts'
import { endpoint } from '../../contract/endpoint.ts'
import { idAnswer, idInput } from '../../contract/ids.ts'
import { roles } from '../../contract/rights.ts'
import { clientFilter } from '../clients/contract.ts'

/** Clients named one by one are changed at once; more than these are the query itself, changed by a job. */
export const clientsAtOnce = 500

/** Which clients: some by id, or all that a filter of the list lets through. */
export const clientSelection = z.union([
  z.strictObject({ ids: z.array(idInput('client')).min(1).max(clientsAtOnce) }),
  z.strictObject({ query: clientFilter }),
])
export type ClientSelection = z.output<typeof clientSelection>

/** What a bulk act answers. */
const outcome = z.strictObject({
  /** Undoes it for a day: `POST /clients/bulk/{id}/undo`. */
  changeId: idAnswer('bulkChange'),
  /** Clients that really changed; null while a job is at it. */
  changed: z.int().nullable(),
  /** The job that does it, when the selection is a query. */
  jobId: idAnswer('job').nullable(),
})
export type BulkOutcome = z.output<typeof outcome>

const members = z.array(idInput('member')).max(50).default([])
const tags = z.array(line(40)).max(20).default([])
const exampleSelection = { ids: ['cli_0199a1b2c3d47e5f8a9b0c1d2e3f4a5b'] }
const exampleOutcome = { changeId: 'blk_0199a1b2c3d47e5f8a9b0c1d2e3f4a5e', changed: 1, jobId: null }
const exampleMember = 'mem_0199a1b2c3d47e5f8a9b0c1d2e3f4a5c'

/** Assigns people to many clients and takes people away, the rest left as it is (A17, A18). */
export const bulkAssignClients = endpoint({
  name: 'bulkAssignClients',
  method: 'POST',
  path: '/clients/bulk/assign',
  summary: 'Assign people to many clients at once and take others away; undoable for a day.',
  realms: ['agency'],
  may: 'clients.assign',
  body: z.strictObject({
    selection: clientSelection,
    add: members,
    remove: members,
    /** Tell the people assigned by e-mail too. */
    notify: z.boolean().default(false),
  }),
  answer: outcome,
  refusals: ['assignment.member_disabled'],
  example: {
    body: { selection: exampleSelection, add: [exampleMember], remove: [] },
    answer: exampleOutcome,
  },
})

/** Pauses, archives or takes up again many clients. */
export const bulkSetStatus = endpoint({
  name: 'bulkSetStatus',
  method: 'POST',
  path: '/clients/bulk/status',
  summary: 'Set the status of many clients at once; undoable for a day.',
  realms: ['agency'],
  may: 'clients.archive',
  body: z.strictObject({ selection: clientSelection, status: z.enum(clientStatuses) }),
  answer: outcome,
  example: { body: { selection: exampleSelection, status: 'archived' }, answer: exampleOutcome },
})

/** Adds labels to many clients and takes labels off. */
export const bulkTag = endpoint({
  name: 'bulkTag',
  method: 'POST',
  path: '/clients/bulk/tags',
  summary: 'Add labels to many clients at once and take labels off; undoable for a day.',
  realms: ['agency'],
  may: 'clients.edit',
  body: z.strictObject({ selection: clientSelection, add: tags, remove: tags }),
  answer: outcome,
  example: { body: { selection: exampleSelection, add: ['VIP'], remove: [] }, answer: exampleOutcome },
})

/** Takes a bulk act of one's own back, as far as nobody changed the same thing since. */
export const undoBulkChange = endpoint({
  name: 'undoBulkChange',
  method: 'POST',
  path: '/clients/bulk/:id/undo',
  summary: 'Undo a bulk change of the caller’s own, within a day.',
  realms: ['agency'],
  may: 'clients.edit',
  params: z.strictObject({ id: idInput('bulkChange') }),
  answer: z.strictObject({ changed: z.int().nullable(), jobId: idAnswer('job').nullable() }),
  refusals: ['bulk.undone'],
  example: { answer: { changed: 1, jobId: null } },
})

/** Whom the caller may assign, and how many of the selected clients each has already. */
export const listSelectionPeople = endpoint({
  name: 'listSelectionPeople',
  method: 'POST',
  path: '/clients/bulk/people',
  summary: 'People the caller may assign, with how many of the selected clients each has.',
  realms: ['agency'],
  may: 'clients.assign',
  body: z.strictObject({ selection: clientSelection, q: line(80).optional() }),
  answer: z.strictObject({
    /** Clients selected; 10,001 stands for more. */
    total: z.int(),
    people: z.array(
      z.strictObject({
        id: idAnswer('member'),
        name: z.string(),
        role: z.enum(roles),
        /** Name of the member above. */
        team: z.string().nullable(),
        disabled: z.boolean(),
        held: z.int(),
      }),
    ),
  }),
  example: {
    body: { selection: exampleSelection },
    answer: {
      total: 1,
      people: [
        {
          id: exampleMember,
          name: 'Léa Bernard',
          role: 'consultant',
          team: 'Marie Dupont',
          disabled: false,
          held: 1,
        },
      ],
    },
  },
})
