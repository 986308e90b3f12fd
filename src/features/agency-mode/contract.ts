import { z } from 'zod'
import { instant, money, page } from '../../contract/common.ts'
import { endpoint } from '../../contract/endpoint.ts'
import { idAnswer, idInput } from '../../contract/ids.ts'
import { roles } from '../../contract/rights.ts'

const named = z.strictObject({ id: idAnswer('member'), name: z.string() })
const mode = z.enum(['simple', 'intermediate', 'full'])
const wished = z.strictObject({
  mode,
  /** Take again the places that would show somebody above a client they do not see today; false when absent. */
  widen: z.boolean().optional(),
})

/** What a change of mode does, before it is done. Lists are cut, counts are not. */
export const modePreview = z.strictObject({
  mode,
  /** Who is re-attached, from under whom to under whom; null: the root. */
  moves: z.strictObject({
    count: z.int(),
    people: z.array(
      z.strictObject({
        id: idAnswer('member'),
        name: z.string(),
        role: z.enum(roles),
        from: named.nullable(),
        to: named.nullable(),
      }),
    ),
  }),
  /** Assignments that appear so that nobody loses sight of a client, and those that are not needed any more. */
  marks: z.strictObject({
    added: z.int(),
    removed: z.int(),
    people: z.array(named.extend({ count: z.int() })),
  }),
  /** Clients whose portfolio changes: from whose to whose. */
  portfolios: z.strictObject({
    count: z.int(),
    people: z.array(z.strictObject({ from: named.nullable(), to: named.nullable(), count: z.int() })),
  }),
  /** Clients waiting in a portfolio that become assigned to who sees them. */
  waiting: z.int(),
  /** Members not put back: the one above would see that many clients more than today. */
  keptApart: z.array(named.extend({ parent: named, clients: z.int() })),
  /** Budgets that return to the agency from levels that the mode does not have. */
  balances: z.array(named.extend({ amount: money })),
  /** Pairs of a member (owners aside) and a client it sees; every one of them as before. */
  pairs: z.int(),
  /** The change is long enough to run by itself, with its progress. */
  long: z.boolean(),
})

const examplePreview = {
  mode: 'simple',
  moves: {
    count: 1,
    people: [
      {
        id: 'mem_0199a1b2c3d47e5f8a9b0c1d2e3f4a5c',
        name: 'Léa Bernard',
        role: 'consultant',
        from: { id: 'mem_0199a1b2c3d47e5f8a9b0c1d2e3f4a5d', name: 'Marc Petit' },
        to: null,
      },
    ],
  },
  marks: {
    added: 12,
    removed: 0,
    people: [{ id: 'mem_0199a1b2c3d47e5f8a9b0c1d2e3f4a5d', name: 'Marc Petit', count: 12 }],
  },
  portfolios: { count: 0, people: [] },
  waiting: 0,
  keptApart: [],
  balances: [],
  pairs: 36,
  long: false,
} as const

/** What changing the mode would do. */
export const previewMode = endpoint({
  name: 'previewMode',
  method: 'POST',
  path: '/agency/mode/preview',
  summary: 'What a change of mode would do, consequence by consequence; changes nothing.',
  realms: ['agency'],
  may: 'agency.mode',
  body: wished,
  answer: modePreview,
  allowedWhenReadOnly: false,
  refusals: ['agency.mode_not_enabled', 'agency.mode_same'],
  example: { body: { mode: 'simple' }, answer: examplePreview },
})

/** Changes the mode (C8); nobody's sight changes. */
export const switchMode = endpoint({
  name: 'switchMode',
  method: 'POST',
  path: '/agency/mode',
  summary:
    'Change the mode of the agency. Nobody’s sight changes; changing back restores places and portfolios.',
  realms: ['agency'],
  may: 'agency.mode',
  body: wished,
  answer: z.strictObject({
    mode,
    /** Set when the change goes on by itself; the mode is the new one once it is done. */
    jobId: idAnswer('job').nullable(),
  }),
  refusals: ['agency.mode_not_enabled', 'agency.mode_same'],
  dear: true,
  example: { body: { mode: 'simple' }, answer: { mode: 'simple', jobId: null } },
})

/** Somebody in the tree. */
export const treeRow = z.strictObject({
  id: idAnswer('member'),
  name: z.string(),
  role: z.enum(roles),
  state: z.enum(['invited', 'active', 'disabled']),
  jobTitle: z.string().nullable(),
  parentId: idAnswer('member').nullable(),
  /** Members right below. */
  childCount: z.int(),
  /** Everybody below. */
  teamCount: z.int(),
  /** Clients assigned to it or in its portfolio, archived ones left out; exact up to 10,000, then 10,001. */
  clientCount: z.int(),
  /** Its budget, for those who may have one. */
  balance: money.nullable(),
  version: z.int(),
  can: z.strictObject({
    move: z.boolean(),
    changeRole: z.boolean(),
    invite: z.boolean(),
    handOver: z.boolean(),
  }),
})

