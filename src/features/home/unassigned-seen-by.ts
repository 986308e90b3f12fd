import { memberOf, type Ctx } from '../../server/context.ts'
import { visibleClientCondition } from '../access/public.ts'

/**
 * How many members, at work or invited, see at least one of the unassigned clients that the viewer sees, and
 * how many of them are clients' own people (A21, A23): the reason to assign them.
 */
export async function unassignedSeenBy(ctx: Ctx): Promise<{ members: number; clientMembers: number }> {
  const viewer = memberOf(ctx)
  const mine = visibleClientCondition(viewer, 'c', '$1', '$2')
  const theirs = visibleClientCondition({ role: 'consultant' }, 'c', '$1', 'm.id')
  const [row] = await ctx.tx.query<{ members: number; clients: number }>(
    `unassigned_seen_by_${viewer.role}`,
    `select count(*)::int as members, count(*) filter (where m.role = 'client')::int as clients
     from member m
     where m.agency_id = $1 and $2::uuid is not null and m.state <> 'disabled' and (m.role = 'owner' or exists (
       select from client c where c.agency_id = $1 and c.assignee_count = 0 and c.status <> 'archived' and ${mine} and ${theirs}))`,
    [ctx.agencyId, viewer.memberId],
  )
  return { members: row?.members ?? 0, clientMembers: row?.clients ?? 0 }
}
