import { z } from 'zod'
import { email, instant, line, locale, nothing } from '../../contract/common.ts'
import { endpoint } from '../../contract/endpoint.ts'
import { idAnswer, idInput } from '../../contract/ids.ts'
import { accountRoles } from '../../contract/rights.ts'
import { newPassword } from '../sign-in/contract.ts'

const inAccount = { realms: ['hosted_account' as const], may: 'account.users' as const }
const params = z.strictObject({ id: idInput('user') })
const token = z.string().min(1, 'field.required').max(200)

/** A person of a hosted account. */
const accountUser = z.strictObject({
  id: idAnswer('user'),
  name: z.string(),
  email: z.string(),
  /** What they may sign in with beside the address. */
  userName: z.string().nullable(),
  role: z.enum(accountRoles),
  state: z.enum(['invited', 'active', 'disabled']),
  lastSeenAt: instant.nullable(),
  invitedAt: instant.nullable(),
  createdAt: instant,
  version: z.int(),
  /** The caller, or whom the caller acts for. */
  you: z.boolean(),
  can: z.strictObject({
    disable: z.boolean(),
    changeRole: z.boolean(),
  }),
})
const exampleUser = {
  id: 'usr_0199a1b2c3d47e5f8a9b0c1d2e3f4a5f',
  name: 'Hélène Berthe',
  email: 'helene@maison-berthe.fr',
  userName: 'admin',
  role: 'admin' as const,
  state: 'active' as const,
  lastSeenAt: '2026-11-22T08:10:00.000Z',
  invitedAt: null,
  createdAt: '2026-03-02T09:14:00.000Z',
  version: 1,
  you: true,
  can: { disable: false, changeRole: false },
}

/** Everybody of the account. */
export const listAccountUsers = endpoint({
  ...inAccount,
  name: 'listAccountUsers',
  method: 'GET',
  path: '/account-users',
  summary: 'People who may sign in to this hosted account, by name.',
  answer: z.strictObject({
    data: z.array(accountUser),
    /** How many the plan allows, invited ones counted; null: as many as one likes. */
    limit: z.int().nullable(),
  }),
  example: { answer: { data: [exampleUser], limit: 10 } },
})

/** Invites somebody by mail. */
export const inviteAccountUser = endpoint({
  ...inAccount,
  name: 'inviteAccountUser',
  method: 'POST',
  path: '/account-users',
  summary: 'Invite somebody to this hosted account: a link, good once and for 7 days, to set a password.',
  status: 201,
  body: z.strictObject({
    name: line(120),
    email,
    role: z.enum(accountRoles).default('user'),
    locale: locale.optional(),
  }),
  answer: accountUser,
  refusals: ['account_user.exists', 'account_user.limit'],
  example: {
    body: { name: 'Hélène Berthe', email: 'helene@maison-berthe.fr', role: 'admin' },
    answer: exampleUser,
  },
})

/** Sends a new link; the ones before work no more. */
export const resendAccountInvitation = endpoint({
  ...inAccount,
  name: 'resendAccountInvitation',
  method: 'POST',
  path: '/account-users/:id/invitation',
  summary: 'Send the invitation again, with a new link; older links stop working.',
  params,
  answer: accountUser,
  refusals: ['account_user.not_invited', 'email.too_many'],
})

/** Withdraws an invitation nobody accepted. */
export const withdrawAccountInvitation = endpoint({
  ...inAccount,
  name: 'withdrawAccountInvitation',
  method: 'DELETE',
  path: '/account-users/:id/invitation',
  summary: 'Withdraw the invitation: its link stops working and the person, who never came, is removed.',
  params,
  answer: nothing,
  refusals: ['account_user.not_invited'],
})

/** Closes or opens somebody's access. */
export const setAccountUserState = endpoint({
  ...inAccount,
  name: 'setAccountUserState',
  method: 'PUT',
  path: '/account-users/:id/state',
  summary: 'Disable somebody, which ends their sessions at once, or let them in again.',
  params,
  body: z.strictObject({ state: z.enum(['active', 'disabled']) }),
  answer: accountUser,
  refusals: [
    'account_user.yourself',
    'account_user.last_admin',
    'account_user.invited',
    'account_user.limit',
  ],
})

