import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { subjectOf, type Ctx } from '../../server/context.ts'
import { notFound } from '../../server/refusal.ts'
import { endSession, endSessionsOf } from '../sign-in/public.ts'
import type { revokeOtherSessions as othersContract, revokeSession as contract } from './contract.ts'

/** Ends one of the caller's own sessions; 404 for anybody else's. */
export async function revokeSession(
  ctx: Ctx,
  { params }: InputOf<typeof contract>,
): Promise<Record<string, never>> {
  const { userId, memberId } = subjectOf(ctx)
  if (!(await endSession(ctx, userId, params.id))) throw notFound()
  ctx.audit({ action: 'session.revoked', memberId, data: { count: 1 } })
  return {}
}

/** Ends every session of the caller but this one. */
export async function revokeOtherSessions(ctx: Ctx): Promise<AnswerOf<typeof othersContract>> {
  const { userId, memberId } = subjectOf(ctx)
  const ended = await endSessionsOf(ctx, userId, ctx.session?.id)
  if (ended > 0) ctx.audit({ action: 'session.revoked', memberId, data: { count: ended } })
  return { ended }
}
