import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { memberOf, type Ctx } from '../../server/context.ts'
import { clientRowAnswer } from './client-rows.ts'
import type { listUnassignedQueue as contract } from './contract.ts'
import { readClients } from './read-clients.ts'

// Who sees an unassigned client depends on its home alone (domain.md, "Unassigned pool"), so that people are
// compared with the homes of a page, not with its clients. Owners know every name; others the names of their
// branch, of those above them and of the owners; everybody else is counted only.
const seersSql = `
select h.home_id, count(*)::int as total, count(*) filter (where m.role = 'client')::int as clients,
  (array_agg(u.name order by array_position(array['owner', 'manager', 'consultant', 'client'], m.role), u.name) filter (where
    $3 or m.role = 'owner'
    or exists (select from member_closure k where k.agency_id = $1 and k.ancestor_id = $4 and k.descendant_id = m.id)
    or exists (select from member_closure k where k.agency_id = $1 and k.descendant_id = $4 and k.ancestor_id = m.id)))[1:5] as names
from unnest($2::uuid[]) as h(home_id)
join member m on m.agency_id = $1 and m.state <> 'disabled' and (m.role = 'owner'
  or (m.sees_unassigned and (h.home_id is null
    or exists (select from member_closure k where k.agency_id = $1 and k.ancestor_id = h.home_id and k.descendant_id = m.id)))
  or exists (select from member_closure k where k.agency_id = $1 and k.ancestor_id = m.id and k.descendant_id = h.home_id))
join realm_user u on u.agency_id = $1 and u.id = m.user_id
group by h.home_id`

type Seers = { home_id: string | null; total: number; clients: number; names: string[] | null }

/** The unassigned clients the subject sees, the longest waiting first, each with who sees it (A22, A23). */
export async function listUnassignedQueue(
  ctx: Ctx,
  { query }: InputOf<typeof contract>,
): Promise<AnswerOf<typeof contract>> {
  const page = await readClients(ctx, { filter: { unassigned: true }, sort: 'createdAt', ...query })
  const homes = [...new Set(page.rows.map((r) => r.home_id))]
  const asker = memberOf(ctx)
  const seers = await ctx.tx.query<Seers>('unassigned_seers', seersSql, [
    ctx.agencyId,
    homes,
    asker.role === 'owner',
    asker.memberId,
  ])
  // A client's own people learn how many see it, not who is in the agency.
  const mayName = ctx.may('access.explain')
  const byHome = new Map(seers.map((s) => [s.home_id, s]))
  return {
    data: page.rows.map((r) => {
      const s = byHome.get(r.home_id)
      return {
        ...clientRowAnswer(ctx, r),
        seenBy: { total: s?.total ?? 0, clients: s?.clients ?? 0, names: mayName ? (s?.names ?? []) : [] },
      }
    }),
    nextCursor: page.nextCursor,
  }
}
