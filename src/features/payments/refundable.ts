import type { Ctx } from '../../server/context.ts'
import { Refusal } from '../../server/refusal.ts'
import { creditableOf, type linesOfGross } from '../invoices/public.ts'
import { fulfilmentOf, linesOf, lockPurchases, paidPurchase, type PurchaseRow } from './purchase.ts'

/** What a paid purchase has left to give back, minor units, VAT included. */
export type Refundable = {
  purchase: PurchaseRow
  /** What credit notes have left of the invoice. */
  creditable: Parameters<typeof linesOfGross>[0]
  left: bigint
  /** Of it, at most this goes back to the card; the rest to prepaid credit. */
  cardLeft: bigint
  pending: boolean
  /** Why the last refund failed, if it did. */
  failure: string | null
}

/**
 * The paid purchase of an invoice, locked, with what is left of it. 409 `refund.not_paid_here` when no purchase paid
 * the invoice; `refund.bought_credit` when what was bought is money in a wallet, perhaps spent since.
 */
export async function refundableOf(ctx: Ctx, invoiceId: string): Promise<Refundable> {
  const [found] = await ctx.tx.query<{ id: string }>(
    'purchase_of_invoice',
    `select id from purchase where agency_id = $1 and invoice_id = $2 and state = 'paid'`,
    [ctx.agencyId, invoiceId],
  )
  if (!found) throw new Refusal(409, 'refund.not_paid_here')
  const [purchase] = await lockPurchases(ctx, [found.id])
  if (!purchase) throw new Error(`purchase ${found.id} is gone`)
  const lines = (await linesOf(ctx, [found.id])).get(found.id) ?? []
  const fulfilment = fulfilmentOf(ctx, purchase.kind)
  const received = fulfilment.receivers?.(paidPurchase(purchase, lines)) ?? []
  if (fulfilment.deposit || received.length > 0) throw new Refusal(409, 'refund.bought_credit')
  const creditable = await creditableOf(ctx, invoiceId)
  const refunds = await ctx.tx.query<{
    state: string
    failure_code: string | null
    card: bigint
    all: bigint
  }>(
    'refunds_of_purchase',
    `select state, failure_code, card_amount as card, card_amount + prepaid_amount as "all" from purchase_refund
     where agency_id = $1 and purchase_id = $2 order by id`,
    [ctx.agencyId, found.id],
  )
  const counted = refunds.filter((r) => r.state !== 'failed')
  const paidLeft = counted.reduce((sum, r) => sum - r.all, purchase.gross)
  const noted = creditable.groups.reduce((sum, g) => sum + g.net + g.vat, 0n)
  const left = noted < paidLeft ? noted : paidLeft
  const card = counted.reduce((sum, r) => sum - r.card, purchase.card_paid)
  return {
    purchase,
    creditable,
    left,
    cardLeft: card < left ? card : left,
    pending: refunds.some((r) => r.state === 'pending'),
    failure: refunds.at(-1)?.failure_code ?? null,
  }
}
