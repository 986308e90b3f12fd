import type { InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import type * as contract from './contract.ts'
import { purchaseAnswer, purchaseInSight, type PurchaseAnswer } from './purchase-answer.ts'
import { refreshAttempt } from './watch-payment.ts'

/** Asks the provider, outside any transaction, about the purchase's open try; gives the purchase as it is then. */
export async function checkPurchase(
  ctx: Ctx,
  { params }: InputOf<typeof contract.checkPurchase>,
): Promise<PurchaseAnswer> {
  const open = await ctx.apart(async (inner) => {
    const { id } = await purchaseInSight(inner, params.id)
    return inner.db
      .selectFrom('payment_attempt')
      .select('id')
      .where('agency_id', '=', inner.agencyId)
      .where('purchase_id', '=', id)
      .where('state', '=', 'requires_action')
      .executeTakeFirst()
  })
  if (open) await refreshAttempt(ctx.app, ctx.agencyId, open.id, false)
  return ctx.apart(async (inner) => purchaseAnswer(inner, await purchaseInSight(inner, params.id)))
}
