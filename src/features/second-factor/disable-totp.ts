import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { Refusal } from '../../server/refusal.ts'
import { proveOwnPassword, sendSecurityMail } from '../sign-in/public.ts'
import type { disableTotp as contract } from './contract.ts'
import { removeRecoveryCodes } from './recovery-codes.ts'

/** Stops asking for a code at sign-in; the secret and the recovery codes go with it. */
export async function disableTotp(
  ctx: Ctx,
  { body }: InputOf<typeof contract>,
): Promise<AnswerOf<typeof contract>> {
  const user = await proveOwnPassword(ctx, body.currentPassword)
  await ctx.apart(async (inner) => {
    const disabled = await inner.db
      .updateTable('realm_user')
      .set({ totp_secret: null, totp_confirmed_at: null, totp_last_step: null })
      .where('agency_id', '=', ctx.agencyId)
      .where('id', '=', user.id)
      .where('totp_confirmed_at', 'is not', null)
      .returning('id')
      .execute()
    if (disabled.length === 0) throw new Refusal(409, 'second_factor.off')
    await removeRecoveryCodes(inner, user.id)
    inner.audit({ action: 'second_factor.disabled', memberId: user.member_id })
    await sendSecurityMail(inner, user, 'totp_off')
  })
  return {}
}
