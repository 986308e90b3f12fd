import { z } from 'zod'
import { phone } from '../../contract/client-fields.ts'
import { instant, line, listQuery, optionalLine, page } from '../../contract/common.ts'
import { endpoint } from '../../contract/endpoint.ts'
import { idAnswer, idInput } from '../../contract/ids.ts'
import { roles } from '../../contract/rights.ts'
import { auditEvent } from '../audit/contract.ts'

const params = z.strictObject({ id: idInput('member') })

/** Where a sub-account stands; `expired`: invited, and the link no longer works. */
export const memberStates = ['invited', 'expired', 'active', 'disabled'] as const
export type MemberState = (typeof memberStates)[number]

/** A telephone as typed; the empty text means none. */
export const optionalPhone = z
  .union([z.literal('').transform(() => null), phone])
  .nullable()
  .optional()

const named = z.strictObject({ id: idAnswer('member'), name: z.string() })

/** One sub-account in the list (A9, A10). */
export const memberRow = z.strictObject({
  id: idAnswer('member'),
  name: z.string(),
  email: z.string(),
  role: z.enum(roles),
  /** The member above it; null at the root of the agency. */
  parent: named.nullable(),
  state: z.enum(memberStates),
  jobTitle: z.string().nullable(),
  /** Clients assigned to it, archived ones left out. */
  clientCount: z.int(),
  /** Sees the clients assigned to nobody (A21, A22). */
  seesUnassigned: z.boolean(),
  lastSeenAt: instant.nullable(),
  createdAt: instant,
  /** What the caller may do to it now. */
  can: z.strictObject({
    edit: z.boolean(),
    changeRole: z.boolean(),
    move: z.boolean(),
    assign: z.boolean(),
    disable: z.boolean(),
    enable: z.boolean(),
    resendInvitation: z.boolean(),
    revokeInvitation: z.boolean(),
    actAs: z.boolean(),
  }),
})

/**
 * Clients assigned to nobody that a member sees, or would see with `seesUnassigned` on: how many, archived ones
 * left out, and the first 20 names. Only those the caller sees are counted.
 */
export const unassignedSeen = z.strictObject({ count: z.int(), names: z.array(z.string()) })

/** One sub-account on its page. */
export const memberRecord = memberRow.extend({
  phone: z.string().nullable(),
  /** The caller itself. */
  isYou: z.boolean(),
  /** Names from the root down to its parent. */
  ancestors: z.array(named.extend({ role: z.enum(roles) })),
  /** Members right below it. */
  childCount: z.int(),
  invitation: z
    .strictObject({ sentAt: instant, expiresAt: instant.nullable(), invitedBy: z.string().nullable() })
    .nullable(),
  disabledAt: instant.nullable(),
  unassigned: unassignedSeen,
  /** To send back with a change: 409 `version.stale` when somebody changed it meanwhile. */
  version: z.int(),
})

export const exampleMember = {
  id: 'mem_0199a1b2c3d47e5f8a9b0c1d2e3f4a5c',
  name: 'Léa Bernard',
  email: 'lea.bernard@studio-horizon.fr',
  role: 'consultant',
  parent: null,
  state: 'active',
  jobTitle: 'Cheffe de projet',
  clientCount: 12,
  seesUnassigned: true,
  lastSeenAt: '2026-11-20T16:04:00.000Z',
  createdAt: '2026-03-02T09:14:00.000Z',
  can: {
    edit: true,
    changeRole: true,
    move: false,
    assign: true,
    disable: true,
    enable: false,
    resendInvitation: false,
    revokeInvitation: false,
    actAs: true,
  },
} as const

export const exampleRecord = {
  ...exampleMember,
  phone: null,
  isYou: false,
  ancestors: [],
  childCount: 0,
  invitation: null,
  disabledAt: null,
  unassigned: { count: 1, names: ['Boulangerie Morel'] },
  version: 4,
}

/** One or several values of a query parameter. */
function several<T extends z.ZodType>(one: T) {
  return z.union([z.array(one).max(50), one.transform((v) => [v])]).optional()
}

/** Sub-accounts the caller sees. */
export const listMembers = endpoint({
  name: 'listMembers',
  method: 'GET',
  path: '/members',
  summary:
    'Sub-accounts you see: all of the agency for an owner, your branch otherwise. Sorts: name, lastSeenAt, createdAt.',
  realms: ['agency'],
  may: 'members.read',
  query: listQuery.extend({
    role: several(z.enum(roles)),
    state: several(z.enum(memberStates)),
    /** Those this client is assigned to. */
    client: idInput('client').optional(),
    /** The team of this member, itself left out. */
    under: idInput('member').optional(),
  }),
  answer: page(memberRow),
  example: {
    query: { q: 'lea', state: 'active', total: 'true' },
    answer: { data: [exampleMember], nextCursor: null, total: 1 },
  },
})

