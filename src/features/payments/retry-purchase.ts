import type { InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { Refusal } from '../../server/refusal.ts'
import { refuseIncomplete } from '../agency-billing/public.ts'
import type * as contract from './contract.ts'
import { collectPurchases } from './jobs.ts'
import { purchaseAnswer, purchaseInSight, type PurchaseAnswer } from './purchase-answer.ts'
import { payerOf, type PurchaseRow } from './purchase.ts'
import { refuseUnpayable } from './unpayable.ts'

/**
 * Tries a failed purchase again with somebody at the screen: the bank may ask. 409 `purchase.not_failed` when it is
 * being paid or was; refusals of `openPurchase` when it would fail for certain.
 */
export async function retryPurchase(
  ctx: Ctx,
  { params }: InputOf<typeof contract.retryPurchase>,
): Promise<PurchaseAnswer> {
  const row = await purchaseInSight(ctx, params.id, true)
  if (row.state !== 'failed') throw new Refusal(409, 'purchase.not_failed')
  const payer = payerOf(row)
  await refuseIncomplete(ctx, payer)
  await refuseUnpayable(
    ctx,
    { payer, payerId: row.payer_id, currency: row.currency, use: row.use_of, prepaidOf: row.prepaid_of },
    row.gross,
  )
  return purchaseAnswer(ctx, (await collectAgain(ctx, row.id, { attended: true }))!)
}

/**
 * Puts a failed purchase back to be collected; gives it as it is now. `attended`: somebody can answer the bank. With
 * `onlyIfFailed` one that is not failed any more is left alone, and the caller collects it by `collect`.
 */
export async function collectAgain(
  ctx: Ctx,
  purchaseId: string,
  how: { attended: boolean; onlyIfFailed?: boolean },
): Promise<PurchaseRow | undefined> {
  const row = await ctx.db
    .updateTable('purchase')
    .set({ state: 'pending', attended: how.attended, failure_code: null })
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', purchaseId)
    .where('state', '=', 'failed')
    .returningAll()
    .executeTakeFirst()
  if (how.onlyIfFailed) return row
  if (!row) throw new Refusal(409, 'purchase.not_failed')
  await ctx.enqueue(collectPurchases, { ids: [purchaseId] }, { key: `collect:${purchaseId}` })
  return row
}
