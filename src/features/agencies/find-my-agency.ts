import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { sendAgencyList } from './jobs.ts'
import type { findMyAgency as contract } from './contract.ts'

/**
 * Answers at once and alike for every address: looking it up and writing are a job's, so that neither the
 * answer nor its time says whether the address is known.
 */
export async function findMyAgency(
  ctx: Ctx,
  { body }: InputOf<typeof contract>,
): Promise<AnswerOf<typeof contract>> {
  await ctx.enqueue(sendAgencyList, { email: body.email, locale: ctx.locale })
  return {}
}
