import type { InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { Refusal } from '../../server/refusal.ts'
import type * as contract from './contract.ts'
import { purchaseAnswer, purchaseInSight, type PurchaseAnswer } from './purchase-answer.ts'
import { fulfilmentOf, linesOf, paidPurchase } from './purchase.ts'

/** Gives a failed purchase up: 409 `purchase.not_failed`, or `purchase.not_cancellable` for what is owed (renewals). */
export async function cancelPurchase(
  ctx: Ctx,
  { params }: InputOf<typeof contract.cancelPurchase>,
): Promise<PurchaseAnswer> {
  const row = await purchaseInSight(ctx, params.id, true)
  if (row.state !== 'failed') throw new Refusal(409, 'purchase.not_failed')
  const { cancelled } = fulfilmentOf(ctx, row.kind)
  if (!cancelled) throw new Refusal(409, 'purchase.not_cancellable')
  const lines = (await linesOf(ctx, [row.id])).get(row.id) ?? []
  await cancelled(ctx, paidPurchase(row, lines))
  ctx.audit({
    action: 'purchase.cancelled',
    clientId: row.client_id,
    entity: { kind: 'purchase', id: row.id, name: lines[0]?.label ?? row.kind },
  })
  return purchaseAnswer(ctx, await markCancelled(ctx, row.id))
}

function markCancelled(ctx: Ctx, id: string) {
  return ctx.db
    .updateTable('purchase')
    .set({ state: 'cancelled' })
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
}
