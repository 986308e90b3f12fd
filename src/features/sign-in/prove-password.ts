import { emailKey } from '../../contract/common.ts'
import { subjectOf, type Ctx } from '../../server/context.ts'
import { invalid, Refusal } from '../../server/refusal.ts'
import { findUser, findUserByLogin, type RealmUser } from './find-user.ts'
import { verifyPassword } from '../passwords/public.ts'
import {
  attemptSucceeded,
  giveAttemptBack,
  guardKey,
  reserveAttempt,
  type Attempt,
  type GuardKey,
} from './sign-in-guard.ts'

/** Outcome of a guarded check: the user it is right for, or the attempt that was wrong. */
export type Proof = { user: RealmUser; key: GuardKey } | { user: null; attempt: Attempt }

/**
 * Checks a password under the guard: reserves the attempt and commits it, computes without holding a
 * connection, and clears the count when right. Unknown logins and users without a password take the same
 * steps and the same time. 429 while locked. For detached use cases.
 */
export async function provePassword(
  ctx: Ctx,
  find: (inner: Ctx) => Promise<RealmUser | undefined>,
  login: string,
  password: string,
): Promise<Proof> {
  const { user, key, attempt } = await ctx.apart(async (inner) => {
    const found = await find(inner)
    // A known user has one counter whether the address or the user name was typed.
    const counter = guardKey(inner, 'login', found?.email_key ?? emailKey(login.trim()))
    return { user: found, key: counter, attempt: await reserveAttempt(inner, counter) }
  })
  const right = await verifyPassword(user?.password_hash, password).catch(async (error: unknown) => {
    await ctx.apart((inner) => giveAttemptBack(inner, key))
    throw error
  })
  if (!right || !user) return { user: null, attempt }
  await ctx.apart((inner) => attemptSucceeded(inner, key))
  return { user, key }
}

/** The same for a login typed by somebody who is not signed in. */
export function proveLogin(ctx: Ctx, login: string, password: string): Promise<Proof> {
  return provePassword(ctx, (inner) => findUserByLogin(inner, login), login, password)
}

/**
 * Asks the signed-in user for the password again before a change of password, address or factors: a session
 * left open must not be enough. 422 on `field` when wrong, 409 `password.none` when there is none yet.
 */
export async function proveOwnPassword(
  ctx: Ctx,
  password: string,
  field = 'currentPassword',
): Promise<RealmUser> {
  const { userId, email } = subjectOf(ctx)
  const user = await ctx.apart((inner) => findUser(inner, userId))
  if (!user || user.password_hash === null) throw new Refusal(409, 'password.none')
  const proof = await provePassword(ctx, async () => user, email, password)
  if (!proof.user)
    throw invalid({ [field]: { code: 'sign_in.password_wrong', values: { left: proof.attempt.left } } })
  return proof.user
}
