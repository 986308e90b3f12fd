import type { InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import type * as contract from './contract.ts'
import { purchaseAnswer, purchaseInSight, type PurchaseAnswer } from './purchase-answer.ts'

/** A purchase in sight, with where its payment stands. */
export async function getPurchase(
  ctx: Ctx,
  { params }: InputOf<typeof contract.getPurchase>,
): Promise<PurchaseAnswer> {
  return purchaseAnswer(ctx, await purchaseInSight(ctx, params.id))
}
