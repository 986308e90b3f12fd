import { z } from 'zod'
import { calendarDate, instant, listQuery, money, page } from '../../contract/common.ts'
import { clientStatuses } from '../../contract/client-fields.ts'
import { endpoint } from '../../contract/endpoint.ts'
import { fromPublicId, idAnswer, idInput } from '../../contract/ids.ts'
import { listOf } from '../../contract/list-of.ts'

/** What the list may be sorted by; `-` before it turns it round. `relevance` is the default of a search. */
export const clientSorts = ['name', 'createdAt', 'lastActivityAt', 'monthlyBudget'] as const
export type ClientSort = (typeof clientSorts)[number]

const memberOrRoot = z.string().transform((value, ctx) => {
  const id = value === 'root' ? value : fromPublicId('member', value)
  if (id === undefined) ctx.addIssue({ code: 'custom', message: 'id.invalid' })
  return id ?? z.NEVER
})

/** What somebody types to find something: any text without invisible characters, which no database takes. */
function words(max: number) {
  return (
    z
      .string()
      .trim()
      .max(max, 'field.too_long')
      // oxlint-disable-next-line no-control-regex -- the point is to refuse them
      .refine((v) => !/[\u0000-\u0008\u000b-\u001f\u007f]/.test(v), 'field.control_characters')
  )
}

/** Filters of the list (A2), shared by lists, counts, bulk acts, exports and saved views. */
export const clientFilterShape = {
  /** Any part of the name, site, town, line of business or e-mail; accents and a typo forgiven. */
  q: words(200).optional(),
  /** Active and paused when absent. */
  status: listOf(z.enum(clientStatuses)).optional(),
  /** Assigned to any of these. */
  assignee: listOf(idInput('member')).optional(),
  /** In the branch of any of these: assigned to them or below them, or in their portfolios. */
  manager: listOf(idInput('member')).optional(),
  /** In the portfolio of any of these; `root` is nobody's. */
  home: listOf(memberOrRoot).optional(),
  /** Assigned to the caller. */
  mine: z.stringbool().optional(),
  /** Assigned to nobody (A22). */
  unassigned: z.stringbool().optional(),
  /** Assigned to disabled people only. */
  orphan: z.stringbool().optional(),
  tag: listOf(words(40)).optional(),
  city: listOf(words(80)).optional(),
  sector: listOf(words(80)).optional(),
  /** Days in the agency's time zone, both included. */
  createdFrom: calendarDate.optional(),
  createdTo: calendarDate.optional(),
  /** Added in that many days, up to now. */
  createdDays: z.coerce.number().int().min(1).max(3650).optional(),
  activityFrom: calendarDate.optional(),
  activityTo: calendarDate.optional(),
  /** Nothing happened for that many days. */
  inactiveDays: z.coerce.number().int().min(1).max(3650).optional(),
  /** Monthly budget in minor units, both included. */
  budgetMin: z.coerce.number().int().min(0).max(1e14).optional(),
  budgetMax: z.coerce.number().int().min(0).max(1e14).optional(),
}
export const clientFilter = z.strictObject(clientFilterShape)
export type ClientFilter = z.output<typeof clientFilter>
/** The filters as they are written in an address or a body. */
export type ClientFilterInput = z.input<typeof clientFilter>

/** Somebody assigned to a client. */
const assignee = z.strictObject({
  id: idAnswer('member'),
  name: z.string(),
  /** The person in charge (C14). */
  isLead: z.boolean(),
  disabled: z.boolean(),
})

/** One line of the list. */
export const clientRow = z.strictObject({
  id: idAnswer('client'),
  name: z.string(),
  status: z.enum(clientStatuses),
  website: z.string().nullable(),
  city: z.string().nullable(),
  sector: z.string().nullable(),
  tags: z.array(z.string()),
  /** The first three, the person in charge first; `assigneeCount` counts them all. */
  assignees: z.array(assignee),
  /** 0 is "non assigné" (A22). */
  assigneeCount: z.int(),
  /** Everybody assigned is disabled: seen by those above them only. */
  orphan: z.boolean(),
  /** In whose portfolio it is; null at the agency's root. */
  home: z.strictObject({ id: idAnswer('member'), name: z.string() }).nullable(),
  monthlyBudget: money.nullable(),
  createdAt: instant,
  lastActivityAt: instant,
  can: z.strictObject({ edit: z.boolean(), assign: z.boolean(), archive: z.boolean() }),
})
export type ClientRow = z.output<typeof clientRow>

