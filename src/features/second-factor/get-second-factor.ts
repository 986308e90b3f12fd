import type { AnswerOf } from '../../contract/endpoint.ts'
import { subjectOf, type Ctx } from '../../server/context.ts'
import type { getSecondFactor as contract } from './contract.ts'

/** Whether signing in asks the caller for a code, and how many recovery codes are left. */
export async function getSecondFactor(ctx: Ctx): Promise<AnswerOf<typeof contract>> {
  const [row] = await ctx.tx.query<{ at: string | null; left: number }>(
    'get_second_factor',
    `select u.totp_confirmed_at as at,
       (select count(*)::int from recovery_code r where r.agency_id = u.agency_id and r.user_id = u.id and r.used_at is null) as left
     from realm_user u where u.agency_id = $1 and u.id = $2`,
    [ctx.agencyId, subjectOf(ctx).userId],
  )
  return { enabledAt: row!.at, recoveryCodesLeft: row!.left }
}
