import { toDataURL } from 'qrcode'
import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { encrypt } from '../../server/keys.ts'
import { Refusal } from '../../server/refusal.ts'
import { proveOwnPassword } from '../sign-in/public.ts'
import type { beginTotp as contract } from './contract.ts'
import { newTotpSecret, totpUri } from './totp.ts'

/** Begins the set-up of codes: a new secret, kept encrypted and without effect until a first code confirms it. */
export async function beginTotp(
  ctx: Ctx,
  { body }: InputOf<typeof contract>,
): Promise<AnswerOf<typeof contract>> {
  const user = await proveOwnPassword(ctx, body.currentPassword)
  const secret = newTotpSecret()
  await ctx.apart(async (inner) => {
    const begun = await inner.db
      .updateTable('realm_user')
      .set({ totp_secret: encrypt(ctx.app.config.secret, secret) })
      .where('agency_id', '=', ctx.agencyId)
      .where('id', '=', user.id)
      .where('totp_confirmed_at', 'is', null)
      .returning('id')
      .execute()
    if (begun.length === 0) throw new Refusal(409, 'second_factor.already_on')
  })
  const uri = totpUri(secret, ctx.agency?.name ?? 'Canopée', user.email)
  return { secret, uri, qrCode: await toDataURL(uri, { margin: 1, width: 220 }) }
}
