import { z } from 'zod'
import { billingDetails, clientName, clientProfile, clientStatuses } from '../../contract/client-fields.ts'
import { calendarDate, instant, money } from '../../contract/common.ts'
import { endpoint } from '../../contract/endpoint.ts'
import { idAnswer, idInput } from '../../contract/ids.ts'
import { roles } from '../../contract/rights.ts'

const realms = ['agency'] as const
const params = z.strictObject({ id: idInput('client') })

/** Somebody a client is assigned to (A17, C14). */
export const assignee = z.strictObject({
  id: idAnswer('member'),
  name: z.string(),
  role: z.enum(roles),
  /** A disabled assignee keeps its assignment, dormant. */
  state: z.enum(['invited', 'active', 'disabled']),
  /** In charge; at most one a client. */
  isLead: z.boolean(),
  assignedAt: instant,
  /** Who granted it. */
  assignedBy: z.string(),
})

/** One client as its page shows it. Members of role `client` get no tags, description, home or note count. */
export const clientRecord = z.strictObject({
  id: idAnswer('client'),
  name: z.string(),
  status: z.enum(clientStatuses),
  website: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  city: z.string().nullable(),
  country: z.string(),
  sector: z.string().nullable(),
  tags: z.array(z.string()),
  monthlyBudget: money.nullable(),
  clientSince: calendarDate.nullable(),
  description: z.string().nullable(),
  /** The staff member whose portfolio it is in; null at the agency's root. */
  home: z.strictObject({ id: idAnswer('member'), name: z.string() }).nullable(),
  assignees: z.array(assignee),
  /** Assigned, but only to people whose access is disabled. */
  orphan: z.boolean(),
  noteCount: z.int(),
  lastActivityAt: instant,
  archivedAt: instant.nullable(),
  createdAt: instant,
  updatedAt: instant,
  /** To send back with a change: 409 `version.stale` when somebody changed it meanwhile. */
  version: z.int(),
  can: z.strictObject({
    edit: z.boolean(),
    archive: z.boolean(),
    assign: z.boolean(),
    billing: z.boolean(),
    writeNotes: z.boolean(),
    seeInternals: z.boolean(),
    explain: z.boolean(),
  }),
})

/** A client that resembles the one being made, and by what. */
export const lookAlike = z.strictObject({
  id: idAnswer('client'),
  name: z.string(),
  city: z.string().nullable(),
  status: z.enum(clientStatuses),
  by: z.enum(['name', 'siren']),
})

/** What a new client is made of; the page's form checks with the same rules. */
export const newClient = z.strictObject({
  name: clientName,
  ...z.strictObject(clientProfile).partial().shape,
  /** Also starts its billing details; needs the right to edit them. */
  siren: billingDetails.siren,
  /** Portfolio it is born in; the maker's own when absent. Needs the right to assign. */
  homeId: idInput('member').nullable().optional(),
  /** Who it is assigned to; later when absent. Needs the right to assign. */
  assigneeIds: z.array(idInput('member')).max(50).optional(),
  /** In charge; must be among the assignees. */
  leadId: idInput('member').optional(),
  /** Made although it resembles clients that exist. */
  confirmDuplicate: z.boolean().optional(),
})

/** Adds a client (A2). */
export const createClient = endpoint({
  name: 'createClient',
  method: 'POST',
  path: '/clients',
  summary: 'Add a client; 409 with the look-alikes when one of that name or SIREN exists.',
  realms: [...realms],
  may: 'clients.create',
  body: newClient,
  answer: clientRecord,
  status: 201,
  refusals: ['client.duplicate'],
})

/** One client with its assignments. */
export const getClient = endpoint({
  name: 'getClient',
  method: 'GET',
  path: '/clients/:id',
  summary: 'One client: profile, who it is assigned to, and what the caller may do.',
  realms: [...realms],
  may: 'clients.read',
  params,
  answer: clientRecord,
})

/** What a change of a client may hold. */
export const clientChange = z.strictObject({
  name: clientName.optional(),
  status: z.enum(['active', 'paused']).optional(),
  ...z.strictObject(clientProfile).partial().shape,
  version: z.int(),
})

/** Changes some fields of a client. */
export const updateClient = endpoint({
  name: 'updateClient',
  method: 'PATCH',
  path: '/clients/:id',
  summary: 'Change some fields of a client; 409 with the current record when it changed meanwhile.',
  realms: [...realms],
  may: 'clients.edit',
  params,
  body: clientChange,
  answer: clientRecord,
  refusals: ['version.stale', 'client.archived'],
})

/** Puts a client away: out of the lists, kept whole. */
export const archiveClient = endpoint({
  name: 'archiveClient',
  method: 'POST',
  path: '/clients/:id/archive',
  summary: 'Archive a client; nothing of it is lost.',
  realms: [...realms],
  may: 'clients.archive',
  params,
  answer: clientRecord,
})

