import { z } from 'zod'
import { instant, locale, nothing } from '../../contract/common.ts'
import type { RealmKind } from '../../contract/endpoint.ts'
import { endpoint } from '../../contract/endpoint.ts'
import { idAnswer } from '../../contract/ids.ts'
import { accountRoles, roles } from '../../contract/rights.ts'

const everywhere = ['operator', 'agency', 'hosted_account'] as const satisfies RealmKind[]

/** A password being set. Long enough for any phrase; the rule itself answers with a sentence of its own. */
export const newPassword = z.string().min(1, 'field.required').max(512, 'password.too_long')
/** A password being proved. */
export const currentPassword = z.string().min(1, 'field.required').max(512, 'field.too_long')
/** The secret of a link or of a step begun before. */
export const linkToken = z.string().min(1, 'field.required').max(200, 'field.too_long')

/** What a sign-in leads to: in, or one more proof. The ticket is good for 10 minutes. */
export const signInStep = z.discriminatedUnion('next', [
  z.strictObject({ next: z.literal('done') }),
  z.strictObject({ next: z.literal('secondFactor'), ticket: z.string() }),
])

/** Signs in with an address or user name and a password. Unknown and known logins are answered alike. */
export const signIn = endpoint({
  name: 'signIn',
  method: 'POST',
  path: '/sign-in',
  summary:
    'Sign in with an e-mail address or user name and a password; five wrong ones lock the login for five minutes.',
  realms: [...everywhere],
  may: 'anyone',
  body: z.strictObject({
    login: z.string().trim().min(1, 'field.required').max(254, 'field.too_long'),
    password: currentPassword,
    /** Stay signed in for 30 days; else until the browser closes, 12 h idle at most. */
    remember: z.boolean().default(false),
  }),
  answer: signInStep,
  refusals: ['sign_in.wrong', 'sign_in.locked', 'sign_in.disabled'],
})

/** Completes a sign-in with a code of the authenticator application or a recovery code. */
export const completeSecondFactor = endpoint({
  name: 'completeSecondFactor',
  method: 'POST',
  path: '/sign-in/second-factor',
  summary: 'Complete a sign-in with a code of the authenticator application or a recovery code.',
  realms: [...everywhere],
  may: 'anyone',
  body: z.strictObject({
    ticket: linkToken,
    code: z.string().trim().min(1, 'field.required').max(40, 'field.too_long'),
  }),
  answer: z.strictObject({ next: z.literal('done') }),
  refusals: ['sign_in.locked', 'sign_in.disabled', 'link.spent'],
})

/** Ends the session the call comes with (B15). */
export const signOut = endpoint({
  name: 'signOut',
  method: 'POST',
  path: '/sign-out',
  summary: 'End this session.',
  realms: [...everywhere],
  may: 'signedIn',
  allowedWhenReadOnly: true,
  ofThePerson: true,
  answer: nothing,
})

/** Asks for a reset link (B50): the same answer, after the same time, whether the login is known or not. */
export const requestPasswordReset = endpoint({
  name: 'requestPasswordReset',
  method: 'POST',
  path: '/password-resets',
  summary: 'Ask for a link to choose a new password; answers alike for known and unknown logins.',
  realms: [...everywhere],
  may: 'anyone',
  body: z.strictObject({ login: z.string().trim().min(1, 'field.required').max(254, 'field.too_long') }),
  answer: nothing,
  status: 202,
})

/** Whether a reset link is still good, and for whom, before anything is typed. */
export const readResetLink = endpoint({
  name: 'readResetLink',
  method: 'POST',
  path: '/password-resets/read',
  summary: 'Whether a reset link is still good, and for whom.',
  realms: [...everywhere],
  may: 'anyone',
  body: z.strictObject({ token: linkToken }),
  answer: z.strictObject({ name: z.string(), email: z.string(), expiresAt: instant }),
  refusals: ['link.spent'],
})

/** Sets the password a reset link is for, ends every other session, passes the lock, and signs in. */
export const completePasswordReset = endpoint({
  name: 'completePasswordReset',
  method: 'POST',
  path: '/password-resets/complete',
  summary: 'Set a new password with a reset link; ends every other session and signs in.',
  realms: [...everywhere],
  may: 'anyone',
  body: z.strictObject({ token: linkToken, password: newPassword }),
  answer: signInStep,
  refusals: ['link.spent', 'sign_in.disabled'],
})

/** Proves an address by the link mailed to it: a fresh user's own, or the new one of a change. */
export const confirmEmail = endpoint({
  name: 'confirmEmail',
  method: 'POST',
  path: '/email-confirmations',
  summary: 'Confirm an e-mail address with the link that was mailed to it.',
  realms: [...everywhere],
  may: 'anyone',
  body: z.strictObject({ token: linkToken }),
  answer: z.strictObject({ email: z.string(), changed: z.boolean() }),
  refusals: ['link.spent', 'email.taken'],
})

/** Who is signed in, what they may do, and on whose behalf they act. 401 without a session. */
export const getMe = endpoint({
  name: 'getMe',
  method: 'GET',
  path: '/me',
  summary: 'The signed-in user, their membership and rights, and for whom they act.',
  realms: [...everywhere],
  may: 'signedIn',
  answer: z.strictObject({
    user: z.strictObject({
      id: idAnswer('user'),
      email: z.string(),
      name: z.string(),
      /** Null: the language of the browser. */
      locale: locale.nullable(),
      timeZone: z.string(),
      theme: z.enum(['auto', 'light', 'dark']),
      /** Single-letter keyboard shortcuts are on (WCAG 2.1.4). */
      shortcuts: z.boolean(),
      emailConfirmed: z.boolean(),
    }),
    member: z.strictObject({ id: idAnswer('member'), role: z.enum(roles) }).nullable(),
    agency: z
      .strictObject({
        id: idAnswer('agency'),
        name: z.string(),
        mode: z.enum(['simple', 'intermediate', 'full']),
        kind: z.enum(['agency', 'advertiser']),
        /** ISO 4217 currency of its budgets. */
        currency: z.string(),
      })
      .nullable(),
    /** The hosted account they are in, on its own host. */
    account: z
      .strictObject({ id: idAnswer('hostedAccount'), name: z.string(), role: z.enum(accountRoles) })
      .nullable(),
    acting: z
      .strictObject({
        /** `viewing`: a read-only look through somebody's eyes. */
        mode: z.enum(['acting', 'viewing']),
        subject: z.strictObject({ id: z.string(), name: z.string() }),
        actor: z.strictObject({ name: z.string() }),
        /** Names from the actor down to the subject. */
        chain: z.array(z.string()),
        readOnly: z.boolean(),
        endsAt: instant,
      })
      .nullable(),
    rights: z.array(z.string()),
    unreadNotifications: z.int(),
  }),
})
