import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { agencyOf, memberOf, type Ctx } from '../../server/context.ts'
import { linkTo, type Realm } from '../../server/hosts.ts'
import { readAccount } from '../../server/identify-in-account.ts'
import { newId } from '../../server/ids.ts'
import { issueToken } from '../../server/one-time-token.ts'
import { Refusal, invalid } from '../../server/refusal.ts'
import { reachableAccount } from '../hosted-accounts/public.ts'
import type { enterAccount as contract } from './contract.ts'
import { visitMinutes } from './visit.ts'

/** Seconds the code lives: the time of one redirect (domain.md, "Acting as"). */
const codeSeconds = 60

/**
 * "Connexion" (B9): the way into a hosted account as its administrator, for whoever sees its client, also while
 * acting for a colleague, whose chain it goes on. The code is in the fragment, works once within 60 seconds and
 * lives by the session it was asked from. A closed account is closed to the agency too (409), an expired one
 * and a look ("Voir comme") are read-only. Asks for a reason where the agency demands one.
 */
export async function enterAccount(
  ctx: Ctx,
  { params, body }: InputOf<typeof contract>,
): Promise<AnswerOf<typeof contract>> {
  const { session, actor } = ctx
  if (!session || actor?.memberId == null) throw new Refusal(409, 'acting.session_needed')
  const account = await reachableAccount(ctx, params.id)
  const facts = await readAccount(ctx.tx, ctx.agencyId, account.id)
  if (facts?.door === 'closed')
    throw new Refusal(409, 'account_access.closed', { values: { name: account.name } })
  const admin = await administratorOf(ctx, account.id)
  if (!admin) throw new Refusal(409, 'account_access.no_admin', { values: { name: account.name } })
  const reason = body.reason ?? ''
  if (reason === '' && (await demandsReason(ctx))) throw invalid({ reason: 'acting.reason_required' })
  const id = newId()
  await ctx.db
    .insertInto('account_access_session')
    .values({
      agency_id: ctx.agencyId,
      id,
      hosted_account_id: account.id,
      client_id: account.clientId,
      origin_session_id: session.id,
      origin_access_id: ctx.acting?.id ?? null,
      actor_user_id: actor.userId,
      actor_member_id: actor.memberId,
      member_id: memberOf(ctx).memberId,
      subject_user_id: admin.id,
      read_only: ctx.acting?.readOnly ?? false,
      reason: reason === '' ? null : reason,
      back_to: body.backTo,
      started_at: ctx.nowIso,
      expires_at: ctx.now.add({ minutes: visitMinutes }).toString(),
    })
    .execute()
  const code = await issueToken(ctx, {
    purpose: 'account_access',
    realmId: account.id,
    payload: { id },
    lifetime: { seconds: codeSeconds },
  })
  ctx.audit({
    action: 'account_access.started',
    clientId: account.clientId,
    entity: { kind: 'hosted_account', id: account.id, name: account.name },
    data: { reason: reason === '' ? null : reason },
  })
  const realm: Realm = {
    kind: 'hosted_account',
    agencyId: ctx.agencyId,
    realmId: account.id,
    host: account.host,
  }
  return { url: linkTo(ctx.app.config, realm, `/entrer#${code}`) }
}

/** In whose name one is there: the account's first administrator who may sign in. */
async function administratorOf(ctx: Ctx, accountId: string): Promise<{ id: string } | undefined> {
  return ctx.db
    .selectFrom('account_user as k')
    .innerJoin('realm_user as u', (j) =>
      j.onRef('u.agency_id', '=', 'k.agency_id').onRef('u.id', '=', 'k.user_id'),
    )
    .select('u.id')
    .where('k.agency_id', '=', ctx.agencyId)
    .where('k.hosted_account_id', '=', accountId)
    .where('k.role', '=', 'admin')
    .where('k.state', '=', 'active')
    .where('u.state', '=', 'active')
    .orderBy('k.created_at')
    .executeTakeFirst()
}

async function demandsReason(ctx: Ctx): Promise<boolean> {
  const row = await ctx.db
    .selectFrom('agency')
    .select('acting_reason_required')
    .where('agency_id', '=', agencyOf(ctx).id)
    .executeTakeFirst()
  return row?.acting_reason_required ?? false
}
