import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { subjectOf, type Ctx } from '../../server/context.ts'
import { decrypt } from '../../server/keys.ts'
import { invalid, Refusal } from '../../server/refusal.ts'
import { findUser, sendSecurityMail } from '../sign-in/public.ts'
import type { confirmTotp as contract } from './contract.ts'
import { replaceRecoveryCodes } from './recovery-codes.ts'
import { useStep } from './take-second-factor.ts'
import { stepOfCode } from './totp.ts'

/** Confirms the set-up with a first code: from now on signing in asks for one. Gives the recovery codes, once. */
export async function confirmTotp(
  ctx: Ctx,
  { body }: InputOf<typeof contract>,
): Promise<AnswerOf<typeof contract>> {
  const { userId, memberId } = subjectOf(ctx)
  const row = await ctx.db
    .selectFrom('realm_user')
    .select(['totp_secret', 'totp_confirmed_at'])
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', userId)
    .forUpdate()
    .executeTakeFirstOrThrow()
  if (row.totp_confirmed_at !== null) throw new Refusal(409, 'second_factor.already_on')
  if (row.totp_secret === null) throw new Refusal(409, 'second_factor.not_begun')
  const step = stepOfCode(decrypt(ctx.app.config.secret, row.totp_secret), body.code, ctx.now)
  if (step === undefined || !(await useStep(ctx, userId, step)))
    throw invalid({ code: 'second_factor.code_wrong' })
  await ctx.db
    .updateTable('realm_user')
    .set({ totp_confirmed_at: ctx.nowIso })
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', userId)
    .execute()
  const recoveryCodes = await replaceRecoveryCodes(ctx, userId)
  ctx.audit({ action: 'second_factor.enabled', memberId })
  const user = await findUser(ctx, userId)
  await sendSecurityMail(ctx, user!, 'totp_on')
  return { recoveryCodes }
}
