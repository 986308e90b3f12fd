import { memberOf, type Ctx } from '../../server/context.ts'

/** Members below the viewer (all of the agency for an owner) at work, and those still to answer their invitation. */
export async function countMembers(ctx: Ctx): Promise<{ active: number; invited: number }> {
  const { role, memberId } = memberOf(ctx)
  const [row] = await ctx.tx.query<{ active: number; invited: number }>(
    'home_members',
    `select count(*) filter (where m.state = 'active')::int as active, count(*) filter (where m.state = 'invited')::int as invited
     from member m where m.agency_id = $1
       and ($2 or m.id in (select descendant_id from member_closure where agency_id = $1 and ancestor_id = $3))`,
    [ctx.agencyId, role === 'owner', memberId],
  )
  return row ?? { active: 0, invited: 0 }
}
