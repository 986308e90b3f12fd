import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import type * as contract from './contract.ts'
import type { Opening } from './contract.ts'
import { openingAnswer, readOpening } from './opening-rows.ts'

/** Where an opening stands. */
export async function getOpening(
  ctx: Ctx,
  { params }: InputOf<typeof contract.getOpening>,
): Promise<Opening> {
  return openingAnswer(ctx, await readOpening(ctx, params.id))
}

/** Openings of the last week that wait for something: payment, preparation, or the password being shown. */
export async function listOpenings(ctx: Ctx): Promise<AnswerOf<typeof contract.listOpenings>> {
  const rows = await ctx.db
    .selectFrom('account_opening')
    .selectAll()
    .where('agency_id', '=', ctx.agencyId)
    .where('asked_at', '>', ctx.now.subtract({ hours: 24 * 7 }).toString())
    .where((eb) => eb.or([eb('state', 'in', ['paying', 'preparing']), eb('secret', 'is not', null)]))
    .orderBy('id', 'desc')
    .limit(20)
    .execute()
  const data: Opening[] = []
  for (const row of rows) data.push(await openingAnswer(ctx, row))
  return { data }
}
