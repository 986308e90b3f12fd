import { memberOf, type Ctx } from '../../server/context.ts'
import type { Named } from './sight-paths.ts'

// Whom explain names: owners know everybody. Others know their branch, the members above them, the owners, and
// whoever is assigned to the client asked about or keeps it in his portfolio (its page names them anyway).
// Everybody else is counted, never named: what goes on in a neighbour's team is not theirs to read.
const knownMembersSql = `
select m.id, u.name, m.role, m.state,
  below.depth is not null as in_branch,
  ($3 or below.depth is not null or above.depth is not null or m.role = 'owner'
    or exists (select from assignment a where a.agency_id = $1 and a.client_id = any($4::uuid[]) and a.member_id = m.id)
    or exists (select from client c where c.agency_id = $1 and c.id = any($4) and c.home_id = m.id)) as nameable
from member m
join realm_user u on u.agency_id = m.agency_id and u.id = m.user_id
left join member_closure below on below.agency_id = $1 and below.ancestor_id = $2 and below.descendant_id = m.id
left join member_closure above on above.agency_id = $1 and above.descendant_id = $2 and above.ancestor_id = m.id
where m.agency_id = $1 and ($5::uuid[] is null or m.id = any($5))
order by m.state = 'disabled', array_position(array['owner', 'manager', 'consultant', 'client'], m.role), search_key(u.name), m.id`

/** Members (null: all) by role and name, disabled ones last, and whether the asker may be told their names about these clients. */
export async function readKnownMembers(
  ctx: Ctx,
  clientIds: readonly string[],
  memberIds: readonly string[] | null,
): Promise<(Named & { nameable: boolean; in_branch: boolean })[]> {
  const asker = memberOf(ctx)
  return ctx.tx.query('known_members', knownMembersSql, [
    ctx.agencyId,
    asker.memberId,
    asker.role === 'owner',
    clientIds,
    memberIds,
  ])
}
