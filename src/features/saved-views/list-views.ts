import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import type { listViews as contract } from './contract.ts'
import { viewAnswer, visibleViews } from './visible-views.ts'

/** The subject's views of a list, its own and the shared ones, in its own order. */
export async function listViews(
  ctx: Ctx,
  { query }: InputOf<typeof contract>,
): Promise<AnswerOf<typeof contract>> {
  const rows = await visibleViews(ctx, query.page)
  return { data: rows.map((v) => viewAnswer(ctx, v)), can: { share: ctx.may('views.share') } }
}