/** Takes a client out of the archive, active again. */
export const restoreClient = endpoint({
  name: 'restoreClient',
  method: 'POST',
  path: '/clients/:id/restore',
  summary: 'Take a client out of the archive.',
  realms: [...realms],
  may: 'clients.archive',
  params,
  answer: clientRecord,
})

/** Moves a client into somebody's portfolio, or to the agency's root. */
export const setClientHome = endpoint({
  name: 'setClientHome',
  method: 'PUT',
  path: '/clients/:id/home',
  summary: 'Move a client into a portfolio, or to the root of the agency.',
  realms: [...realms],
  may: 'clients.assign',
  params,
  body: z.strictObject({ homeId: idInput('member').nullable() }),
  answer: clientRecord,
  refusals: ['client.archived', 'client.home_elsewhere'],
})

/** Ticks and unticks holders of a client (A17, A18). */
export const setClientAssignees = endpoint({
  name: 'setClientAssignees',
  method: 'PUT',
  path: '/clients/:id/assignees',
  summary: 'Assign a client to sub-accounts, take it away from others, name who is in charge.',
  realms: [...realms],
  may: 'clients.assign',
  params,
  body: z.strictObject({
    add: z.array(idInput('member')).max(200).default([]),
    remove: z.array(idInput('member')).max(200).default([]),
    /** Null for nobody; left as it is when absent. */
    leadId: idInput('member').nullable().optional(),
    /** "Prévenir par courriel". */
    notify: z.boolean().default(false),
    /** Undoes a removal: disabled holders get their dormant assignment back. */
    restoring: z.boolean().optional(),
  }),
  answer: z.strictObject({
    /** Null when the caller gave away its last sight of the client. */
    client: clientRecord.nullable(),
    added: z.array(idAnswer('member')),
    removed: z.array(idAnswer('member')),
    /** Who was in charge before, for undoing. */
    leadBefore: idAnswer('member').nullable(),
  }),
  refusals: ['assignment.member_disabled', 'assignment.lead_not_assigned'],
})

/** Sub-accounts that the caller may assign a client to, assigned ones first. */
export const listAssignableMembers = endpoint({
  name: 'listAssignableMembers',
  method: 'GET',
  path: '/clients/:id/assignable-members',
  summary: 'Sub-accounts the caller may assign the client to, ticked ones first.',
  realms: [...realms],
  may: 'clients.assign',
  params,
  answer: z.strictObject({
    data: z.array(
      z.strictObject({
        id: idAnswer('member'),
        name: z.string(),
        role: z.enum(roles),
        state: z.enum(['invited', 'active', 'disabled']),
        /** The member it hangs under. */
        team: z.string().nullable(),
        assigned: z.boolean(),
        isLead: z.boolean(),
        /** Whether the caller may make this member the client's home. */
        canBeHome: z.boolean(),
      }),
    ),
  }),
})

/** What happened to a client, newest first (C2: actor and subject). */
export const listClientHistory = endpoint({
  name: 'listClientHistory',
  method: 'GET',
  path: '/clients/:id/history',
  summary: 'What was done to a client, by whom and for whom, newest first.',
  realms: [...realms],
  may: 'clients.internals',
  params,
  query: z.strictObject({
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: z.string().max(200).optional(),
  }),
  answer: z.strictObject({
    data: z.array(
      z.strictObject({
        id: idAnswer('auditEvent'),
        at: instant,
        /** Text key `audit.<action>`. */
        action: z.string(),
        /** The person at the keyboard. */
        actor: z.string(),
        /** In whose name, while acting; null otherwise. */
        subject: z.string().nullable(),
        entity: z.strictObject({ kind: z.string(), name: z.string() }).nullable(),
        /** As recorded; `changes` holds before and after by field. */
        data: z.record(z.string(), z.unknown()),
      }),
    ),
    nextCursor: z.string().nullable(),
  }),
})

/** Clients to choose from while typing (A3). */
export const searchClientChoices = endpoint({
  name: 'searchClientChoices',
  method: 'GET',
  path: '/client-choices',
  summary: 'Clients in sight that match what is typed, best first; the last active ones when nothing is.',
  realms: [...realms],
  may: 'clients.read',
  query: z.strictObject({
    q: z.string().max(200).default(''),
    limit: z.coerce.number().int().min(1).max(50).default(10),
    /** Archived ones too. */
    archived: z.stringbool().default(false),
  }),
  answer: z.strictObject({
    data: z.array(
      z.strictObject({
        id: idAnswer('client'),
        name: z.string(),
        website: z.string().nullable(),
        city: z.string().nullable(),
        status: z.enum(clientStatuses),
      }),
    ),
  }),
})
