import type { AnswerOf } from '../../contract/endpoint.ts'
import { accountOf, subjectOf, type Ctx } from '../../server/context.ts'
import { userLimit } from '../account-users/public.ts'
import { subscriptionOf } from '../subscriptions/public.ts'
import type { getAccountHome as contract } from './contract.ts'

type Row = { active: number; invited: number; own_password: boolean; has_locale: boolean }
type VisitRow = { actor: string; reason: string | null; started_at: string; acts: number }

/** What the first page of a hosted account knows. Steps are told to its own people only, never to a visitor. */
export async function getAccountHome(ctx: Ctx): Promise<AnswerOf<typeof contract>> {
  const { id } = accountOf(ctx)
  const [row] = await ctx.tx.query<Row>(
    'account_home',
    `select (select count(*)::int from account_user where agency_id = $1 and hosted_account_id = $2 and state = 'active') as active,
       (select count(*)::int from account_user where agency_id = $1 and hosted_account_id = $2 and state = 'invited') as invited,
       coalesce(k.password_given_at is null or u.password_changed_at > k.password_given_at, true) as own_password,
       u.locale is not null and u.time_zone is not null as has_locale
     from realm_user u left join account_user k on k.agency_id = u.agency_id and k.user_id = u.id
     where u.agency_id = $1 and u.id = $3`,
    [ctx.agencyId, id, subjectOf(ctx).userId],
  )
  const { active, invited, own_password, has_locale } = row!
  const admin = ctx.may('account.users')
  const steps = [
    { step: 'password' as const, done: own_password },
    { step: 'language' as const, done: has_locale },
    ...(admin ? [{ step: 'invite' as const, done: active + invited > 1 }] : []),
  ]
  const subscription = await subscriptionOf(ctx, id)
  return {
    users: { active, invited, limit: await userLimit(ctx, id) },
    contactLimit: subscription?.contactLimit ?? null,
    steps: ctx.acting || steps.every((s) => s.done) ? null : steps,
    visits: ctx.may('account.visits') ? await lastVisits(ctx, id) : null,
  }
}

async function lastVisits(ctx: Ctx, id: string) {
  const rows = await ctx.tx.query<VisitRow>(
    'account_home_visits',
    `select u.name as actor, x.reason, x.started_at,
       (select count(*)::int from audit_event e where e.agency_id = x.agency_id and e.actor_user_id = x.actor_user_id and e.subject_user_id = x.subject_user_id
         and e.occurred_at between x.started_at and coalesce(x.ended_at, x.expires_at) and e.action not like 'account_access.%') as acts
     from account_access_session x join realm_user u on u.agency_id = x.agency_id and u.id = x.actor_user_id
     where x.agency_id = $1 and x.hosted_account_id = $2 and x.session_id is not null order by x.started_at desc limit 5`,
    [ctx.agencyId, id],
  )
  return rows.map(({ actor, reason, started_at, acts }) => ({ actor, reason, startedAt: started_at, acts }))
}
