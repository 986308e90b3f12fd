import { z } from 'zod'
import { instant, nothing } from '../../contract/common.ts'
import { endpoint } from '../../contract/endpoint.ts'
import { currentPassword } from '../sign-in/contract.ts'

const realms = ['operator', 'agency', 'hosted_account'] as const
const common = { realms: [...realms], may: 'signedIn' as const, refusedWhileActing: true, ofThePerson: true }
const proved = z.strictObject({ currentPassword })
const codes = z.strictObject({ recoveryCodes: z.array(z.string()) })

/** Whether signing in asks for a code, since when, and how many recovery codes are left. */
export const getSecondFactor = endpoint({
  ...common,
  name: 'getSecondFactor',
  method: 'GET',
  path: '/me/second-factor',
  summary: 'Whether signing in asks for a code of an application, and how many recovery codes are left.',
  answer: z.strictObject({ enabledAt: instant.nullable(), recoveryCodesLeft: z.int() }),
})

/** Begins the set-up: the secret to put into the application, as text and as a QR code. Nothing is asked for until it is confirmed. */
export const beginTotp = endpoint({
  ...common,
  name: 'beginTotp',
  method: 'POST',
  path: '/me/second-factor/totp',
  summary: 'Begin setting up codes of an authenticator application: the secret, as text and as a QR code.',
  body: proved,
  answer: z.strictObject({
    secret: z.string(),
    uri: z.string(),
    qrCode: z.string().describe('PNG as a data: URL'),
  }),
  refusals: ['second_factor.already_on', 'password.none', 'sign_in.locked'],
})

/** Confirms the set-up with a first code; gives ten recovery codes, shown this once. */
export const confirmTotp = endpoint({
  ...common,
  name: 'confirmTotp',
  method: 'POST',
  path: '/me/second-factor/totp/confirm',
  summary: 'Confirm the set-up with a code of the application; answers ten recovery codes, shown once.',
  body: z.strictObject({ code: z.string().trim().min(1, 'field.required').max(40, 'field.too_long') }),
  answer: codes,
  refusals: ['second_factor.already_on', 'second_factor.not_begun'],
})

/** Signing in asks for the password only again; the recovery codes are void. */
export const disableTotp = endpoint({
  ...common,
  name: 'disableTotp',
  method: 'POST',
  path: '/me/second-factor/disable',
  summary: 'Stop asking for a code at sign-in; recovery codes become void.',
  body: proved,
  answer: nothing,
  refusals: ['second_factor.off', 'password.none', 'sign_in.locked'],
})

/** Ten new recovery codes, shown this once; the former ones are void. */
export const regenerateRecoveryCodes = endpoint({
  ...common,
  name: 'regenerateRecoveryCodes',
  method: 'POST',
  path: '/me/second-factor/recovery-codes',
  summary: 'Make ten new recovery codes, shown once; the former ones are void.',
  body: proved,
  answer: codes,
  refusals: ['second_factor.off', 'password.none', 'sign_in.locked'],
})
