import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import type { Ctx } from '../../server/context.ts'
import { Refusal } from '../../server/refusal.ts'
import type { changeParent as contract } from './contract.ts'
import { readMember } from './get-member.ts'
import { lockMembership } from './lock-membership.ts'
import { auditedMember, checkVersion, memberToChange } from './member-to-change.ts'
import { checkPlace } from './place-rules.ts'

/** Moves a sub-account and its team; 409 `member.cycle` below itself. What it sees follows its new place. */
export async function changeParent(
  ctx: Ctx,
  { params, body }: InputOf<typeof contract>,
): Promise<AnswerOf<typeof contract>> {
  await lockMembership(ctx)
  const member = await memberToChange(ctx, params.id, { others: true })
  await checkVersion(ctx, member, body.version)
  if (body.parentId !== member.parentId) {
    await refuseCycle(ctx, member.id, body.parentId)
    await checkPlace(ctx, member.role, body.parentId)
    await ctx.db
      .updateTable('member')
      .set({ parent_id: body.parentId, version: member.version + 1 })
      .where('agency_id', '=', ctx.agencyId)
      .where('id', '=', member.id)
      .execute()
    const idOf = (id: string | null) => (id === null ? null : toPublicId('member', id))
    ctx.audit({
      action: 'member.moved',
      ...auditedMember(member),
      data: { before: { parentId: idOf(member.parentId) }, after: { parentId: idOf(body.parentId) } },
    })
    ctx.publish({ agencyId: ctx.agencyId, kind: 'members' })
  }
  return readMember(ctx, member.id)
}

/** Refuses to place a member below itself. The database would too, but with an error instead of a reason. */
export async function refuseCycle(ctx: Ctx, memberId: string, parentId: string | null): Promise<void> {
  const [below] = await ctx.tx.query(
    'is_below',
    `select 1 from member_closure where agency_id = $1 and ancestor_id = $2 and descendant_id = $3`,
    [ctx.agencyId, memberId, parentId],
  )
  if (below) throw new Refusal(409, 'member.cycle')
}
