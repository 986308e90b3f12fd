import type { Role } from '../../contract/rights.ts'
import { agencyOf, memberOf, type Ctx } from '../../server/context.ts'
import { invalid } from '../../server/refusal.ts'
import { mayStandUnder, parentRolesOf, rolesGivenBy } from './hierarchy.ts'
import { visibleMembers } from './visible-members.ts'

/** Refuses (422 on `role`) a role that the mode does not have, or that is not the caller's to give. */
export function checkRole(ctx: Ctx, role: Role): void {
  const { mode, kind } = agencyOf(ctx)
  if (!rolesGivenBy(mode, kind, memberOf(ctx).role).includes(role))
    throw invalid({ role: 'member.role_not_given' })
}

/**
 * Refuses (422 on `parentId`) a place that does not suit the role: a parent the caller doesn't see, of a role
 * that has no such team in this mode, disabled; or the root, where only owners place people.
 */
export async function checkPlace(ctx: Ctx, role: Role, parentId: string | null): Promise<void> {
  const { mode } = agencyOf(ctx)
  if (parentId === null) {
    if (memberOf(ctx).role !== 'owner') throw invalid({ parentId: 'member.parent_required' })
    return
  }
  const parent = await visibleMembers(ctx)
    .select(['member.role', 'member.state'])
    .where('member.id', '=', parentId)
    .executeTakeFirst()
  if (!parent || parentRolesOf(mode, role).length === 0 || !mayStandUnder(mode, role, parent.role as Role))
    throw invalid({ parentId: 'member.parent_unsuited' })
  if (parent.state === 'disabled') throw invalid({ parentId: 'member.parent_disabled' })
}

/** Whether the caller may let others see the clients assigned to nobody: only who sees them itself. */
export async function mayGrantUnassigned(ctx: Ctx): Promise<boolean> {
  const you = memberOf(ctx)
  if (you.role === 'owner') return true
  const row = await visibleMembers(ctx)
    .select('member.sees_unassigned')
    .where('member.id', '=', you.memberId)
    .executeTakeFirst()
  return row?.sees_unassigned ?? false
}

/** Refuses (422 on `seesUnassigned`) to open to others what the caller doesn't see. */
export async function checkSeesUnassigned(ctx: Ctx, seesUnassigned: boolean): Promise<void> {
  if (seesUnassigned && !(await mayGrantUnassigned(ctx)))
    throw invalid({ seesUnassigned: 'member.unassigned_not_yours' })
}
