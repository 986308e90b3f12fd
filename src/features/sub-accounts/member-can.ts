import { agencyOf, memberOf, type Ctx } from '../../server/context.ts'
import type { Role } from '../../contract/rights.ts'
import type { MemberState } from './contract.ts'
import { parentRolesOf } from './hierarchy.ts'

/** What a right depends on, besides the caller. */
type Facts = { id: string; role: Role; state: MemberState; parentId: string | null }

/**
 * What the caller may do to a member it sees. What it sees besides itself is below it, so seeing is enough;
 * on itself nobody changes place or access. While acting read-only everything stays as it is.
 */
export function memberCan(ctx: Ctx, member: Facts) {
  const you = memberOf(ctx)
  const { mode } = agencyOf(ctx)
  const other = member.id !== you.memberId
  const pending = member.state === 'invited' || member.state === 'expired'
  const edit = ctx.may('members.edit') && (other || you.role === 'owner')
  return {
    edit,
    // An owner may step down: `edit` on oneself is an owner's.
    changeRole: edit,
    move: edit && other && (parentRolesOf(mode, member.role).length > 0 || member.parentId !== null),
    assign: ctx.may('clients.assign') && member.state !== 'disabled',
    disable: ctx.may('members.disable') && other && member.state === 'active',
    enable: ctx.may('members.disable') && other && member.state === 'disabled',
    resendInvitation: ctx.may('members.invite') && pending,
    revokeInvitation: ctx.may('members.invite') && pending && other,
    actAs: ctx.may('members.actAs') && other && member.state === 'active' && member.role !== 'owner',
  }
}
