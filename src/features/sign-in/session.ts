import type { FastifyReply } from 'fastify'
import type { Ctx } from '../../server/context.ts'
import { newId } from '../../server/ids.ts'
import { hashToken, newToken } from '../../server/keys.ts'
import { setSessionCookie } from '../../server/session-cookie.ts'

/** How a session was opened. */
export type SessionMethod = 'password' | 'passkey' | 'invitation' | 'reset' | 'crossing' | 'sign_up'

const day = 86_400
/** Longest life of a session, whatever happens: 30 days. */
export const sessionSeconds = 30 * day
/** Without "Rester connecté" it ends after 12 h idle, or with the browser. */
export const idleSeconds = day / 2

/**
 * Opens a session of a user of the context's realm, on its host, and sets the cookie once the transaction
 * commits. The session this browser had is ended. With `remember` it lasts 30 days, else the browser's
 * life and 12 h idle at most. The caller has proved who the user is; gives the session's id.
 */
export async function openSession(
  ctx: Ctx,
  reply: FastifyReply,
  userId: string,
  method: SessionMethod,
  remember: boolean,
): Promise<string> {
  const id = newId()
  const token = newToken()
  if (ctx.session)
    await ctx.db
      .deleteFrom('session')
      .where('agency_id', '=', ctx.agencyId)
      .where('id', '=', ctx.session.id)
      .execute()
  await ctx.db
    .deleteFrom('session')
    .where('agency_id', '=', ctx.agencyId)
    .where('user_id', '=', userId)
    .where('expires_at', '<', ctx.nowIso)
    .execute()
  await ctx.db
    .insertInto('session')
    .values({
      agency_id: ctx.agencyId,
      id,
      user_id: userId,
      realm_id: ctx.realm.realmId,
      host: ctx.realm.host,
      token_hash: hashToken(token),
      created_at: ctx.nowIso,
      last_seen_at: ctx.nowIso,
      idle_seconds: remember ? sessionSeconds : idleSeconds,
      expires_at: ctx.now.add({ seconds: sessionSeconds }).toString(),
      ip: ctx.ip,
      user_agent: ctx.userAgent,
      method,
    })
    .execute()
  await ctx.db
    .updateTable('realm_user')
    .set({ last_seen_at: ctx.nowIso })
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', userId)
    .execute()
  ctx.afterCommit(() => setSessionCookie(reply, ctx.app.config, token, remember ? sessionSeconds : undefined))
  return id
}

/**
 * Ends a user's sessions, all or all but one: dead at the next request, their acting sessions with them,
 * open pages told at once. Gives how many ended.
 */
export async function endSessionsOf(ctx: Ctx, userId: string, exceptSessionId?: string): Promise<number> {
  const ended = await ctx.db
    .deleteFrom('session')
    .where('agency_id', '=', ctx.agencyId)
    .where('user_id', '=', userId)
    .$if(exceptSessionId !== undefined, (q) => q.where('id', '!=', exceptSessionId!))
    .returning('id')
    .execute()
  await sessionsEnded(
    ctx,
    userId,
    ended.map((s) => s.id),
  )
  return ended.length
}

/** Ends one session of a user; whether there was one. */
export async function endSession(ctx: Ctx, userId: string, id: string): Promise<boolean> {
  const ended = await ctx.db
    .deleteFrom('session')
    .where('agency_id', '=', ctx.agencyId)
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .returning('id')
    .execute()
  await sessionsEnded(
    ctx,
    userId,
    ended.map((s) => s.id),
  )
  return ended.length > 0
}

/** What follows the end of sessions: what they acted in ends too, and their pages hear of it. */
async function sessionsEnded(ctx: Ctx, userId: string, sessionIds: readonly string[]): Promise<void> {
  if (sessionIds.length === 0) return
  await ctx.db
    .updateTable('access_session')
    .set({ ended_at: ctx.nowIso })
    .where('agency_id', '=', ctx.agencyId)
    .where('session_id', 'in', sessionIds)
    .where('ended_at', 'is', null)
    .execute()
  ctx.publish({ agencyId: ctx.agencyId, userIds: [userId], kind: 'session.ended' })
}
