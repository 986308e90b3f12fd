import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { accountOf, type Ctx } from '../../server/context.ts'
import { Refusal } from '../../server/refusal.ts'
import { agencyUrl } from './arrive-in-account.ts'
import type * as contract from './contract.ts'
import { currentVisit, readVisit, visitMinutes } from './visit.ts'

/** Thirty more minutes from now. 409 when not visiting. */
export async function renewVisit(ctx: Ctx): Promise<AnswerOf<typeof contract.renewVisit>> {
  const id = currentVisit(ctx)
  const endsAt = ctx.now.add({ minutes: visitMinutes }).toString()
  const { origin_access_id: above } = await ctx.db
    .updateTable('account_access_session')
    .set({ expires_at: endsAt })
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', id)
    .returning('origin_access_id')
    .executeTakeFirstOrThrow()
  ctx.audit({ action: 'account_access.renewed', ...concerned(ctx) })
  // The steps above in the agency last as long as the one below them.
  if (above !== null)
    await ctx.tx.query(
      'renew_above',
      `update access_session x set expires_at = $3 from access_session leaf
       where leaf.agency_id = $1 and leaf.id = $2 and x.agency_id = $1 and x.session_id = leaf.session_id
         and x.ended_at is null and x.expires_at < $3`,
      [ctx.agencyId, above, endsAt],
    )
  return readVisit(ctx, id)
}

/** Turns writes off or on again. From a look, and in an account that is read-only, they stay off (409). */
export async function setVisitReadOnly(
  ctx: Ctx,
  { body }: InputOf<typeof contract.setVisitReadOnly>,
): Promise<AnswerOf<typeof contract.setVisitReadOnly>> {
  const id = currentVisit(ctx)
  const row = await ctx.db
    .selectFrom('account_access_session as x')
    .leftJoin('access_session as above', (j) =>
      j.onRef('above.agency_id', '=', 'x.agency_id').onRef('above.id', '=', 'x.origin_access_id'),
    )
    .select('above.read_only as above_read_only')
    .where('x.agency_id', '=', ctx.agencyId)
    .where('x.id', '=', id)
    .executeTakeFirstOrThrow()
  if (!body.readOnly && (row.above_read_only === true || accountOf(ctx).door !== 'open'))
    throw new Refusal(409, 'acting.always_read_only')
  await ctx.db
    .updateTable('account_access_session')
    .set({ read_only: body.readOnly })
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', id)
    .execute()
  return readVisit(ctx, id)
}

/** Leaves: the visit and its session end; gives the agency's page one came from. */
export async function leaveAccount(ctx: Ctx): Promise<AnswerOf<typeof contract.leaveAccount>> {
  const id = currentVisit(ctx)
  const { back_to } = await ctx.db
    .updateTable('account_access_session')
    .set({ ended_at: ctx.nowIso })
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', id)
    .returning('back_to')
    .executeTakeFirstOrThrow()
  await ctx.db
    .deleteFrom('session')
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', ctx.session!.id)
    .execute()
  ctx.audit({ action: 'account_access.ended', ...concerned(ctx) })
  return { url: agencyUrl(ctx, back_to) }
}

function concerned(ctx: Ctx) {
  const { id, name, clientId } = accountOf(ctx)
  return { clientId, entity: { kind: 'hosted_account', id, name } }
}
