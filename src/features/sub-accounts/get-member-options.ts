import type { AnswerOf } from '../../contract/endpoint.ts'
import { agencyOf, memberOf, type Ctx } from '../../server/context.ts'
import type { getMemberOptions as contract } from './contract.ts'
import { parentRolesOf, rolesGivenBy } from './hierarchy.ts'
import { mayGrantUnassigned } from './place-rules.ts'

/** Roles the caller may give and their places. */
export async function getMemberOptions(ctx: Ctx): Promise<AnswerOf<typeof contract>> {
  const you = memberOf(ctx)
  const { mode, kind } = agencyOf(ctx)
  const given = rolesGivenBy(mode, kind, you.role)
  return {
    canInvite: ctx.may('members.invite') && given.length > 0,
    roles: given.map((role) => ({
      role,
      parentRoles: [...parentRolesOf(mode, role)],
      parentRequired: you.role !== 'owner',
    })),
    canGrantUnassigned: await mayGrantUnassigned(ctx),
  }
}
