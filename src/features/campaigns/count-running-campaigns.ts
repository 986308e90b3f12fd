import type { Ctx } from '../../server/context.ts'
import { todayOf } from './campaign-rows.ts'

/** How many campaigns of clients run today, whose sight the caller has checked; none: left out. */
export async function countRunningCampaigns(
  ctx: Ctx,
  clientIds: readonly string[],
): Promise<Map<string, number>> {
  const rows = await ctx.tx.query<{ client_id: string; n: number }>(
    'count_running_campaigns',
    `select client_id, count(*)::int as n from campaign where agency_id = $1 and client_id = any($2::uuid[])
     and state = 'active' and starts_on <= $3::date and (ends_on is null or ends_on >= $3::date) group by client_id`,
    [ctx.agencyId, clientIds, todayOf(ctx)],
  )
  return new Map(rows.map((r) => [r.client_id, r.n]))
}