/** Makes somebody an administrator, or a user again. */
export const setAccountUserRole = endpoint({
  ...inAccount,
  name: 'setAccountUserRole',
  method: 'PUT',
  path: '/account-users/:id/role',
  summary: 'Make somebody an administrator of this account, or a plain user again.',
  params,
  body: z.strictObject({ role: z.enum(accountRoles) }),
  answer: accountUser,
  refusals: ['account_user.yourself', 'account_user.last_admin'],
})

/** What an invitation says, before a password is set. */
export const readAccountInvitation = endpoint({
  name: 'readAccountInvitation',
  method: 'POST',
  path: '/account-invitations/read',
  summary: 'Who invites whom to this hosted account; 410 when the link is spent.',
  realms: ['hosted_account'],
  may: 'anyone',
  body: z.strictObject({ token }),
  answer: z.strictObject({
    name: z.string(),
    email: z.string(),
    invitedBy: z.string().nullable(),
    expiresAt: instant,
  }),
  refusals: ['link.spent'],
})

/** Accepts an invitation: sets the password and signs in. */
export const acceptAccountInvitation = endpoint({
  name: 'acceptAccountInvitation',
  method: 'POST',
  path: '/account-invitations/accept',
  summary: 'Set the password behind an invitation and sign in; the link works once.',
  realms: ['hosted_account'],
  may: 'anyone',
  body: z.strictObject({ token, password: newPassword }),
  answer: nothing,
  refusals: ['link.spent'],
})

const ofAgency = {
  realms: ['agency' as const],
  may: 'accounts.credentials' as const,
  refusedWhileActing: true,
}
const userParams = z.strictObject({ id: idInput('hostedAccount'), userId: idInput('user') })

/** The users of a client's account, for the agency's dialogs (B51, B52). */
export const listUsersOfAccount = endpoint({
  realms: ['agency'],
  may: 'accounts.credentials',
  name: 'listUsersOfAccount',
  method: 'GET',
  path: '/hosted-accounts/:id/users',
  summary: 'People who may sign in to a client’s hosted account, administrators first.',
  params: z.strictObject({ id: idInput('hostedAccount') }),
  answer: z.strictObject({
    /** Where they sign in. */
    address: z.string(),
    data: z.array(
      z.strictObject({
        id: idAnswer('user'),
        name: z.string(),
        email: z.string(),
        userName: z.string().nullable(),
        role: z.enum(accountRoles),
        state: z.enum(['invited', 'active', 'disabled']),
        lastSeenAt: instant.nullable(),
      }),
    ),
  }),
  example: {
    answer: {
      address: 'http://maison-berthe.localhost:3000',
      data: [
        {
          id: exampleUser.id,
          name: exampleUser.name,
          email: exampleUser.email,
          userName: 'admin',
          role: 'admin',
          state: 'active',
          lastSeenAt: null,
        },
      ],
    },
  },
})

/** Sets a new password for a user of a client's account, shown once to share (B52). */
export const setAccountUserPassword = endpoint({
  ...ofAgency,
  name: 'setAccountUserPassword',
  method: 'POST',
  path: '/hosted-accounts/:id/users/:userId/password',
  summary: 'Set a new password for a user of a client’s account; shown once, mailed to nobody.',
  params: userParams,
  answer: z.strictObject({
    address: z.string(),
    /** What to sign in with: the user name, else the address. */
    login: z.string(),
    password: z.string(),
    endedSessions: z.int(),
  }),
  refusals: ['account_user.not_active'],
  example: {
    answer: {
      address: 'http://maison-berthe.localhost:3000',
      login: 'admin',
      password: 'k7mq-4xtr-9vbn-2hfd',
      endedSessions: 1,
    },
  },
})

/** Mails a user of a client's account the link to choose a new password, on the client's behalf (B51). */
export const sendAccountPasswordReset = endpoint({
  ...ofAgency,
  name: 'sendAccountPasswordReset',
  method: 'POST',
  path: '/hosted-accounts/:id/users/:userId/password-reset',
  summary: 'Mail a user of a client’s account the link to choose a new password, at the client’s request.',
  params: userParams,
  answer: nothing,
  status: 202,
  refusals: ['account_user.not_active', 'email.too_many'],
})
