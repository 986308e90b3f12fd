import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { within } from '../../server/within.ts'
import { registeredBuyer } from '../invoices/public.ts'
import type { getRefundable as contract } from './contract.ts'
import { refundableOf } from './refundable.ts'

/** What `refundPurchase` could give back of an invoice, and where it would go; refused as it would be. */
export async function getRefundable(
  ctx: Ctx,
  { params }: InputOf<typeof contract>,
): Promise<AnswerOf<typeof contract>> {
  return within(ctx, await registeredBuyer(ctx, params.id), async (inner) => {
    const r = await refundableOf(inner, params.id)
    const money = (amount: bigint) => ({ amount: Number(amount), currency: r.purchase.currency })
    return {
      card: money(r.cardLeft),
      prepaid: money(r.left - r.cardLeft),
      pending: r.pending,
      failure: r.failure,
    }
  })
}
