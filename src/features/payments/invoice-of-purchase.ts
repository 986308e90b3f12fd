import type { Ctx } from '../../server/context.ts'
import type { PaidPurchase } from './purchase.ts'

/** The invoice of a payment, made out to the payer as it is now. */
export async function invoiceOfPurchase(
  _ctx: Ctx,
  _purchase: PaidPurchase,
): Promise<{ invoiceId: string; number: string } | null> {
  return null
}
