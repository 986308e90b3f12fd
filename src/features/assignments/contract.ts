import { z } from 'zod'
import { clientStatuses } from '../../contract/client-fields.ts'
import { instant, listQuery } from '../../contract/common.ts'
import { endpoint } from '../../contract/endpoint.ts'
import { idAnswer, idInput } from '../../contract/ids.ts'

const pair = z.strictObject({ clientId: idInput('client'), memberId: idInput('member') })
const pairAnswer = z.strictObject({ clientId: idAnswer('client'), memberId: idAnswer('member') })

/** Pairs changed in one call; more is work for `assignMatching`. */
const pairsAtOnce = 1000

/** Assigns clients to sub-accounts and takes them away, whichever side one comes from (A10, A17, A18). */
export const setAssignments = endpoint({
  name: 'setAssignments',
  method: 'POST',
  path: '/assignments',
  summary:
    'Assign clients to sub-accounts and take them away, pair by pair. A pair in both lists ends up assigned.',
  realms: ['agency'],
  may: 'clients.assign',
  body: z.strictObject({
    add: z.array(pair).max(pairsAtOnce).default([]),
    remove: z.array(pair).max(pairsAtOnce).default([]),
    /** Tell the holders by e-mail too. */
    notify: z.boolean().default(false),
    /** Undoes a removal: disabled holders get their dormant assignment back. */
    restoring: z.boolean().default(false),
  }),
  answer: z.strictObject({
    /** What really changed: what was so already is left out. Sent back the other way round, it undoes the call. */
    added: z.array(pairAnswer),
    removed: z.array(pairAnswer),
  }),
  refusals: ['assignment.member_disabled'],
  example: {
    body: {
      add: [
        {
          clientId: 'cli_0199a1b2c3d47e5f8a9b0c1d2e3f4a5b',
          memberId: 'mem_0199a1b2c3d47e5f8a9b0c1d2e3f4a5c',
        },
      ],
      remove: [],
    },
    answer: {
      added: [
        {
          clientId: 'cli_0199a1b2c3d47e5f8a9b0c1d2e3f4a5b',
          memberId: 'mem_0199a1b2c3d47e5f8a9b0c1d2e3f4a5c',
        },
      ],
      removed: [],
    },
  },
})

const matching = {
  q: z.string().max(200).optional(),
  /** All the clients the caller sees, or only those nobody is assigned to. */
  unassigned: z.boolean().default(false),
}

/** Assigns every client that matches to one sub-account, or takes all of them away: long work. */
export const assignMatching = endpoint({
  name: 'assignMatching',
  method: 'POST',
  path: '/members/:id/assignments',
  summary:
    'Assign every client that matches to a sub-account, or take away every one of its clients that matches.',
  realms: ['agency'],
  may: 'clients.assign',
  status: 202,
  params: z.strictObject({ id: idInput('member') }),
  body: z.strictObject({
    change: z.enum(['add', 'remove']),
    ...matching,
    notify: z.boolean().default(false),
  }),
  answer: z.strictObject({ jobId: idAnswer('job') }),
  refusals: ['assignment.member_disabled'],
})

/** Clients of a sub-account, or those it could be given. */
export const listMemberClients = endpoint({
  name: 'listMemberClients',
  method: 'GET',
  path: '/members/:id/clients',
  summary:
    'Clients assigned to a sub-account; with `assigned=any`, every client you see, those assigned being marked. By name.',
  realms: ['agency'],
  may: 'members.read',
  params: z.strictObject({ id: idInput('member') }),
  query: listQuery.omit({ sort: true }).extend({ assigned: z.enum(['yes', 'no', 'any']).default('yes') }),
  answer: z.strictObject({
    data: z.array(
      z.strictObject({
        id: idAnswer('client'),
        name: z.string(),
        status: z.enum(clientStatuses),
        city: z.string().nullable(),
        /** Null: not assigned to this sub-account. */
        assignment: z
          .strictObject({ isLead: z.boolean(), assignedAt: instant, assignedBy: z.string() })
          .nullable(),
        /** Everybody assigned to it, this sub-account included. 0: nobody (A22). */
        assigneeCount: z.int(),
      }),
    ),
    nextCursor: z.string().nullable(),
    total: z.int().optional(),
  }),
})
