import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import type { updateMember as contract } from './contract.ts'
import { readMember } from './get-member.ts'
import { auditedMember, checkVersion, memberToChange } from './member-to-change.ts'
import { checkSeesUnassigned } from './place-rules.ts'

/** Edits a sub-account's name, job, telephone, and whether it sees the clients assigned to nobody (A12, A21). */
export async function updateMember(
  ctx: Ctx,
  { params, body }: InputOf<typeof contract>,
): Promise<AnswerOf<typeof contract>> {
  const member = await memberToChange(ctx, params.id)
  await checkVersion(ctx, member, body.version)
  if (body.seesUnassigned !== undefined && body.seesUnassigned !== member.seesUnassigned)
    await checkSeesUnassigned(ctx, body.seesUnassigned)
  const { name, jobTitle, phone, seesUnassigned } = body
  const changes: Record<string, [before: unknown, after: unknown]> = {}
  for (const [field, value] of Object.entries({ name, jobTitle, phone, seesUnassigned })) {
    const old = member[field as 'name' | 'jobTitle' | 'phone' | 'seesUnassigned']
    if (value !== undefined && value !== old) changes[field] = [old, value]
  }
  if (Object.keys(changes).length > 0) {
    if (changes.name)
      await ctx.db
        .updateTable('realm_user')
        .set({ name: changes.name[1] as string })
        .where('agency_id', '=', ctx.agencyId)
        .where('id', '=', member.userId)
        .execute()
    await ctx.db
      .updateTable('member')
      .set({
        ...(changes.jobTitle && { job_title: changes.jobTitle[1] as string | null }),
        ...(changes.phone && { phone: changes.phone[1] as string | null }),
        ...(changes.seesUnassigned && { sees_unassigned: changes.seesUnassigned[1] as boolean }),
        version: member.version + 1,
      })
      .where('agency_id', '=', ctx.agencyId)
      .where('id', '=', member.id)
      .execute()
    ctx.audit({
      action: 'member.updated',
      ...auditedMember({ id: member.id, name: body.name ?? member.name }),
      data: { changes },
    })
    ctx.publish({ agencyId: ctx.agencyId, kind: 'members' })
  }
  return readMember(ctx, member.id)
}
