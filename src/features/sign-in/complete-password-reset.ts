import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { readToken, revokeTokens, spendToken } from '../../server/one-time-token.ts'
import { Refusal } from '../../server/refusal.ts'
import type { Exchange } from '../../server/route.ts'
import type { completePasswordReset as completeContract, readResetLink as readContract } from './contract.ts'
import { checkNewPassword, hashPassword } from '../passwords/public.ts'
import { enter } from './enter.ts'
import { findUser, mayEnter, type RealmUser } from './find-user.ts'
import { endSessionsOf } from './session.ts'
import { setPassword } from './set-password.ts'
import { guardKey, liftLock } from './sign-in-guard.ts'

/** Whether a reset link is still good, and for whom; 410 otherwise. */
export async function readResetLink(
  ctx: Ctx,
  { body }: InputOf<typeof readContract>,
): Promise<AnswerOf<typeof readContract>> {
  const token = await readToken(ctx, 'password_reset', body.token)
  const user = await holderOf(ctx, token.userId)
  return { name: user.name, email: user.email, expiresAt: token.expiresAt }
}

/**
 * Sets the password a reset link is for: spends the link, ends every session of the user, lifts the lock
 * (the mailbox proves more than a password), and signs in; the second factor is still asked for.
 */
export async function completePasswordReset(
  ctx: Ctx,
  { body }: InputOf<typeof completeContract>,
  { reply }: Exchange,
): Promise<AnswerOf<typeof completeContract>> {
  const user = await ctx.apart(async (inner) =>
    holderOf(inner, (await readToken(inner, 'password_reset', body.token)).userId),
  )
  checkNewPassword(body.password, {
    email: user.email,
    name: user.name,
    userName: user.user_name,
    agencyName: ctx.agency?.name ?? null,
  })
  const hash = await hashPassword(body.password)
  return ctx.apart(async (inner) => {
    await spendToken(inner, 'password_reset', body.token)
    // Half-done sign-ins with the old password end with it; the link proves the address too.
    await revokeTokens(inner, user.id, 'password_reset', 'second_factor', 'email_change')
    await setPassword(inner, user, hash, { provesEmail: true })
    await liftLock(inner, guardKey(inner, 'login', user.email_key))
    await endSessionsOf(inner, user.id)
    return enter(inner, reply, user.id, { method: 'reset', remember: false })
  })
}

async function holderOf(ctx: Ctx, userId: string | null): Promise<RealmUser> {
  const user = userId === null ? undefined : await findUser(ctx, userId)
  if (!user || !mayEnter(ctx, user)) throw new Refusal(410, 'link.spent')
  return user
}