/** Sub-accounts to pick from: parents, assignees. */
export const listMemberChoices = endpoint({
  name: 'listMemberChoices',
  method: 'GET',
  path: '/members/choices',
  summary: 'Sub-accounts to pick from, by name, disabled ones left out.',
  realms: ['agency'],
  may: 'members.read',
  query: z.strictObject({
    q: z.string().max(200).optional(),
    role: several(z.enum(roles)),
    /** Leaves out this member and its team: where it may be moved. */
    outside: idInput('member').optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  answer: z.strictObject({
    data: z.array(
      z.strictObject({
        id: idAnswer('member'),
        name: z.string(),
        role: z.enum(roles),
        state: z.enum(['invited', 'active']),
        parent: named.nullable(),
      }),
    ),
    /** More match than were given. */
    more: z.boolean(),
  }),
})

/** What the caller may make: roles and places that the agency's mode has. */
export const getMemberOptions = endpoint({
  name: 'getMemberOptions',
  method: 'GET',
  path: '/members/options',
  summary: 'Roles you may give and where each may be placed, in the mode of the agency.',
  realms: ['agency'],
  may: 'members.read',
  answer: z.strictObject({
    canInvite: z.boolean(),
    roles: z.array(
      z.strictObject({
        role: z.enum(roles),
        /** Roles of the members it may be placed under; none: at the root only. */
        parentRoles: z.array(z.enum(roles)),
        /** You must name the member above it. */
        parentRequired: z.boolean(),
      }),
    ),
    /** You may let others see the clients assigned to nobody: you see them yourself. */
    canGrantUnassigned: z.boolean(),
  }),
})

/** One sub-account. */
export const getMember = endpoint({
  name: 'getMember',
  method: 'GET',
  path: '/members/:id',
  summary: 'One sub-account, its place, its invitation and what you may do to it.',
  realms: ['agency'],
  may: 'members.read',
  params,
  answer: memberRecord,
  example: { answer: exampleRecord },
})

/** Edits what a sub-account's page shows. */
export const updateMember = endpoint({
  name: 'updateMember',
  method: 'PATCH',
  path: '/members/:id',
  summary: 'Change the name, job or telephone, and whether the unassigned clients are seen.',
  realms: ['agency'],
  may: 'members.edit',
  params,
  body: z.strictObject({
    version: z.int(),
    name: line(120).optional(),
    jobTitle: optionalLine(120),
    phone: optionalPhone,
    seesUnassigned: z.boolean().optional(),
  }),
  answer: memberRecord,
  refusals: ['version.stale', 'member.not_below'],
  example: {
    body: { version: 4, seesUnassigned: false },
    answer: { ...exampleRecord, seesUnassigned: false, version: 5 },
  },
})

/** Gives a sub-account another role. */
export const changeRole = endpoint({
  name: 'changeRole',
  method: 'PUT',
  path: '/members/:id/role',
  summary: 'Give another role, and another place when the present one does not suit it.',
  realms: ['agency'],
  may: 'members.edit',
  params,
  body: z.strictObject({
    version: z.int(),
    role: z.enum(roles),
    /** Where it stands then; null at the root. Kept as it is when absent. */
    parentId: idInput('member').nullable().optional(),
  }),
  answer: memberRecord,
  refusals: [
    'version.stale',
    'member.not_below',
    'member.yourself',
    'member.last_owner',
    'member.has_team',
    'member.has_portfolio',
    'member.cycle',
  ],
})

/** Moves a sub-account, with its team, below another member or to the root. */
export const changeParent = endpoint({
  name: 'changeParent',
  method: 'PUT',
  path: '/members/:id/parent',
  summary: 'Move a sub-account and its team below another one, or to the root.',
  realms: ['agency'],
  may: 'members.edit',
  params,
  body: z.strictObject({ version: z.int(), parentId: idInput('member').nullable() }),
  answer: memberRecord,
  refusals: ['version.stale', 'member.not_below', 'member.yourself', 'member.cycle'],
})

/** Closes a sub-account (A19, A20). */
export const disableSubAccount = endpoint({
  name: 'disableSubAccount',
  method: 'POST',
  path: '/members/:id/disable',
  summary:
    'Close the access: every session ends at once, the holder gets an e-mail, assignments stay dormant.',
  realms: ['agency'],
  may: 'members.disable',
  params,
  answer: memberRecord,
  refusals: ['member.not_below', 'member.yourself', 'member.last_owner', 'member.already_disabled'],
})

/** Opens it again (A12). */
export const enableSubAccount = endpoint({
  name: 'enableSubAccount',
  method: 'POST',
  path: '/members/:id/enable',
  summary: 'Open the access again, with the assignments it had.',
  realms: ['agency'],
  may: 'members.disable',
  params,
  answer: memberRecord,
  refusals: ['member.not_below', 'member.yourself', 'member.not_disabled'],
})

/** What was done to a sub-account. */
export const listMemberHistory = endpoint({
  name: 'listMemberHistory',
  method: 'GET',
  path: '/members/:id/history',
  summary: 'What was done to a sub-account, newest first; events about clients you do not see are left out.',
  realms: ['agency'],
  may: 'members.edit',
  params,
  query: z.strictObject({
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: z.coerce.number().int().min(1).optional(),
  }),
  answer: page(auditEvent),
})
