import type { Ctx } from '../../server/context.ts'
import type { ClientFacts } from './client-facts.ts'

/** What decides the pool of unassigned clients for each member: its switch, and whether it is in the team of the client's home. */
export async function readUnseeing(
  ctx: Ctx,
  memberIds: readonly string[],
  client: ClientFacts,
): Promise<Map<string, { seesUnassigned: boolean; belowHome: boolean }>> {
  const rows = await ctx.tx.query<{ id: string; sees_unassigned: boolean; below_home: boolean }>(
    'unseeing',
    `select m.id, m.sees_unassigned, $3::uuid is null or k.depth is not null as below_home
     from member m left join member_closure k on k.agency_id = m.agency_id and k.ancestor_id = $3 and k.descendant_id = m.id
     where m.agency_id = $1 and m.id = any($2::uuid[])`,
    [ctx.agencyId, memberIds, client.home?.id ?? null],
  )
  return new Map(rows.map((r) => [r.id, { seesUnassigned: r.sees_unassigned, belowHome: r.below_home }]))
}
