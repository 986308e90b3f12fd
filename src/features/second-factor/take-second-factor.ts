import type { Ctx } from '../../server/context.ts'
import { decrypt } from '../../server/keys.ts'
import { spendRecoveryCode } from './recovery-codes.ts'
import { stepOfCode } from './totp.ts'

/**
 * Takes a code as a user's second proof: one of the application, of a step later than any taken before (a
 * code works once), or a recovery code. Null when it is neither; the caller counts the attempt.
 */
export async function takeSecondFactor(
  ctx: Ctx,
  userId: string,
  code: string,
): Promise<'totp' | 'recovery' | null> {
  const user = await ctx.db
    .selectFrom('realm_user')
    .select(['totp_secret', 'totp_confirmed_at'])
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', userId)
    .executeTakeFirst()
  if (!user?.totp_secret || user.totp_confirmed_at === null) return null
  const step = stepOfCode(decrypt(ctx.app.config.secret, user.totp_secret), code, ctx.now)
  if (step !== undefined) return (await useStep(ctx, userId, step)) ? 'totp' : null
  return (await spendRecoveryCode(ctx, userId, code)) ? 'recovery' : null
}

/** Marks a time step as used; false when it, or a later one, already was. Two calls at once: one wins. */
export async function useStep(ctx: Ctx, userId: string, step: number): Promise<boolean> {
  const used = await ctx.db
    .updateTable('realm_user')
    .set({ totp_last_step: BigInt(step) })
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', userId)
    .where((eb) => eb.or([eb('totp_last_step', 'is', null), eb('totp_last_step', '<', BigInt(step))]))
    .returning('id')
    .execute()
  return used.length === 1
}
