import { z } from 'zod'
import { instant, nothing } from '../../contract/common.ts'
import { endpoint } from '../../contract/endpoint.ts'
import { idAnswer } from '../../contract/ids.ts'

/** Steps of the first days, ticked by facts; a later capability adds its own. */
export const startSteps = ['clients', 'assign', 'invite', 'brand'] as const
export type StartStep = (typeof startSteps)[number]

/** Counts stop here: 10,001 means "more than 10,000". */
export const countCap = 10_001

const clientLine = z.strictObject({
  id: idAnswer('client'),
  name: z.string(),
  website: z.string().nullable(),
  status: z.enum(['active', 'paused', 'archived']),
  lastActivityAt: instant,
})

const activityLine = z.strictObject({
  id: idAnswer('auditEvent'),
  occurredAt: instant,
  /** Text key `audit.<action>`. */
  action: z.string(),
  actor: z.strictObject({ memberId: idAnswer('member').nullable(), name: z.string() }),
  /** In whose name, when acting. */
  subject: z.string().nullable(),
  client: z.strictObject({ id: idAnswer('client'), name: z.string() }).nullable(),
  member: z.strictObject({ id: idAnswer('member'), name: z.string() }).nullable(),
  /** What it was done to, as it was called then. */
  entityName: z.string().nullable(),
  data: z.record(z.string(), z.unknown()),
})

/** Everything the first page shows, in one answer, from the viewer's own sight. */
export const getHome = endpoint({
  name: 'getHome',
  method: 'GET',
  path: '/home',
  summary: 'What the first page shows: to do, key figures, own clients, recent activity, first steps.',
  realms: ['agency'],
  may: 'signedIn',
  answer: z.strictObject({
    /** Null in an advertiser's space, which has no client folders (A1). Each figure is capped at 10,001. */
    clients: z
      .strictObject({
        /** Clients seen and not archived. */
        seen: z.int(),
        /** Of those counted in `seen`. */
        active: z.int(),
        paused: z.int(),
        /** Those the viewer is assigned to. */
        mine: z.int(),
        /** Those assigned to nobody (A22). */
        unassigned: z.int(),
        /** Those whose every assignee is disabled: only people above them see them. */
        orphan: z.int(),
      })
      .nullable(),
    /** Who sees the unassigned ones (A23), for those who may assign; null otherwise or when there is none. */
    unassignedSeenBy: z.strictObject({ members: z.int(), clientMembers: z.int() }).nullable(),
    /** Members not disabled, and those who have not answered their invitation; null for those who may not invite. */
    members: z.strictObject({ active: z.int(), invited: z.int() }).nullable(),
    /** Own clients, latest activity first. */
    mine: z.array(clientLine),
    /** Last events about clients the viewer sees; every event for an owner; none for a client's own people. */
    activity: z.array(activityLine),
    /** For owners until they close it or all is done. */
    startList: z.array(z.strictObject({ step: z.enum(startSteps), done: z.boolean() })).nullable(),
  }),
})

/** Hints that can be closed for the whole agency. */
export const hints = ['start_list'] as const

/** Puts away a hint or the list of first steps, for the whole agency. */
export const closeHint = endpoint({
  name: 'closeHint',
  method: 'POST',
  path: '/agency/closed-hints',
  summary: 'Puts a hint away for the whole agency; `open` brings it back.',
  realms: ['agency'],
  may: 'agency.edit',
  body: z.strictObject({ hint: z.enum(hints), open: z.boolean().default(false) }),
  answer: nothing,
})
