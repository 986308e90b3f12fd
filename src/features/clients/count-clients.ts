import type { Ctx } from '../../server/context.ts'
import { newStatement } from '../../server/statement.ts'
import { clientConditions, viewerFor, wordConditions } from './client-conditions.ts'
import type { ClientFilter } from './contract.ts'
import { runStatement } from './read-clients.ts'

/** Beyond this many a count says 10,001: "plus de 10 000". */
export const countedClients = 10_000

/** How many clients the subject sees through a filter: exact to 10,000, then 10,001. */
export async function countClients(
  ctx: Ctx,
  filter: ClientFilter,
  most: number = countedClients,
): Promise<number> {
  const s = newStatement(ctx)
  if (!filter.q) {
    const viewer = await viewerFor(ctx, isSelective(filter) ? 'page' : 'count')
    const text = `select count(*)::int as n from (select from client c where ${clientConditions(ctx, viewer, filter, s).join(' and ')} limit ${s.add(most + 1, 'integer')}) x`
    const [row] = await runStatement<{ n: number }>(ctx, filter, text, s.values)
    return row?.n ?? 0
  }
  const typed = s.add(filter.q, 'text')
  const among = async (use: 'rows' | 'count') =>
    clientConditions(ctx, await viewerFor(ctx, use), filter, s).join(' and ')
  const text = `with found as materialized (select ids from search_clients(${typed}, ${countedClients}))
    select case when found.ids is null
      then (select count(*) from (select from client c where ${await among('count')} and ${wordConditions(typed)} limit ${s.add(most + 1, 'integer')}) x)
      else (select count(*) from unnest(found.ids) as hit(id) join client c on c.agency_id = $1 and c.id = hit.id where ${await among('rows')}) end::int as n from found`
  const [row] = await runStatement<{ n: number }>(ctx, filter, text, s.values)
  return row?.n ?? 0
}

/** Whether the filter itself leaves few clients: their sight is then asked one by one. */
function isSelective(filter: ClientFilter): boolean {
  return Boolean(filter.mine || filter.unassigned || filter.orphan || filter.assignee || filter.home)
}
