import type { Ctx } from '../../server/context.ts'
import { newStatement } from '../../server/statement.ts'
import { clientConditions, searchConditions, viewerFor } from './client-conditions.ts'
import type { ClientFilter } from './contract.ts'
import { countedClients } from './count-clients.ts'

/**
 * Ids of the clients the subject sees through a filter, in id order, from after `after` on: what "all that
 * match" stands for when long work goes over it batch by batch. Clients made since `asOf` are left out.
 */
export async function matchingClientIds(
  ctx: Ctx,
  filter: ClientFilter,
  asOf: string,
  after: string | undefined,
  limit: number,
): Promise<string[]> {
  const s = newStatement(ctx)
  const where = clientConditions(ctx, await viewerFor(ctx, 'count'), filter, s)
  where.push(`c.created_at <= ${s.add(asOf, 'timestamptz')}`)
  if (after !== undefined) where.push(`c.id > ${s.add(after, 'uuid')}`)
  const search = searchConditions(filter.q, countedClients, s)
  const { rows } = await ctx.tx.client.query<{ id: string }>({
    text: `${search.begin} select c.id from client c where ${[...where, ...search.where].join(' and ')} order by c.id limit ${s.add(limit, 'integer')}`,
    values: s.values,
  })
  return rows.map((r) => r.id)
}
