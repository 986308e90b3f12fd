import { z } from 'zod'
import { instant } from '../../contract/common.ts'
import { endpoint } from '../../contract/endpoint.ts'
import { idAnswer, idInput } from '../../contract/ids.ts'
import { roles } from '../../contract/rights.ts'

/** The rules of sight in the order they are tried (domain.md, "Who sees what"). */
export const sightRules = ['owner', 'direct', 'hierarchy', 'home', 'pool'] as const
export type SightRule = (typeof sightRules)[number]

/** Why a member does not see a client: each rule that could have held and what kept it from holding. */
export const sightRefusals = [
  'assigned_elsewhere',
  'nobody_assigned',
  'switched_off',
  'waits_elsewhere',
  'other_portfolio',
] as const
export type SightRefusal = (typeof sightRefusals)[number]

const person = z.strictObject({
  id: idAnswer('member'),
  name: z.string(),
  role: z.enum(roles),
  state: z.enum(['invited', 'active', 'disabled']),
})

/** One way by which a member sees a client. */
const path = z.strictObject({
  rule: z.enum(sightRules),
  /** The member below through whom it comes: the assignee, or the one whose portfolio it is in. Null: the member itself. */
  via: person.nullable(),
  /** The assignment behind it, with who granted it and when. */
  assignment: z
    .strictObject({
      isLead: z.boolean(),
      source: z.enum(['manual', 'import', 'template', 'mode_switch', 'hand_over', 'sample']),
      grantedBy: z.string(),
      grantedAt: instant,
    })
    .nullable(),
})

const clientFacts = z.strictObject({
  id: idAnswer('client'),
  name: z.string(),
  status: z.enum(['active', 'paused', 'archived']),
  /** Assigned to nobody (A22). */
  unassigned: z.boolean(),
  /** Assigned, but only to disabled members: seen by those above them, never by everybody. */
  orphan: z.boolean(),
  /** In whose portfolio it is; null at the agency's root. */
  home: person.nullable(),
})

/** Every path of one member to one client; empty exactly when the client does not exist for it. */
const explained = z.strictObject({
  member: person,
  paths: z.array(path),
  whyNot: z.array(z.enum(sightRefusals)),
})

const pageQuery = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(2000).optional(),
  q: z.string().max(200).optional(),
}

const exampleClient = {
  id: 'cli_0199a1b2c3d47e5f8a9b0c1d2e3f4a5b',
  name: 'Boulangerie Morel',
  status: 'active',
  unassigned: false,
  orphan: false,
  home: null,
}
const exampleMember = {
  id: 'mem_0199a1b2c3d47e5f8a9b0c1d2e3f4a5c',
  name: 'Léa Bernard',
  role: 'consultant',
  state: 'active',
}
const examplePath = {
  rule: 'direct',
  via: null,
  assignment: {
    isLead: true,
    source: 'manual',
    grantedBy: 'Camille Rousseau',
    grantedAt: '2026-03-02T09:14:00.000Z',
  },
}

/** Who sees this client, and by which paths; `sees=false` lists who does not. */
export const explainClient = endpoint({
  name: 'explainClient',
  method: 'GET',
  path: '/clients/:id/access',
  summary: 'Every member who sees a client, with every path: rule, assignment, who granted it and when.',
  realms: ['agency'],
  may: 'access.explain',
  params: z.strictObject({ id: idInput('client') }),
  query: z.strictObject({ ...pageQuery, sees: z.stringbool().default(true) }),
  answer: z.strictObject({
    client: clientFacts,
    data: z.array(explained),
    nextCursor: z.string().nullable(),
    /** Members who can see it now (disabled ones left out), those you may not name included. */
    seers: z.int(),
    /** How many of them are clients' own members. */
    clientSeers: z.int(),
    /** Of the members asked for, those outside your branch: counted, not named. */
    unnamed: z.int(),
    can: z.strictObject({ assign: z.boolean() }),
  }),
  example: {
    answer: {
      client: exampleClient,
      data: [{ member: exampleMember, paths: [examplePath], whyNot: [] }],
      nextCursor: null,
      seers: 4,
      clientSeers: 0,
      unnamed: 0,
      can: { assign: true },
    },
  },
})

