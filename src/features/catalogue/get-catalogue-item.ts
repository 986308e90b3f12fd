import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { notFound } from '../../server/refusal.ts'
import type { getCatalogueItem as contract } from './contract.ts'
import { itemAnswer, itemColumns, type ItemRow } from './item-answer.ts'
import { offerOf, termsOf } from './offer.ts'

/** One item on sale; 404 when it is not, or when the agency keeps it back and the caller is no owner. */
export async function getCatalogueItem(
  ctx: Ctx,
  { params }: InputOf<typeof contract>,
): Promise<AnswerOf<typeof contract>> {
  return readItem(ctx, params.id)
}

/** The same by the bare id. */
export async function readItem(ctx: Ctx, id: string): Promise<AnswerOf<typeof contract>> {
  const terms = await termsOf(ctx)
  const offer = offerOf(ctx, terms)
  const { rows } = await ctx.tx.client.query<ItemRow>({
    text: `select ${itemColumns(offer)} from ${offer.from} where ${offer.where.join(' and ')} and i.id = ${offer.s.add(id, 'uuid')}`,
    values: offer.s.values,
  })
  const row = rows[0]
  if (!row || ((row.hidden_item || row.hidden_rule) && !ctx.may('catalogue.manage'))) throw notFound()
  return itemAnswer(ctx, terms, row)
}
