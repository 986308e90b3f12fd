import { z } from 'zod'
import { email, instant, line, locale, optionalLine } from '../../contract/common.ts'
import { endpoint } from '../../contract/endpoint.ts'
import { idAnswer, idInput } from '../../contract/ids.ts'
import { roles } from '../../contract/rights.ts'
import { newPassword } from '../sign-in/contract.ts'
import { exampleRecord, memberRecord, optionalPhone, unassignedSeen } from '../sub-accounts/contract.ts'

const params = z.strictObject({ id: idInput('member') })
const token = z.string().min(1, 'field.required').max(200)

/** Place and role of a sub-account being made. */
const place = {
  role: z.enum(roles),
  /** The member above it; null at the root of the agency. */
  parentId: idInput('member').nullable().default(null),
}

/** What the person invited would see without being assigned to it (A21, A22). */
export const previewInvitation = endpoint({
  name: 'previewInvitation',
  method: 'POST',
  path: '/members/preview',
  summary: 'Clients assigned to nobody that a sub-account at this place would see. Nothing is written.',
  realms: ['agency'],
  may: 'members.invite',
  allowedWhenReadOnly: true,
  body: z.strictObject(place),
  answer: unassignedSeen,
  example: { body: { role: 'client', parentId: null }, answer: { count: 1, names: ['Boulangerie Morel'] } },
})

/** Makes a sub-account and invites its holder (A13 to A15). */
export const inviteSubAccount = endpoint({
  name: 'inviteSubAccount',
  method: 'POST',
  path: '/members',
  summary: 'Make a sub-account and send its holder a link, good once and for 7 days, to set a password.',
  realms: ['agency'],
  may: 'members.invite',
  status: 201,
  body: z.strictObject({
    name: line(120),
    email,
    ...place,
    jobTitle: optionalLine(120),
    phone: optionalPhone,
    /** Clients to assign at once (A14); more may follow. */
    clientIds: z.array(idInput('client')).max(500, 'member.too_many_clients').default([]),
    /** Sees the clients assigned to nobody (A21). */
    seesUnassigned: z.boolean().default(true),
    /** Language of the invitation and of the interface; the agency's when absent. */
    locale: locale.optional(),
  }),
  answer: memberRecord,
  refusals: ['sub_account.exists', 'sub_account.already_invited'],
  example: {
    body: { name: 'Léa Bernard', email: 'lea.bernard@studio-horizon.fr', role: 'consultant', clientIds: [] },
    answer: exampleRecord,
  },
})

/** Sends a new link; the ones before work no more. */
export const resendInvitation = endpoint({
  name: 'resendInvitation',
  method: 'POST',
  path: '/members/:id/invitation',
  summary: 'Send the invitation again, with a new link; older links stop working.',
  realms: ['agency'],
  may: 'members.invite',
  params,
  answer: memberRecord,
  refusals: [
    'member.not_below',
    'member.yourself',
    'sub_account.already_active',
    'sub_account.disabled',
    'email.too_many',
  ],
})

/** Withdraws an invitation nobody accepted. */
export const revokeInvitation = endpoint({
  name: 'revokeInvitation',
  method: 'DELETE',
  path: '/members/:id/invitation',
  summary: 'Withdraw the invitation: its link stops working and the sub-account, never used, is removed.',
  realms: ['agency'],
  may: 'members.invite',
  params,
  answer: z.strictObject({
    /** Clients that nobody is assigned to any more. */
    nowUnassigned: z.int(),
  }),
  refusals: ['member.not_below', 'member.yourself', 'sub_account.already_active', 'member.has_dependants'],
})

/** What an invitation says, before a password is set. The token travels in the body: addresses get logged. */
export const readInvitation = endpoint({
  name: 'readInvitation',
  method: 'POST',
  path: '/invitations/read',
  summary: 'Who invites whom, behind the link of an invitation; 410 when the link is spent.',
  realms: ['agency'],
  may: 'anyone',
  body: z.strictObject({ token }),
  answer: z.strictObject({
    agency: z.string(),
    invitedBy: z.string().nullable(),
    name: z.string(),
    email: z.string(),
    role: z.enum(roles),
    clientCount: z.int(),
    expiresAt: instant,
  }),
  refusals: ['link.spent'],
})

/** Accepts an invitation: sets the password and signs in (A15, A16). */
export const acceptInvitation = endpoint({
  name: 'acceptInvitation',
  method: 'POST',
  path: '/invitations/accept',
  summary: 'Set the password of the sub-account behind a link and sign in; the link works once.',
  realms: ['agency'],
  may: 'anyone',
  body: z.strictObject({ token, password: newPassword }),
  answer: z.strictObject({ memberId: idAnswer('member') }),
  refusals: ['link.spent'],
})
