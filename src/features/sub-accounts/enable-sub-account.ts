import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { Refusal } from '../../server/refusal.ts'
import type { enableSubAccount as contract } from './contract.ts'
import { readMember } from './get-member.ts'
import { lockMembership } from './lock-membership.ts'
import { auditedMember, memberToChange, type MemberToChange } from './member-to-change.ts'

/**
 * Opens a closed sub-account again (A12): the dormant assignments count again, the holder signs in with the
 * password it had. Who never accepted its invitation is invited again, by the button on its page.
 */
export async function enableSubAccount(
  ctx: Ctx,
  { params }: InputOf<typeof contract>,
): Promise<AnswerOf<typeof contract>> {
  await lockMembership(ctx)
  const member = await memberToChange(ctx, params.id, { others: true })
  if (member.state !== 'disabled') throw new Refusal(409, 'member.not_disabled')
  await openAccess(ctx, member)
  ctx.audit({ action: 'member.enabled', ...auditedMember(member) })
  ctx.publish({ agencyId: ctx.agencyId, kind: 'members' })
  return readMember(ctx, member.id)
}

/** Opens a closed access; the caller holds the membership lock, checks who may, and audits. */
export async function openAccess(ctx: Ctx, member: MemberToChange): Promise<void> {
  await ctx.db
    .updateTable('member')
    .set({ state: member.joined ? 'active' : 'invited', disabled_at: null, version: member.version + 1 })
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', member.id)
    .execute()
  await ctx.db
    .updateTable('realm_user')
    .set({ state: 'active' })
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', member.userId)
    .execute()
}
