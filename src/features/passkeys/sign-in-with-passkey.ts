import { verifyAuthenticationResponse, type AuthenticationResponseJSON } from '@simplewebauthn/server'
import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { spendToken } from '../../server/one-time-token.ts'
import { Refusal } from '../../server/refusal.ts'
import type { Exchange } from '../../server/route.ts'
import { enter } from '../sign-in/public.ts'
import type { signInWithPasskey as contract } from './contract.ts'
import { relyingParty } from './relying-party.ts'

type Key = {
  id: string
  user_id: string
  credential_id: string
  public_key: Buffer
  counter: bigint
  transports: string[]
}

/**
 * Signs in with a passkey of a user of this realm. It passes the lock of wrong passwords: nothing that can
 * be guessed is tried. 401 `passkey.unknown` when the key is not registered here or its answer is not right.
 */
export async function signInWithPasskey(
  ctx: Ctx,
  { body }: InputOf<typeof contract>,
  { reply }: Exchange,
): Promise<AnswerOf<typeof contract>> {
  // A challenge is spent by its first answer, right or wrong.
  const ticket = await ctx.apart((inner) => spendToken(inner, 'webauthn', body.ticket))
  if (ticket.payload['kind'] !== 'signIn') throw new Refusal(410, 'link.spent')
  return ctx.apart(async (inner) => {
    const [key] = await inner.tx.query<Key>(
      'passkey_by_credential',
      `select p.id, p.user_id, p.credential_id, p.public_key, p.counter, p.transports
       from passkey p join realm_user u on u.agency_id = p.agency_id and u.id = p.user_id
       where p.agency_id = $1 and p.credential_id = $2 and u.realm_id = $3`,
      [ctx.agencyId, body.credential.id, ctx.realm.realmId],
    )
    if (!key) throw new Refusal(401, 'passkey.unknown')
    const counter = await verifiedCounter(
      inner,
      key,
      body.credential as unknown as AuthenticationResponseJSON,
      String(ticket.payload['challenge']),
    )
    await inner.db
      .updateTable('passkey')
      .set({ counter: BigInt(counter), last_used_at: inner.nowIso })
      .where('agency_id', '=', ctx.agencyId)
      .where('id', '=', key.id)
      .execute()
    const step = await enter(inner, reply, key.user_id, { method: 'passkey', remember: body.remember })
    if (step.next !== 'done') throw new Error('a passkey stands for both factors')
    return step
  })
}

async function verifiedCounter(
  ctx: Ctx,
  key: Key,
  response: AuthenticationResponseJSON,
  expectedChallenge: string,
): Promise<number> {
  const rp = relyingParty(ctx)
  try {
    const result = await verifyAuthenticationResponse({
      response,
      expectedChallenge,
      expectedOrigin: rp.origin,
      expectedRPID: rp.id,
      requireUserVerification: true,
      credential: {
        id: key.credential_id,
        publicKey: Uint8Array.from(key.public_key),
        counter: Number(key.counter),
        transports: key.transports,
      },
    })
    if (result.verified) return result.authenticationInfo.newCounter
  } catch (error) {
    ctx.app.log.warn(
      { requestId: ctx.requestId, reason: (error as Error).message },
      'passkey sign-in refused',
    )
  }
  throw new Refusal(401, 'passkey.unknown')
}
