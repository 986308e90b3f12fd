import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { spendToken } from '../../server/one-time-token.ts'
import { Refusal } from '../../server/refusal.ts'
import type { Exchange } from '../../server/route.ts'
import { openSession } from '../sign-in/public.ts'
import type { CrossingMethod } from './crossing.ts'
import type { crossHost as contract } from './contract.ts'

/** Enters this host signed in: the code works once, here and within 60 seconds; else 410. */
export async function crossHost(
  ctx: Ctx,
  { body }: InputOf<typeof contract>,
  { reply }: Exchange,
): Promise<AnswerOf<typeof contract>> {
  const { userId, payload } = await spendToken(ctx, 'host_crossing', body.code)
  const user = await ctx.db
    .selectFrom('realm_user')
    .select('id')
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', userId)
    .where('state', '=', 'active')
    .executeTakeFirst()
  if (!user) throw new Refusal(410, 'link.spent')
  await openSession(ctx, reply, user.id, payload['method'] as CrossingMethod, false)
  return {}
}