/** Why one member sees one client, or why not. */
export const explainAccess = endpoint({
  name: 'explainAccess',
  method: 'GET',
  path: '/clients/:id/access/:memberId',
  summary: 'Why one member sees one client, or why not.',
  realms: ['agency'],
  may: 'access.explain',
  params: z.strictObject({ id: idInput('client'), memberId: idInput('member') }),
  answer: z.strictObject({ client: clientFacts, visible: z.boolean(), ...explained.shape }),
  example: {
    answer: { client: exampleClient, visible: true, member: exampleMember, paths: [examplePath], whyNot: [] },
  },
})

/** What a member sees, and why. */
export const explainMember = endpoint({
  name: 'explainMember',
  method: 'GET',
  path: '/members/:id/sight',
  summary: 'Every client a member sees, with every path, by name.',
  realms: ['agency'],
  may: 'access.explain',
  params: z.strictObject({ id: idInput('member') }),
  query: z.strictObject({ ...pageQuery, rule: z.enum(sightRules).optional() }),
  answer: z.strictObject({
    member: person.extend({ seesUnassigned: z.boolean() }),
    data: z.array(z.strictObject({ client: clientFacts, paths: z.array(path) })),
    nextCursor: z.string().nullable(),
    /** Clients by the first rule that opens them; each exact up to 10,000 in all. */
    counts: z.strictObject({
      owner: z.int(),
      direct: z.int(),
      hierarchy: z.int(),
      home: z.int(),
      pool: z.int(),
    }),
    /** Sum of the counts; 10,001 stands for more. */
    total: z.int(),
    /** Clients it sees that you do not: counted, not named. 10,001 stands for more. */
    unnamed: z.int(),
  }),
  example: {
    answer: {
      member: { ...exampleMember, seesUnassigned: true },
      data: [{ client: exampleClient, paths: [examplePath] }],
      nextCursor: null,
      counts: { owner: 0, direct: 1, hierarchy: 0, home: 0, pool: 0 },
      total: 1,
      unnamed: 0,
    },
  },
})

/** Who sees the clients that nobody is assigned to (A21 to A23), as the notice on the list says. */
export const whoSeesUnassigned = endpoint({
  name: 'whoSeesUnassigned',
  method: 'GET',
  path: '/access/unassigned',
  summary: 'How many clients are assigned to nobody, and how many members see at least one of them.',
  realms: ['agency'],
  may: 'access.explain',
  answer: z.strictObject({
    /** Unassigned clients that you see, archived ones left out. */
    clients: z.int(),
    /** Members, not disabled, who see at least one of them. */
    members: z.int(),
    /** How many of those are clients' own members. */
    clientMembers: z.int(),
  }),
  example: { answer: { clients: 39, members: 17, clientMembers: 2 } },
})

/** An acting session as the API tells of it. */
export const accessSession = z.strictObject({
  id: idAnswer('accessSession'),
  mode: z.enum(['acting', 'viewing']),
  readOnly: z.boolean(),
  reason: z.string().nullable(),
  /** Who was at the keyboard. */
  actor: z.strictObject({ name: z.string() }),
  subject: z.strictObject({ id: idAnswer('member'), name: z.string() }),
  startedAt: instant,
  /** When it ends, or ended. */
  endsAt: instant,
  ended: z.boolean(),
})

const exampleSession = {
  id: 'acs_0199a1b2c3d47e5f8a9b0c1d2e3f4a5d',
  mode: 'acting',
  readOnly: false,
  reason: 'Corriger les coordonnées de la boulangerie',
  actor: { name: 'Camille Rousseau' },
  subject: { id: exampleMember.id, name: exampleMember.name },
  startedAt: '2026-11-20T09:14:00.000Z',
  endsAt: '2026-11-20T09:44:00.000Z',
  ended: false,
}

