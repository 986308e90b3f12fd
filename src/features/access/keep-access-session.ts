import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { Refusal } from '../../server/refusal.ts'
import { accessMinutes, currentAccess, readAccessSession } from './access-session.ts'
import type * as contract from './contract.ts'

/** Thirty more minutes from now, for the step in progress and those above it. 409 when not acting. */
export async function renewAccessSession(ctx: Ctx): Promise<AnswerOf<typeof contract.renewAccessSession>> {
  const { id, sessionId } = currentAccess(ctx)
  await ctx.db
    .updateTable('access_session')
    .set({ expires_at: ctx.now.add({ minutes: accessMinutes }).toString() })
    .where('agency_id', '=', ctx.agencyId)
    .where('session_id', '=', sessionId)
    .where('ended_at', 'is', null)
    .execute()
  ctx.audit({ action: 'access_session.renewed' })
  return readAccessSession(ctx, id)
}

/** Turns writes off or on again. A look ("Voir comme"), and a step below a read-only one, never write (409). */
export async function setAccessSessionReadOnly(
  ctx: Ctx,
  { body }: InputOf<typeof contract.setAccessSessionReadOnly>,
): Promise<AnswerOf<typeof contract.setAccessSessionReadOnly>> {
  const { id } = currentAccess(ctx)
  const row = await ctx.db
    .selectFrom('access_session as x')
    .leftJoin('access_session as above', (j) =>
      j.onRef('above.agency_id', '=', 'x.agency_id').onRef('above.id', '=', 'x.parent_id'),
    )
    .select(['x.mode', 'above.read_only as above_read_only'])
    .where('x.agency_id', '=', ctx.agencyId)
    .where('x.id', '=', id)
    .executeTakeFirstOrThrow()
  if (!body.readOnly && (row.mode === 'viewing' || row.above_read_only))
    throw new Refusal(409, 'acting.always_read_only')
  await ctx.db
    .updateTable('access_session')
    .set({ read_only: body.readOnly })
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', id)
    .execute()
  return readAccessSession(ctx, id)
}
