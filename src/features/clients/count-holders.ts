import type { Ctx } from '../../server/context.ts'
import { newStatement } from '../../server/statement.ts'
import { clientConditions, searchConditions, viewerFor } from './client-conditions.ts'
import type { ClientFilter } from './contract.ts'
import { countedClients } from './count-clients.ts'

/**
 * How many of some clients each member has, by member id. The clients are those of a filter the subject sees,
 * or ids that the caller has already found to be in sight.
 */
export async function countHolders(
  ctx: Ctx,
  which: ClientFilter | { ids: readonly string[] },
): Promise<Map<string, number>> {
  const s = newStatement(ctx)
  if ('ids' in which) return holders(ctx, '', `a.client_id = any (${s.add(which.ids, 'uuid[]')})`, s.values)
  const where = clientConditions(ctx, await viewerFor(ctx, 'count'), which, s)
  const search = searchConditions(which.q, countedClients, s)
  return holders(
    ctx,
    search.begin,
    `a.client_id in (select c.id from client c where ${[...where, ...search.where].join(' and ')})`,
    s.values,
  )
}

async function holders(
  ctx: Ctx,
  prefix: string,
  where: string,
  values: unknown[],
): Promise<Map<string, number>> {
  const { rows } = await ctx.tx.client.query<{ member_id: string; n: number }>({
    text: `${prefix} select a.member_id, count(*)::int as n from assignment a where a.agency_id = $1 and ${where} group by 1`,
    values,
  })
  return new Map(rows.map((r) => [r.member_id, r.n]))
}
