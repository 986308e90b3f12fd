import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import type { Ctx } from '../../server/context.ts'
import { notFound } from '../../server/refusal.ts'
import { within } from '../../server/within.ts'
import type { createCreditNote as contract } from './contract.ts'
import { issueCreditNote } from './issue-credit-note.ts'

/**
 * The operator gives back all or part of an invoice of its register. The money is another matter: the note
 * says what is left to give back.
 */
export async function createCreditNote(
  ctx: Ctx,
  { params, body }: InputOf<typeof contract>,
): Promise<AnswerOf<typeof contract>> {
  const [entry] = await ctx.tx.query<{ buyer_agency_id: string }>(
    'registered_document',
    `select buyer_agency_id from issued_document where agency_id = $1 and document_id = $2`,
    [ctx.agencyId, params.id],
  )
  if (!entry) throw notFound()
  const { reason, amount } = body
  const { invoiceId, number } = await within(ctx, entry.buyer_agency_id, (inner) => {
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
