import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import type { Ctx } from '../../server/context.ts'
import { within } from '../../server/within.ts'
import type { createCreditNote as contract } from './contract.ts'
import { issueCreditNote } from './issue-credit-note.ts'
import { registeredBuyer } from './registered-buyer.ts'

/**
 * The operator gives back all or part of an invoice of its register. No money moves (`refundPurchase` does both):
 * the note says what is left to give back.
 */
export async function createCreditNote(
  ctx: Ctx,
  { params, body }: InputOf<typeof contract>,
): Promise<AnswerOf<typeof contract>> {
  const buyer = await registeredBuyer(ctx, params.id)
  const { reason, amount } = body
  const { invoiceId, number } = await within(ctx, buyer, (inner) => {
    inner.actor = ctx.actor
    return issueCreditNote(inner, {
      invoiceId: params.id,
      reason,
      lines: amount
        ? [
            {
              label: amount.label,
              net: BigInt(amount.net.amount),
              vatRateBasisPoints: amount.vatRateBasisPoints,
              kind: 'correction',
            },
          ]
        : 'rest',
    })
  })
  return { id: toPublicId('invoice', invoiceId), number }
}
