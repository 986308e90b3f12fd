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
  const before: Record<string, unknown> = {}
  const after: Record<string, unknown> = {}
  for (const [field, value] of Object.entries({ name, jobTitle, phone, seesUnassigned })) {
    const old = member[field as 'name' | 'jobTitle' | 'phone' | 'seesUnassigned']
    if (value === undefined || value === old) continue
    before[field] = old
    after[field] = value
  }
  if (Object.keys(after).length > 0) {
    if (after.name !== undefined)
      await ctx.db
        .updateTable('realm_user')
        .set({ name: after.name as string })
        .where('agency_id', '=', ctx.agencyId)
        .where('id', '=', member.userId)
        .execute()
    await ctx.db
      .updateTable('member')
      .set({
        ...('jobTitle' in after && { job_title: after.jobTitle as string | null }),
        ...('phone' in after && { phone: after.phone as string | null }),
        ...('seesUnassigned' in after && { sees_unassigned: after.seesUnassigned as boolean }),
        version: member.version + 1,
      })
      .where('agency_id', '=', ctx.agencyId)
      .where('id', '=', member.id)
      .execute()
    ctx.audit({
      action: 'member.updated',
      ...auditedMember({ id: member.id, name: body.name ?? member.name }),
      data: { before, after },
    })
    ctx.publish({ agencyId: ctx.agencyId, kind: 'members' })
  }
  return readMember(ctx, member.id)
}
