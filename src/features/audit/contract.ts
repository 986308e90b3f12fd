import { z } from 'zod'
import { calendarDate, instant, nothing, page } from '../../contract/common.ts'
import { endpoint } from '../../contract/endpoint.ts'
import { idAnswer, idInput } from '../../contract/ids.ts'

/** One thing done: when, by whom, for whom, to what. */
export const auditEvent = z.strictObject({
  id: idAnswer('auditEvent'),
  /** Number in the agency's sealed chain. */
  seq: z.int(),
  occurredAt: instant,
  /** `client.archived`…; its words are the text `audit.<action>`. */
  action: z.string(),
  /** The action in the caller's language. */
  label: z.string(),
  actor: z.strictObject({ id: idAnswer('user').nullable(), name: z.string() }),
  /** In whose name, when the actor acted for somebody. */
  subject: z.strictObject({ id: idAnswer('user'), name: z.string() }).nullable(),
  /** Names of the whole acting chain; empty when nobody acted for anybody. */
  chain: z.array(z.string()),
  entity: z.strictObject({ kind: z.string(), id: z.string().nullable(), name: z.string() }).nullable(),
  clientId: idAnswer('client').nullable(),
  memberId: idAnswer('member').nullable(),
  /** Before and after of what changed, counts. */
  data: z.record(z.string(), z.unknown()),
  requestId: z.string().nullable(),
})

const filters = {
  /** Words in the names concerned, accents and case aside. */
  q: z.string().max(200).optional(),
  /** Exact action, or a family with a trailing dot: `client.`. */
  action: z.string().max(80).optional(),
  actorId: idInput('user').optional(),
  clientId: idInput('client').optional(),
  memberId: idInput('member').optional(),
  /** Only what was done in somebody else's name. */
  actingOnly: z.stringbool().optional(),
  /** First and last day, in the agency's time zone. */
  from: calendarDate.optional(),
  to: calendarDate.optional(),
}

/** The agency's journal, newest first. */
export const listAuditEvents = endpoint({
  name: 'listAuditEvents',
  method: 'GET',
  path: '/audit-events',
  summary: 'Who did what for whom, newest first, with filters.',
  realms: ['agency'],
  may: 'audit.read',
  query: z.strictObject({
    ...filters,
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: z.coerce.number().int().min(1).optional(),
  }),
  answer: page(auditEvent),
})

/** Actions and people that occur in the journal, for its filters. */
export const getAuditChoices = endpoint({
  name: 'getAuditChoices',
  method: 'GET',
  path: '/audit-events/choices',
  summary: 'Actions and people that occur in the journal.',
  realms: ['agency'],
  may: 'audit.read',
  answer: z.strictObject({
    actions: z.array(z.strictObject({ action: z.string(), label: z.string() })),
    actors: z.array(z.strictObject({ id: idAnswer('user'), name: z.string() })),
  }),
})

/** The filtered journal as a file. */
export const exportAuditEvents = endpoint({
  name: 'exportAuditEvents',
  method: 'GET',
  path: '/audit-events.csv',
  summary: 'The filtered journal as CSV; the export itself is recorded.',
  realms: ['agency'],
  may: 'audit.export',
  query: z.strictObject(filters),
  answer: nothing,
  streams: 'text/csv',
})
