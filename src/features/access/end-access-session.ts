import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { currentAccess, readAccessSession } from './access-session.ts'
import type { endAccessSession as contract } from './contract.ts'

/** Leaves the acting session: one step up, or all the way. 409 when not acting. */
export async function endAccessSession(
  ctx: Ctx,
  { query }: InputOf<typeof contract>,
): Promise<AnswerOf<typeof contract>> {
  const { id, sessionId } = currentAccess(ctx)
  const left = await ctx.db
    .updateTable('access_session')
    .set({ ended_at: ctx.nowIso })
    .where('agency_id', '=', ctx.agencyId)
    .where('session_id', '=', sessionId)
    .where('ended_at', 'is', null)
    .$if(!query.all, (b) => b.where('id', '=', id))
    .returning(['id', 'parent_id', 'subject_member_id'])
    .execute()
  const above = query.all ? null : (left.find((x) => x.id === id)?.parent_id ?? null)
  await ctx.db
    .updateTable('session')
    .set({ access_session_id: above })
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', sessionId)
    .execute()
  const subject = ctx.subject
  ctx.audit({
    action: 'access_session.ended',
    memberId: subject?.memberId ?? null,
    ...(subject?.memberId && { entity: { kind: 'member', id: subject.memberId, name: subject.name } }),
  })
  return { current: above === null ? null : await readAccessSession(ctx, above) }
}

/** Forgets an acting session that ended by itself (time, disabled, moved), once the page has been told. */
export async function forgetEndedAccess(ctx: Ctx): Promise<void> {
  if (!ctx.session || ctx.acting) return
  await ctx.db
    .updateTable('access_session')
    .set({ ended_at: ctx.nowIso })
    .where('agency_id', '=', ctx.agencyId)
    .where('session_id', '=', ctx.session.id)
    .where('ended_at', 'is', null)
    .execute()
  await ctx.db
    .updateTable('session')
    .set({ access_session_id: null })
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', ctx.session.id)
    .execute()
}
