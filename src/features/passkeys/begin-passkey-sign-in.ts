import { generateAuthenticationOptions } from '@simplewebauthn/server'
import type { AnswerOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { issueToken } from '../../server/one-time-token.ts'
import type { beginPasskeySignIn as contract } from './contract.ts'
import { relyingParty } from './relying-party.ts'

/** Begins a sign-in: any passkey of this host may answer, so nothing is said of who has one. */
export async function beginPasskeySignIn(ctx: Ctx): Promise<AnswerOf<typeof contract>> {
  const options = await generateAuthenticationOptions({
    rpID: relyingParty(ctx).id,
    userVerification: 'required',
  })
  const ticket = await issueToken(ctx, {
    purpose: 'webauthn',
    payload: { kind: 'signIn', challenge: options.challenge },
    lifetime: { minutes: 5 },
  })
  return { ticket, options: { ...options } }
}
