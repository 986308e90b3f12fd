import { z } from 'zod'
import { instant, line, nothing } from '../../contract/common.ts'
import { endpoint } from '../../contract/endpoint.ts'
import { idAnswer, idInput } from '../../contract/ids.ts'
import { currentPassword, linkToken } from '../sign-in/contract.ts'

const realms = ['operator', 'agency', 'hosted_account'] as const
const mine = { realms: [...realms], may: 'signedIn' as const, refusedWhileActing: true, ofThePerson: true }
const one = z.strictObject({ id: idInput('passkey') })
/** What the browser's WebAuthn calls take and give, as JSON (WebAuthn level 3). */
const webAuthnJson = z.looseObject({})
const begun = z.strictObject({ ticket: z.string(), options: webAuthnJson })
const credential = z.looseObject({
  id: z.string().max(2000),
  rawId: z.string().max(2000),
  type: z.string(),
  response: z.looseObject({}),
  clientExtensionResults: z.looseObject({}),
})

/** One registered passkey, without its key. */
export const passkey = z.strictObject({
  id: idAnswer('passkey'),
  name: z.string(),
  createdAt: instant,
  lastUsedAt: instant.nullable(),
})

/** The user's passkeys, oldest first. */
export const listPasskeys = endpoint({
  ...mine,
  name: 'listPasskeys',
  method: 'GET',
  path: '/me/passkeys',
  summary: 'The signed-in user’s passkeys.',
  answer: z.strictObject({ data: z.array(passkey) }),
})

/** Begins the registration of a passkey: what `navigator.credentials.create` takes. Good for 5 minutes. */
export const beginPasskey = endpoint({
  ...mine,
  name: 'beginPasskey',
  method: 'POST',
  path: '/me/passkeys/options',
  summary: 'Begin registering a passkey: the options for the browser and a ticket.',
  body: z.strictObject({ currentPassword }),
  answer: begun,
  refusals: ['password.none', 'sign_in.locked', 'passkey.too_many'],
})

/** Registers the passkey that the browser made for a ticket. */
export const addPasskey = endpoint({
  ...mine,
  name: 'addPasskey',
  method: 'POST',
  path: '/me/passkeys',
  summary: 'Register the passkey that the browser made for a ticket.',
  body: z.strictObject({ ticket: linkToken, name: line(60), credential }),
  answer: passkey,
  status: 201,
  refusals: ['link.spent', 'passkey.refused'],
})

/** Gives a passkey another name. */
export const renamePasskey = endpoint({
  ...mine,
  name: 'renamePasskey',
  method: 'PATCH',
  path: '/me/passkeys/:id',
  summary: 'Rename a passkey.',
  params: one,
  body: z.strictObject({ name: line(60) }),
  answer: passkey,
})

/** Removes a passkey: it signs in no more. */
export const removePasskey = endpoint({
  ...mine,
  name: 'removePasskey',
  method: 'POST',
  path: '/me/passkeys/:id/remove',
  summary: 'Remove a passkey; asks for the password.',
  params: one,
  body: z.strictObject({ currentPassword }),
  answer: nothing,
  refusals: ['password.none', 'sign_in.locked'],
})

/** Begins a sign-in with a passkey of this host: what `navigator.credentials.get` takes. */
export const beginPasskeySignIn = endpoint({
  name: 'beginPasskeySignIn',
  method: 'POST',
  path: '/sign-in/passkey/options',
  summary: 'Begin signing in with a passkey: the options for the browser and a ticket.',
  realms: [...realms],
  may: 'anyone',
  answer: begun,
})

/** Signs in with a passkey: passes the lock, and stands for both factors, since it verifies its holder. */
export const signInWithPasskey = endpoint({
  name: 'signInWithPasskey',
  method: 'POST',
  path: '/sign-in/passkey',
  summary: 'Sign in with a passkey.',
  realms: [...realms],
  may: 'anyone',
  body: z.strictObject({ ticket: linkToken, credential, remember: z.boolean().default(false) }),
  answer: z.strictObject({ next: z.literal('done') }),
  refusals: ['link.spent', 'passkey.unknown', 'sign_in.disabled'],
})
