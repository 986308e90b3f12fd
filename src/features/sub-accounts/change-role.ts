import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import type { Role } from '../../contract/rights.ts'
import { agencyOf, type Ctx } from '../../server/context.ts'
import { Refusal } from '../../server/refusal.ts'
import { namesOf, refuseCycle } from './change-parent.ts'
import type { changeRole as contract } from './contract.ts'
import { readMember } from './get-member.ts'
import { mayStandUnder, parentRolesOf } from './hierarchy.ts'
import { keepAnOwner, lockMembership } from './lock-membership.ts'
import { auditedMember, checkVersion, memberToChange } from './member-to-change.ts'
import { checkPlace, checkRole } from './place-rules.ts'

/**
 * Gives a sub-account another role (A12, C11). Owners stand at the root; for the other roles the place is kept
 * unless the role can't have it or another is named. 409 while somebody or some client hangs below that the new
 * role can't have there, or when the agency's last owner would go: an owner may step down while another one stays.
 */
export async function changeRole(
  ctx: Ctx,
  { params, body }: InputOf<typeof contract>,
): Promise<AnswerOf<typeof contract>> {
  await lockMembership(ctx)
  const member = await memberToChange(ctx, params.id)
  await checkVersion(ctx, member, body.version)
  if (body.role !== member.role) checkRole(ctx, body.role)
  const parentId =
    body.parentId !== undefined
      ? body.parentId
      : parentRolesOf(agencyOf(ctx).mode, body.role).length === 0
        ? null
        : member.parentId
  if (body.role === member.role && parentId === member.parentId) return readMember(ctx, member.id)
  await refuseCycle(ctx, member.id, parentId)
  await checkPlace(ctx, body.role, parentId)
  await checkBelow(ctx, member.id, body.role)
  if (member.role === 'owner') await keepAnOwner(ctx, member.id)
  await ctx.db
    .updateTable('member')
    .set({ role: body.role, parent_id: parentId, version: member.version + 1 })
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', member.id)
    .execute()
  ctx.audit({
    action: 'member.role_changed',
    ...auditedMember(member),
    data: {
      changes: {
        ...(body.role !== member.role && { role: [member.role, body.role] }),
        ...(parentId !== member.parentId && { parent: await namesOf(ctx, [member.parentId, parentId]) }),
      },
    },
  })
  ctx.publish({ agencyId: ctx.agencyId, kind: 'members' })
  return readMember(ctx, member.id)
}

/** Refuses a role that can't have the team or the portfolio the member has now. */
async function checkBelow(ctx: Ctx, memberId: string, role: Role): Promise<void> {
  const { mode } = agencyOf(ctx)
  const children = await ctx.db
    .selectFrom('member')
    .select('role')
    .distinct()
    .where('agency_id', '=', ctx.agencyId)
    .where('parent_id', '=', memberId)
    .execute()
  if (children.some((child) => !mayStandUnder(mode, child.role as Role, role)))
    throw new Refusal(409, 'member.has_team')
  if (role !== 'client') return
  // A portfolio is a staff member's: clients would wait with a client.
  const home = await ctx.db
    .selectFrom('client')
    .select('id')
    .where('agency_id', '=', ctx.agencyId)
    .where('home_id', '=', memberId)
    .limit(1)
    .executeTakeFirst()
  if (home) throw new Refusal(409, 'member.has_portfolio')
}
