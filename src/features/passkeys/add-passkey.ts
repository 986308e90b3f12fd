import { verifyRegistrationResponse, type RegistrationResponseJSON } from '@simplewebauthn/server'
import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { subjectOf, type Ctx } from '../../server/context.ts'
import { sqlState } from '../../server/db.ts'
import { newId } from '../../server/ids.ts'
import { spendToken } from '../../server/one-time-token.ts'
import { Refusal } from '../../server/refusal.ts'
import { findUser, sendSecurityMail } from '../sign-in/public.ts'
import type { addPasskey as contract } from './contract.ts'
import { passkeyAnswer } from './passkey-rows.ts'
import { relyingParty } from './relying-party.ts'

/** Registers the passkey made for a ticket. 422 `passkey.refused` when it is not one this host may trust. */
export async function addPasskey(
  ctx: Ctx,
  { body }: InputOf<typeof contract>,
): Promise<AnswerOf<typeof contract>> {
  const { userId, memberId } = subjectOf(ctx)
  const ticket = await spendToken(ctx, 'webauthn', body.ticket)
  if (ticket.userId !== userId || ticket.payload['kind'] !== 'register') throw new Refusal(410, 'link.spent')
  const made = await verified(
    ctx,
    body.credential as unknown as RegistrationResponseJSON,
    String(ticket.payload['challenge']),
  )
  const row = { id: newId(), name: body.name, created_at: ctx.nowIso, last_used_at: null }
  try {
    await ctx.db
      .insertInto('passkey')
      .values({
        ...row,
        agency_id: ctx.agencyId,
        user_id: userId,
        credential_id: made.id,
        public_key: Buffer.from(made.publicKey),
        counter: BigInt(made.counter),
        transports: made.transports ?? [],
      })
      .execute()
  } catch (error) {
    if (sqlState(error) === '23505') throw new Refusal(422, 'passkey.refused')
    throw error
  }
  ctx.audit({ action: 'passkey.added', memberId, entity: { kind: 'passkey', id: row.id, name: row.name } })
  const user = await findUser(ctx, userId)
  await sendSecurityMail(ctx, user!, 'passkey_added')
  return passkeyAnswer(row)
}

async function verified(ctx: Ctx, response: RegistrationResponseJSON, expectedChallenge: string) {
  const rp = relyingParty(ctx)
  try {
    const result = await verifyRegistrationResponse({
      response,
      expectedChallenge,
      expectedOrigin: rp.origin,
      expectedRPID: rp.id,
      requireUserVerification: true,
    })
    if (result.verified) return result.registrationInfo.credential
  } catch (error) {
    ctx.app.log.info({ requestId: ctx.requestId, reason: (error as Error).message }, 'passkey refused')
  }
  throw new Refusal(422, 'passkey.refused')
}
