import type { Ctx } from '../../server/context.ts'
import type { Exchange } from '../../server/route.ts'
import { clearSessionCookie } from '../../server/session-cookie.ts'
import { endSession } from './session.ts'

/** Ends this session and takes its cookie away (B15); other devices stay signed in. */
export async function signOut(
  ctx: Ctx,
  _input: unknown,
  { reply }: Exchange,
): Promise<Record<string, never>> {
  if (ctx.session) await endSession(ctx, ctx.session.userId, ctx.session.id)
  ctx.audit({ action: 'user.signed_out', memberId: ctx.actor?.memberId ?? null })
  ctx.afterCommit(() => {
    clearSessionCookie(reply, ctx.app.config)
    void reply.header('clear-site-data', '"cache"')
  })
  return {}
}