const exampleRow = {
  id: 'cli_0199a1b2c3d47e5f8a9b0c1d2e3f4a5b',
  name: 'Boulangerie Berthe',
  status: 'active',
  website: 'boulangerie-berthe.fr',
  city: 'Lyon',
  sector: 'Commerce',
  tags: ['VIP'],
  assignees: [
    { id: 'mem_0199a1b2c3d47e5f8a9b0c1d2e3f4a5c', name: 'Adrien Colas', isLead: true, disabled: false },
  ],
  assigneeCount: 1,
  orphan: false,
  home: null,
  monthlyBudget: { amount: 410_000, currency: 'EUR' },
  createdAt: '2026-01-12T08:30:00Z',
  lastActivityAt: '2026-11-02T14:05:00Z',
  can: { edit: true, assign: true, archive: true },
}

/** The clients the caller sees (A2, A10, A21). Keyset pages, stable under inserts. */
export const listClients = endpoint({
  name: 'listClients',
  method: 'GET',
  path: '/clients',
  summary: 'Clients the caller sees, searched, filtered and sorted, page after page.',
  realms: ['agency'],
  may: 'clients.read',
  query: listQuery.extend(clientFilterShape),
  answer: page(clientRow),
  example: {
    query: { q: 'boulangrie', sort: '-createdAt' },
    answer: { data: [exampleRow], nextCursor: null },
  },
})

/** How many clients each view of the list holds; each exact to 10,000, then 10,001. */
export const countClientViews = endpoint({
  name: 'countClientViews',
  method: 'GET',
  path: '/clients/counts',
  summary: 'How many clients the built-in views and the caller’s saved views hold.',
  realms: ['agency'],
  may: 'clients.read',
  answer: z.strictObject({
    all: z.int(),
    mine: z.int(),
    unassigned: z.int(),
    orphan: z.int(),
    archived: z.int(),
    /** The first ten, in the caller’s own order. */
    views: z.array(z.strictObject({ id: idAnswer('view'), count: z.int() })),
  }),
  example: { answer: { all: 240, mine: 31, unassigned: 12, orphan: 1, archived: 9, views: [] } },
})

/** What a filter may be set to: values found on the clients the caller sees, the most frequent first. */
export const listClientValues = endpoint({
  name: 'listClientValues',
  method: 'GET',
  path: '/clients/values/:field',
  summary: 'Values of a field over the clients the caller sees, with how many have each.',
  realms: ['agency'],
  may: 'clients.read',
  params: z.strictObject({ field: z.enum(['tag', 'city', 'sector', 'assignee', 'home']) }),
  query: z.strictObject({ q: words(80).optional() }),
  answer: z.strictObject({
    data: z.array(z.strictObject({ value: z.string(), label: z.string(), count: z.int() })),
  }),
  example: { answer: { data: [{ value: 'Lyon', label: 'Lyon', count: 41 }] } },
})

/** The unassigned clients the caller sees, with who sees each one (A23). */
export const listUnassignedQueue = endpoint({
  name: 'listUnassignedQueue',
  method: 'GET',
  path: '/clients/unassigned',
  summary: 'Clients assigned to nobody, oldest first, with how many people see each.',
  realms: ['agency'],
  may: 'clients.read',
  query: z.strictObject({
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: z.string().max(2000).optional(),
  }),
  answer: z.strictObject({
    data: z.array(
      clientRow.extend({
        seenBy: z.strictObject({
          /** People who can sign in or are invited; clients' own members counted apart. */
          total: z.int(),
          clients: z.int(),
          /** The first five the caller may name. */
          names: z.array(z.string()),
        }),
      }),
    ),
    nextCursor: z.string().nullable(),
  }),
  example: {
    answer: {
      data: [
        {
          ...exampleRow,
          assignees: [],
          assigneeCount: 0,
          seenBy: { total: 17, clients: 2, names: ['Adrien Colas'] },
        },
      ],
      nextCursor: null,
    },
  },
})
