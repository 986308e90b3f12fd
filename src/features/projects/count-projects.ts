import type { Ctx } from '../../server/context.ts'

/** How many active projects clients have, whose sight the caller has checked; none: left out. */
export async function countProjects(ctx: Ctx, clientIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await ctx.tx.query<{ client_id: string; n: number }>(
    'count_projects',
    `select client_id, count(*)::int as n from project
     where agency_id = $1 and client_id = any($2::uuid[]) and state = 'active' group by client_id`,
    [ctx.agencyId, clientIds],
  )
  return new Map(rows.map((r) => [r.client_id, r.n]))
}
