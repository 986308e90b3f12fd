import { generateRegistrationOptions } from '@simplewebauthn/server'
import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { issueToken } from '../../server/one-time-token.ts'
import { Refusal } from '../../server/refusal.ts'
import { proveOwnPassword } from '../sign-in/public.ts'
import type { beginPasskey as contract } from './contract.ts'
import { ownPasskeys } from './passkey-rows.ts'
import { relyingParty } from './relying-party.ts'

/** Passkeys one user may keep. */
const most = 20

/**
 * Begins a registration. The key must be found without a login typed (discoverable) and must verify its
 * holder (fingerprint, code): then it stands for both factors. The challenge is kept with the ticket.
 */
export async function beginPasskey(
  ctx: Ctx,
  { body }: InputOf<typeof contract>,
): Promise<AnswerOf<typeof contract>> {
  const user = await proveOwnPassword(ctx, body.currentPassword)
  const rp = relyingParty(ctx)
  return ctx.apart(async (inner) => {
    const known = await ownPasskeys(inner).select(['credential_id', 'transports']).execute()
    if (known.length >= most) throw new Refusal(409, 'passkey.too_many', { values: { n: most } })
    const options = await generateRegistrationOptions({
      rpName: rp.name,
      rpID: rp.id,
      userName: user.email,
      userDisplayName: user.name,
      userID: Uint8Array.from(Buffer.from(user.id.replaceAll('-', ''), 'hex')),
      attestationType: 'none',
      excludeCredentials: known.map((k) => ({ id: k.credential_id, transports: k.transports })),
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    })
    const ticket = await issueToken(inner, {
      purpose: 'webauthn',
      userId: user.id,
      payload: { kind: 'register', challenge: options.challenge },
      lifetime: { minutes: 5 },
    })
    return { ticket, options: { ...options } }
  })
}
