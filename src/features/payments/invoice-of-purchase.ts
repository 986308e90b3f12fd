import type { Ctx } from '../../server/context.ts'
import { issueInvoice } from '../invoices/public.ts'
import type { Fulfilment, PaidPurchase } from './purchase.ts'

/** The invoice of a payment, made out to the identity it was offered to; a deposit's for prepaid credit. */
export function invoiceOfPurchase(
  ctx: Ctx,
  purchase: PaidPurchase,
  fulfilment: Fulfilment,
  prepaid: readonly { amount: string; of: string | null }[],
): Promise<{ invoiceId: string; number: string }> {
  return issueInvoice(ctx, {
    seller: 'operator',
    payer: purchase.payer,
    buyer: purchase.buyer,
    kind: fulfilment.deposit ? 'deposit' : 'invoice',
    lines: purchase.lines,
    currency: purchase.currency,
    prepaidUsed: purchase.prepaidPaid,
    prepaidParts: prepaid.map((p) => ({ hostedAccountId: p.of, amount: BigInt(p.amount) })),
    ...(purchase.prepaidOf !== null && { prepaidOf: purchase.prepaidOf }),
    cardPaid: purchase.cardPaid,
    paidAt: ctx.now,
    reference: { kind: 'purchase', id: purchase.id },
  })
}
