import { memberOf, type Ctx } from '../../server/context.ts'
import { Refusal } from '../../server/refusal.ts'

/**
 * Makes changes of roles, places and accesses of one agency wait for each other, so that none is decided on
 * what another is about to change (last owner, cycles). Whoever lost its own access while waiting is refused.
 */
export async function lockMembership(ctx: Ctx): Promise<void> {
  await ctx.tx.query('lock_membership', `select 1 from agency where agency_id = $1 for no key update`, [
    ctx.agencyId,
  ])
  const you = memberOf(ctx)
  const [still] = await ctx.tx.query<{ role: string }>(
    'still_member',
    `select role from member where agency_id = $1 and id = $2 and state = 'active'`,
    [ctx.agencyId, you.memberId],
  )
  if (still?.role !== you.role) throw new Refusal(401, 'session.required')
}

/** Refuses (409 `member.last_owner`) to leave the agency without an owner that can sign in. Call under the lock. */
export async function keepAnOwner(ctx: Ctx, exceptMemberId: string): Promise<void> {
  const [row] = await ctx.tx.query<{ owners: number }>(
    'other_owners',
    `select count(*)::int as owners from member m join realm_user u on u.agency_id = m.agency_id and u.id = m.user_id and u.state = 'active'
     where m.agency_id = $1 and m.role = 'owner' and m.state = 'active' and m.id <> $2`,
    [ctx.agencyId, exceptMemberId],
  )
  if (!row || row.owners === 0) throw new Refusal(409, 'member.last_owner')
}
