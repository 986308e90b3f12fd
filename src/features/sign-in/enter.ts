import type { FastifyReply } from 'fastify'
import type { AnswerOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { issueToken } from '../../server/one-time-token.ts'
import { Refusal } from '../../server/refusal.ts'
import { actAs } from '../../server/within.ts'
import type { signIn } from './contract.ts'
import { findUser, mayEnter, type RealmUser } from './find-user.ts'
import { openSession, type SessionMethod } from './session.ts'

/**
 * Lets a user in who has given the first proof: opens the session, or asks for the second factor where one
 * is set. A passkey is two proofs in one. 403 `sign_in.disabled`, said only to who proved to be the user.
 */
export async function enter(
  ctx: Ctx,
  reply: FastifyReply,
  userId: string,
  how: { method: SessionMethod; remember: boolean; passwordHash?: string | null },
): Promise<AnswerOf<typeof signIn>> {
  const user = await findUser(ctx, userId)
  if (!user || !mayEnter(ctx, user)) throw new Refusal(403, 'sign_in.disabled')
  // The password was changed while the old one was being computed: the old one opens nothing any more.
  if (how.passwordHash !== undefined && how.passwordHash !== user.password_hash)
    throw new Refusal(401, 'sign_in.wrong')
  if (user.totp_confirmed_at !== null && how.method !== 'passkey') {
    const ticket = await issueToken(ctx, {
      purpose: 'second_factor',
      userId,
      payload: { method: how.method, remember: how.remember },
      lifetime: { minutes: 10 },
    })
    return { next: 'secondFactor', ticket }
  }
  await openAudited(ctx, reply, user, how)
  return { next: 'done' }
}

/** Opens the session and records it in the user's name. */
export async function openAudited(
  ctx: Ctx,
  reply: FastifyReply,
  user: RealmUser,
  how: { method: SessionMethod; remember: boolean },
): Promise<void> {
  actAs(ctx, {
    userId: user.id,
    name: user.name,
    email: user.email,
    memberId: user.member_id,
    role: user.role,
    accountRole: user.account_role,
  })
  await openSession(ctx, reply, user.id, how.method, how.remember)
  ctx.audit({
    action: 'user.signed_in',
    memberId: user.member_id,
    entity: { kind: 'user', id: user.id, name: user.name },
    data: { method: how.method },
  })
}
