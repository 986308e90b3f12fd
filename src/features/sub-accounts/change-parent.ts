import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
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
    ctx.audit({
      action: 'member.moved',
      ...auditedMember(member),
      data: { changes: { parent: await namesOf(ctx, [member.parentId, body.parentId]) } },
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

/** Names of members, for the journal; null for the root. */
export async function namesOf(ctx: Ctx, ids: (string | null)[]): Promise<(string | null)[]> {
  const rows = await ctx.tx.query<{ id: string; name: string }>(
    'member_names',
    `select m.id, u.name from member m join realm_user u on u.agency_id = m.agency_id and u.id = m.user_id where m.agency_id = $1 and m.id = any($2::uuid[])`,
    [ctx.agencyId, ids.filter((id) => id !== null)],
  )
  return ids.map((id) => rows.find((r) => r.id === id)?.name ?? null)
}
