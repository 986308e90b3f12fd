import type { Ctx } from '../../server/context.ts'
import type { AccountStatus } from './terms.ts'

/** A hosted account by its name and what it is on. */
export type AccountOnPlan = {
  id: string
  name: string
  clientId: string
  status: AccountStatus
  planCode: string
  planVersion: number
}

/** Accounts of the agency that still run, by name, at most `limit`; those named like `q`, or the one of `id`. */
export function accountsOnPlans(
  ctx: Ctx,
  asked: { q?: string; id?: string; limit: number },
): Promise<AccountOnPlan[]> {
  const pattern = asked.q?.trim() ? `%${asked.q.trim().replaceAll(/[\\%_]/g, '\\$&')}%` : null
  return ctx.tx.query<AccountOnPlan>(
    'accounts_on_plans',
    `select a.id, a.name, a.client_id as "clientId", a.status, s.plan_code as "planCode", s.plan_version as "planVersion"
     from hosted_account a join subscription s on s.agency_id = $1 and s.hosted_account_id = a.id
     where a.agency_id = $1 and a.status not in ('archived', 'transferred') and ($2::text is null or search_key(a.name) like search_key($2))
       and ($3::uuid is null or a.id = $3)
     order by search_key(a.name), a.id limit $4`,
    [ctx.agencyId, pattern, asked.id ?? null, asked.limit],
  )
}
