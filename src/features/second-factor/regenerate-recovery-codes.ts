import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { Refusal } from '../../server/refusal.ts'
import { proveOwnPassword, sendSecurityMail } from '../sign-in/public.ts'
import type { regenerateRecoveryCodes as contract } from './contract.ts'
import { replaceRecoveryCodes } from './recovery-codes.ts'

/** Ten new recovery codes, the former ones void. 409 while no code is asked for at sign-in. */
export async function regenerateRecoveryCodes(
  ctx: Ctx,
  { body }: InputOf<typeof contract>,
): Promise<AnswerOf<typeof contract>> {
  const user = await proveOwnPassword(ctx, body.currentPassword)
  if (user.totp_confirmed_at === null) throw new Refusal(409, 'second_factor.off')
  return ctx.apart(async (inner) => {
    const recoveryCodes = await replaceRecoveryCodes(inner, user.id)
    inner.audit({ action: 'recovery_codes.replaced', memberId: user.member_id })
    await sendSecurityMail(inner, user, 'recovery_codes')
    return { recoveryCodes }
  })
}
