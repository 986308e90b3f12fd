import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { accountOf, type Ctx } from '../../server/context.ts'
import { linkTo } from '../../server/hosts.ts'
import { spendToken } from '../../server/one-time-token.ts'
import { Refusal } from '../../server/refusal.ts'
import type { Exchange } from '../../server/route.ts'
import { realmOf } from '../../server/run-in-tenant.ts'
import { openSession } from '../sign-in/public.ts'
import type { arriveInAccount as contract } from './contract.ts'

/**
 * Enters this account with the code of "Connexion": once, here and within 60 seconds; else 410, as when the
 * session it was asked from has ended meanwhile. The session belongs to the person of the agency and lives by
 * the visit alone. Whoever was signed in to this browser is signed out of it.
 */
export async function arriveInAccount(
  ctx: Ctx,
  { body }: InputOf<typeof contract>,
  { reply }: Exchange,
): Promise<AnswerOf<typeof contract>> {
  const { payload } = await spendToken(ctx, 'account_access', body.code)
  const visit = await ctx.db
    .selectFrom('account_access_session as x')
    .innerJoin('realm_user as u', (j) =>
      j
        .onRef('u.agency_id', '=', 'x.agency_id')
        .onRef('u.id', '=', 'x.actor_user_id')
        .on('u.state', '=', 'active'),
    )
    .select(['x.id', 'x.actor_user_id', 'x.back_to'])
    .where('x.agency_id', '=', ctx.agencyId)
    .where('x.id', '=', String(payload['id']))
    .where('x.hosted_account_id', '=', accountOf(ctx).id)
    .where('x.session_id', 'is', null)
    .where('x.ended_at', 'is', null)
    .executeTakeFirst()
  if (!visit) throw new Refusal(410, 'link.spent')
  const sessionId = await openSession(ctx, reply, visit.actor_user_id, 'crossing', false)
  await ctx.db
    .updateTable('account_access_session')
    .set({ session_id: sessionId })
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', visit.id)
    .execute()
  return { backUrl: agencyUrl(ctx, visit.back_to) }
}

/** Address of a page of the agency. */
export function agencyUrl(ctx: Ctx, path: string): string {
  return linkTo(ctx.app.config, realmOf(ctx.app, ctx.agencyId, ctx.agency), path)
}