/** Acts, or only looks, as a member below; from inside a session, one more step down. */
export const startAccessSession = endpoint({
  name: 'startAccessSession',
  method: 'POST',
  path: '/access-sessions',
  summary: 'Act as, or look through the eyes of, a member below you, for 30 minutes.',
  realms: ['agency'],
  may: 'members.actAs',
  body: z.strictObject({
    memberId: idInput('member'),
    mode: z.enum(['acting', 'viewing']),
    reason: z.string().trim().max(300, 'field.too_long').optional(),
  }),
  answer: accessSession,
  status: 201,
  allowedWhenReadOnly: true,
  refusals: ['acting.not_active', 'acting.session_needed', 'acting.too_deep'],
  example: {
    body: { memberId: exampleMember.id, mode: 'acting', reason: exampleSession.reason },
    answer: exampleSession,
  },
})

/** Thirty more minutes, for every step of the chain. */
export const renewAccessSession = endpoint({
  name: 'renewAccessSession',
  method: 'POST',
  path: '/access-sessions/current/renew',
  summary: 'Give the acting session in progress thirty more minutes.',
  realms: ['agency'],
  may: 'signedIn',
  answer: accessSession,
  allowedWhenReadOnly: true,
  refusals: ['acting.none'],
  example: { answer: exampleSession },
})

/** Stops, or allows again, every write of the session in progress. */
export const setAccessSessionReadOnly = endpoint({
  name: 'setAccessSessionReadOnly',
  method: 'PUT',
  path: '/access-sessions/current/read-only',
  summary: 'Turn writes off, or on again, in the acting session in progress.',
  realms: ['agency'],
  may: 'signedIn',
  body: z.strictObject({ readOnly: z.boolean() }),
  answer: accessSession,
  allowedWhenReadOnly: true,
  refusals: ['acting.none', 'acting.always_read_only'],
  example: { body: { readOnly: true }, answer: { ...exampleSession, readOnly: true } },
})

/** Leaves: one step up, or all the way. */
export const endAccessSession = endpoint({
  name: 'endAccessSession',
  method: 'DELETE',
  path: '/access-sessions/current',
  summary: 'Leave the acting session in progress: one step up, or all the way with `all=true`.',
  realms: ['agency'],
  may: 'signedIn',
  query: z.strictObject({ all: z.stringbool().default(false) }),
  answer: z.strictObject({ current: accessSession.nullable() }),
  allowedWhenReadOnly: true,
  refusals: ['acting.none'],
  example: { answer: { current: null } },
})

/** Who acted for you, or for anybody (owners): newest first, with what they did. */
export const listAccessSessions = endpoint({
  name: 'listAccessSessions',
  method: 'GET',
  path: '/access-sessions',
  summary:
    'Who acted as you, when, why and what they did; owners may ask for one member or for the whole agency.',
  realms: ['agency'],
  may: 'signedIn',
  query: z.strictObject({
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: z.string().max(2000).optional(),
    /** The member acted for; you when absent. */
    memberId: idInput('member').optional(),
    /** `agency`: every session of the agency (owners only). */
    scope: z.enum(['member', 'agency']).default('member'),
  }),
  answer: z.strictObject({
    data: z.array(
      accessSession.extend({
        /** Writes made in it. */
        actCount: z.int(),
        /** The last ten of them: `action` is the text key `audit.<action>`. */
        acts: z.array(z.strictObject({ action: z.string(), name: z.string().nullable(), at: instant })),
      }),
    ),
    nextCursor: z.string().nullable(),
  }),
  example: {
    answer: {
      data: [
        {
          ...exampleSession,
          actCount: 1,
          acts: [{ action: 'client.updated', name: 'Boulangerie Morel', at: '2026-11-20T09:20:00.000Z' }],
        },
      ],
      nextCursor: null,
    },
  },
})

/** Who may do what: the rights table itself. */
export const getRightsTable = endpoint({
  name: 'getRightsTable',
  method: 'GET',
  path: '/rights',
  summary: 'What each role may do to what it sees: the table that the server itself obeys.',
  realms: ['agency'],
  may: 'signedIn',
  answer: z.strictObject({
    roles: z.array(z.enum(roles)),
    data: z.array(
      z.strictObject({
        right: z.string().describe('Text key `right.<name>`'),
        roles: z.array(z.enum(roles)),
      }),
    ),
  }),
  example: {
    answer: {
      roles: [...roles],
      data: [{ right: 'clients.create', roles: ['owner', 'manager', 'consultant'] }],
    },
  },
})
