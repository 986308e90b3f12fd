import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { notFound } from '../../server/refusal.ts'
import type { reorderViews as contract } from './contract.ts'
import { placeView } from './place-view.ts'
import { visibleViews } from './visible-views.ts'

/** Puts the subject's tabs in the order given, then the ones left out; 404 when one is none of its views. */
export async function reorderViews(
  ctx: Ctx,
  { body }: InputOf<typeof contract>,
): Promise<AnswerOf<typeof contract>> {
  const known = (await visibleViews(ctx, body.page)).map((v) => v.id)
  const wanted = [...new Set(body.ids)]
  if (wanted.some((id) => !known.includes(id))) throw notFound()
  const order = [...wanted, ...known.filter((id) => !wanted.includes(id))]
  for (const [position, id] of order.entries()) await placeView(ctx, id, { position })
  return {}
}