const exampleRow = {
  id: 'mem_0199a1b2c3d47e5f8a9b0c1d2e3f4a5d',
  name: 'Marc Petit',
  role: 'manager',
  state: 'active',
  jobTitle: null,
  parentId: null,
  childCount: 3,
  teamCount: 5,
  clientCount: 41,
  balance: { amount: 120000, currency: 'EUR' },
  version: 2,
  can: { move: true, changeRole: true, invite: true, handOver: true },
} as const

/** One level of the tree (C10, C16). */
export const listTree = endpoint({
  name: 'listTree',
  method: 'GET',
  path: '/agency-tree',
  summary:
    'Members right below one, highest role first; without `under` the top of what you see: the agency’s root, or yourself.',
  realms: ['agency'],
  may: 'members.read',
  query: z.strictObject({
    under: idInput('member').optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: z.string().max(2000).optional(),
  }),
  answer: page(treeRow).extend({
    /** The agency's own budget, for owners at the top. */
    agencyBalance: money.nullable(),
  }),
  example: {
    answer: { data: [exampleRow], nextCursor: null, agencyBalance: { amount: 500000, currency: 'EUR' } },
  },
})

/** Where somebody is in the tree. */
export const findInTree = endpoint({
  name: 'findInTree',
  method: 'GET',
  path: '/agency-tree/search',
  summary:
    'Members whose name, address or job matches, each with those above it, so that the tree opens there.',
  realms: ['agency'],
  may: 'members.read',
  query: z.strictObject({ q: z.string().min(1).max(200) }),
  answer: z.strictObject({
    data: z.array(named.extend({ role: z.enum(roles), path: z.array(named) })),
    more: z.boolean(),
  }),
  example: {
    query: { q: 'marc' },
    answer: { data: [{ id: exampleRow.id, name: 'Marc Petit', role: 'manager', path: [] }], more: false },
  },
})

const params = z.strictObject({ id: idInput('member') })
const handOverWish = z.strictObject({
  /** Who gets the clients, as assignee and in its portfolio; needed when there are any. */
  clientsTo: idInput('member').nullable(),
  /** Clients that go to somebody else. */
  exceptions: z
    .array(z.strictObject({ clientId: idInput('client'), memberId: idInput('member') }))
    .max(1000)
    .optional(),
  /** Under whom the team goes; null: where the removed member stood. */
  teamTo: idInput('member').nullable(),
  /** Whoever saw a client through the removed member goes on seeing it; true when absent. */
  keepSight: z.boolean().optional(),
})

/** What removing a member does. */
export const handOverPreview = z.strictObject({
  /** Clients assigned to it, of which it is in charge of. */
  clients: z.int(),
  leads: z.int(),
  portfolio: z.int(),
  /** Right below it, and everybody below. */
  team: z.int(),
  teamBelow: z.int(),
  /** Its parent, where its balance goes; null: the agency. */
  parent: named.nullable(),
  balance: money,
  /** Who would lose sight of clients, and how many; nobody with `keepSight`. */
  losing: z.array(named.extend({ count: z.int() })),
  /** Assignments added so that they do not. */
  kept: z.int(),
})

/** Counts before anything is done. */
export const previewHandOver = endpoint({
  name: 'previewHandOver',
  method: 'POST',
  path: '/members/:id/hand-over/preview',
  summary: 'What removing a sub-account and giving its work to others would do; changes nothing.',
  realms: ['agency'],
  may: 'members.disable',
  params,
  body: handOverWish,
  answer: handOverPreview,
  refusals: ['member.not_below', 'member.yourself', 'member.last_owner'],
})

/** Removes a member; its work goes to others. */
export const handOver = endpoint({
  name: 'handOver',
  method: 'POST',
  path: '/members/:id/hand-over',
  summary:
    'Remove a sub-account: clients, portfolio and team to others, balance to its parent, access closed, in one go.',
  realms: ['agency'],
  may: 'members.disable',
  params,
  body: handOverWish.extend({ version: z.int() }),
  answer: z.strictObject({ id: idAnswer('handOver'), doneAt: instant, returned: money }),
  refusals: ['version.stale', 'member.not_below', 'member.yourself', 'member.last_owner'],
})

/** Takes a removal back. */
export const undoHandOver = endpoint({
  name: 'undoHandOver',
  method: 'POST',
  path: '/hand-overs/:id/undo',
  summary:
    'Take a removal back: access, clients, portfolio, team and balance return as far as nobody changed them since.',
  realms: ['agency'],
  may: 'members.disable',
  params: z.strictObject({ id: idInput('handOver') }),
  body: z.strictObject({
    /** Leave the balance with the level it went to; false when absent. */
    withoutBalance: z.boolean().optional(),
  }),
  answer: z.strictObject({
    /** Clients assigned to the member again. */
    restored: z.int(),
    /** What came back from the level above. */
    balance: money,
  }),
  refusals: ['hand_over.undone', 'hand_over.balance_spent', 'member.not_below', 'member.yourself'],
})
