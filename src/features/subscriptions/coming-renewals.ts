import type { Ctx } from '../../server/context.ts'
import { iso } from '../../server/clock.ts'
import { renewalOf, renewing, type Renewal } from './due.ts'
import type { SubscribedAccount } from './terms.ts'

/** Renewals of the agency that fall due before an instant, at the terms they will have; nothing is locked. */
export async function comingRenewals(ctx: Ctx, before: Temporal.Instant): Promise<Renewal[]> {
  const rows = await ctx.tx.query<{ s: SubscribedAccount['subscription']; a: SubscribedAccount['account'] }>(
    'coming_renewals',
    `select to_jsonb(s) as s, to_jsonb(a) as a from subscription s
     join hosted_account a on a.agency_id = s.agency_id and a.id = s.hosted_account_id
     where s.agency_id = $1 and s.due_at < $2 and not s.cancel_at_end and s.interval is not null and a.status = any($3)
     order by s.due_at, s.id`,
    [ctx.agencyId, iso(before), renewing],
  )
  return rows.map(({ s, a }) =>
    // Amounts come as JSON numbers.
    renewalOf({ account: a, subscription: { ...s, list_price: BigInt(s.list_price) } }),
  )
}
