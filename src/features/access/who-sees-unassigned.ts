import type { AnswerOf } from '../../contract/endpoint.ts'
import { memberOf, type Ctx } from '../../server/context.ts'
import type { whoSeesUnassigned as contract } from './contract.ts'
import { visibleClientCondition } from './visible-clients.ts'

/**
 * How many clients are assigned to nobody, and how many members see at least one of them (A21 to A23).
 * Counted over the clients that the asker sees; disabled members see nothing.
 */
export async function whoSeesUnassigned(ctx: Ctx): Promise<AnswerOf<typeof contract>> {
  const asker = memberOf(ctx)
  const [row] = await ctx.tx.query<AnswerOf<typeof contract>>(
    `who_sees_unassigned_${asker.role === 'owner'}`,
    unassignedSql(asker.role),
    [ctx.agencyId, asker.memberId],
  )
  return row ?? { clients: 0, members: 0, clientMembers: 0 }
}

// An unassigned client is seen by everybody who may see its home's pool, so that members are compared with the
// few homes, not with the clients.
function unassignedSql(role: string): string {
  return `
  with waiting as materialized (
    select home_id, count(*)::int as n from client
    where agency_id = $1 and assignee_count = 0 and status <> 'archived' and $2::uuid is not null and ${visibleClientCondition({ role })}
    group by home_id),
  seers as (
    select m.role from member m where m.agency_id = $1 and m.state <> 'disabled' and exists (
      select from waiting w where m.role = 'owner'
        or (m.sees_unassigned and (w.home_id is null or exists (select from member_closure k
          where k.agency_id = $1 and k.ancestor_id = w.home_id and k.descendant_id = m.id)))
        or exists (select from member_closure k where k.agency_id = $1 and k.ancestor_id = m.id and k.descendant_id = w.home_id)))
  select (select coalesce(sum(n), 0)::int from waiting) as clients,
    (select count(*)::int from seers) as members,
    (select count(*)::int from seers where role = 'client') as "clientMembers"`
}
