import { subjectOf, type Ctx } from '../../server/context.ts'
import { revokeTokens } from '../../server/one-time-token.ts'

/** Withdraws an address asked for: its link is void. */
export async function cancelEmailChange(ctx: Ctx): Promise<Record<string, never>> {
  const { userId, memberId } = subjectOf(ctx)
  await revokeTokens(ctx, userId, 'email_change')
  ctx.audit({ action: 'user.email_change_withdrawn', memberId })
  return {}
}
