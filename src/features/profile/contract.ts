import { z } from 'zod'
import { email, instant, line, locale, nothing } from '../../contract/common.ts'
import { endpoint } from '../../contract/endpoint.ts'
import { idAnswer, idInput } from '../../contract/ids.ts'
import { timeZone } from '../../contract/time-zone.ts'
import { currentPassword, newPassword } from '../sign-in/contract.ts'

const realms = ['operator', 'agency', 'hosted_account'] as const
const mine = { realms: [...realms], may: 'signedIn' as const, refusedWhileActing: true, ofThePerson: true }

/** What the signed-in user may change of themselves without proving anything again. Absent fields stay. */
export const updateProfile = endpoint({
  ...mine,
  name: 'updateProfile',
  method: 'PATCH',
  path: '/me',
  summary: 'Change one’s own name, language, time zone, theme or keyboard shortcuts.',
  body: z.strictObject({
    name: line(120).optional(),
    /** Null: the language of the browser. */
    locale: locale.nullable().optional(),
    /** Null: the agency's. */
    timeZone: timeZone.nullable().optional(),
    theme: z.enum(['auto', 'light', 'dark']).optional(),
    shortcuts: z.boolean().optional(),
  }),
  answer: nothing,
})

/** How the signed-in user signs in: address, user name, when the password was set (B14). */
export const getProfile = endpoint({
  ...mine,
  name: 'getProfile',
  method: 'GET',
  path: '/me/profile',
  summary: 'One’s own name, address, user name and preferences.',
  answer: z.strictObject({
    name: z.string(),
    email: z.string(),
    /** Null: signs in by the address only. */
    userName: z.string().nullable(),
    locale: locale.nullable(),
    timeZone: z.string().nullable(),
    theme: z.enum(['auto', 'light', 'dark']),
    shortcuts: z.boolean(),
    emailConfirmed: z.boolean(),
    /** An address asked for and not yet confirmed. */
    pendingEmail: z.string().nullable(),
    hasPassword: z.boolean(),
    passwordChangedAt: instant.nullable(),
  }),
})

/** Changes one's own password (B14, B49); every other session ends. */
export const changePassword = endpoint({
  ...mine,
  name: 'changePassword',
  method: 'POST',
  path: '/me/password',
  summary: 'Change one’s own password; ends every other session.',
  body: z.strictObject({ currentPassword, password: newPassword }),
  answer: z.strictObject({ endedSessions: z.int() }),
  refusals: ['password.none', 'sign_in.locked'],
})

/** Asks for another address: a link goes to it, a warning to the one in use. */
export const requestEmailChange = endpoint({
  ...mine,
  name: 'requestEmailChange',
  method: 'POST',
  path: '/me/email',
  summary: 'Ask to sign in by another e-mail address; a link is mailed to it.',
  body: z.strictObject({ email, currentPassword }),
  answer: nothing,
  status: 202,
  refusals: ['password.none', 'sign_in.locked', 'email.too_many'],
})

/** Withdraws an address asked for and not yet confirmed. */
export const cancelEmailChange = endpoint({
  ...mine,
  name: 'cancelEmailChange',
  method: 'DELETE',
  path: '/me/email',
  summary: 'Withdraw a change of address that is not confirmed yet.',
  answer: nothing,
})

/** Mails the link that proves one's address again. */
export const resendEmailConfirmation = endpoint({
  ...mine,
  name: 'resendEmailConfirmation',
  method: 'POST',
  path: '/me/email/confirmation',
  summary: 'Mail the link that confirms one’s address again.',
  answer: nothing,
  status: 202,
  refusals: ['email.already_confirmed', 'email.too_many'],
})

/** Where one is signed in, this session first. */
export const listSessions = endpoint({
  ...mine,
  name: 'listSessions',
  method: 'GET',
  path: '/me/sessions',
  summary: 'Where one is signed in, this session first.',
  answer: z.strictObject({
    data: z.array(
      z.strictObject({
        id: idAnswer('session'),
        current: z.boolean(),
        browser: z.string().nullable(),
        system: z.string().nullable(),
        mobile: z.boolean(),
        ip: z.string().nullable(),
        method: z.enum(['password', 'passkey', 'invitation', 'reset', 'crossing', 'sign_up']),
        createdAt: instant,
        lastSeenAt: instant,
      }),
    ),
  }),
})

/** Ends one of one's sessions, at once. */
export const revokeSession = endpoint({
  ...mine,
  name: 'revokeSession',
  method: 'DELETE',
  path: '/me/sessions/:id',
  summary: 'End one of one’s own sessions.',
  params: z.strictObject({ id: idInput('session') }),
  answer: nothing,
})

/** Ends every session but this one. */
export const revokeOtherSessions = endpoint({
  ...mine,
  name: 'revokeOtherSessions',
  method: 'POST',
  path: '/me/sessions/revoke-others',
  summary: 'End every session of one’s own but this one.',
  answer: z.strictObject({ ended: z.int() }),
})
