import type { InputOf } from '../../contract/endpoint.ts'
import { subjectOf, type Ctx } from '../../server/context.ts'
import type { updateProfile as contract } from './contract.ts'

/** Changes what is given of the caller's profile. A change of name is audited; preferences are nobody's business. */
export async function updateProfile(
  ctx: Ctx,
  { body }: InputOf<typeof contract>,
): Promise<Record<string, never>> {
  const { userId, memberId, name } = subjectOf(ctx)
  const { timeZone, ...rest } = body
  const change = { ...rest, ...(timeZone !== undefined && { time_zone: timeZone }) }
  if (Object.keys(change).length === 0) return {}
  await ctx.db
    .updateTable('realm_user')
    .set(change)
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', userId)
    .execute()
  if (body.name !== undefined && body.name !== name)
    ctx.audit({
      action: 'user.renamed',
      memberId,
      entity: { kind: 'user', id: userId, name: body.name },
      data: { before: name, after: body.name },
    })
  return {}
}
