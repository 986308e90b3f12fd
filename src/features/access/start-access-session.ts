import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { agencyOf, memberOf, type Ctx } from '../../server/context.ts'
import { newId } from '../../server/ids.ts'
import { Refusal, invalid, notFound } from '../../server/refusal.ts'
import { accessMinutes, readAccessSession } from './access-session.ts'
import type { startAccessSession as contract } from './contract.ts'

/** Steps of a chain; deeper than any agency's tree. */
const longestChain = 8

/**
 * Acts as a member below, or looks through its eyes (C2): owners over non-owners, others only over strict
 * descendants; up, sideways and oneself do not exist (404). From inside a session it is one more step, which
 * never allows more than the step above: looking leads only to looking. Asks for a reason where the agency
 * demands one. Lasts 30 minutes; the steps above last as long.
 */
export async function startAccessSession(
  ctx: Ctx,
  { body }: InputOf<typeof contract>,
): Promise<AnswerOf<typeof contract>> {
  const { session, actor, acting } = ctx
  if (!session || actor?.memberId == null) throw new Refusal(409, 'acting.session_needed')
  const subject = await findBelow(ctx, body.memberId)
  if (subject.state !== 'active') throw new Refusal(409, 'acting.not_active')
  if (acting && acting.chain.length > longestChain) throw new Refusal(409, 'acting.too_deep')
  const reason = body.reason ?? ''
  if (reason === '' && (await demandsReason(ctx))) throw invalid({ reason: 'acting.reason_required' })
  const mode = acting?.mode === 'viewing' ? 'viewing' : body.mode
  const id = newId()
  const endsAt = ctx.now.add({ minutes: accessMinutes }).toString()
  await ctx.db
    .insertInto('access_session')
    .values({
      agency_id: ctx.agencyId,
      id,
      session_id: session.id,
      parent_id: acting?.id ?? null,
      actor_user_id: actor.userId,
      actor_member_id: actor.memberId,
      subject_member_id: subject.id,
      mode,
      read_only: mode === 'viewing' || (acting?.readOnly ?? false),
      reason: reason === '' ? null : reason,
      started_at: ctx.nowIso,
      expires_at: endsAt,
    })
    .execute()
  await ctx.db
    .updateTable('access_session')
    .set({ expires_at: endsAt })
    .where('agency_id', '=', ctx.agencyId)
    .where('session_id', '=', session.id)
    .where('ended_at', 'is', null)
    .execute()
  await ctx.db
    .updateTable('session')
    .set({ access_session_id: id })
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', session.id)
    .execute()
  ctx.audit({
    action: mode === 'viewing' ? 'access_session.viewed' : 'access_session.started',
    memberId: subject.id,
    entity: { kind: 'member', id: subject.id, name: subject.name },
    data: { reason: reason === '' ? null : reason },
  })
  return readAccessSession(ctx, id)
}

/** The member, if it is strictly below the one in whose place the call runs; 404 otherwise. */
async function findBelow(ctx: Ctx, memberId: string): Promise<{ id: string; name: string; state: string }> {
  const from = memberOf(ctx)
  const [found] = await ctx.tx.query<{ id: string; name: string; state: string }>(
    'member_below',
    `select m.id, u.name, m.state from member m
     join realm_user u on u.agency_id = m.agency_id and u.id = m.user_id
     where m.agency_id = $1 and m.id = $3 and m.id <> $2
       and (($4 and m.role <> 'owner') or exists (select from member_closure k
         where k.agency_id = m.agency_id and k.ancestor_id = $2 and k.descendant_id = m.id and k.depth > 0 and m.role <> 'owner'))`,
    [ctx.agencyId, from.memberId, memberId, from.role === 'owner'],
  )
  if (!found) throw notFound()
  return found
}

async function demandsReason(ctx: Ctx): Promise<boolean> {
  const row = await ctx.db
    .selectFrom('agency')
    .select('acting_reason_required')
    .where('agency_id', '=', agencyOf(ctx).id)
    .executeTakeFirst()
  return row?.acting_reason_required ?? false
}
