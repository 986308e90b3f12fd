import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import type { Ctx } from '../../server/context.ts'
import { Refusal } from '../../server/refusal.ts'
import { changeOrder, lockOrder } from './change-order.ts'
import type * as contract from './contract.ts'
import { orderInSight } from './order-in-sight.ts'
import { readOrder, type OrderAnswer } from './read-order.ts'

/** Says that what was delivered is as ordered; nothing more is due. 409 `order.state` unless it is delivered. */
export async function approveOrder(
  ctx: Ctx,
  { params }: InputOf<typeof contract.approveOrder>,
): Promise<OrderAnswer> {
  await changeOrder(ctx, await orderInSight(ctx, params.id), { event: 'approve' })
  return readOrder(ctx, params.id)
}

/** The same for several: those that are not delivered any more are named, the others approved. */
export async function approveOrders(
  ctx: Ctx,
  { body }: InputOf<typeof contract.approveOrders>,
): Promise<AnswerOf<typeof contract.approveOrders>> {
  const refused: string[] = []
  // In one order of ids, so that two at once never wait for each other.
  const ids = [...new Set(body.ids)].toSorted()
  for (const id of ids) {
    try {
      await changeOrder(ctx, await orderInSight(ctx, id), { event: 'approve' })
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'order.state') throw error
      refused.push(toPublicId('order', id))
    }
  }
  return { approved: ids.length - refused.length, refused }
}

/** Approves an order whose time to answer is over; anything else is left as it is. */
export async function approveIfUnanswered(ctx: Ctx, orderId: string): Promise<void> {
  const order = await lockOrder(ctx, orderId)
  if (order.row.state !== 'delivered' || order.row.approves_at === null) return
  if (Temporal.Instant.compare(Temporal.Instant.from(order.row.approves_at), ctx.now) > 0) return
  await changeOrder(ctx, order, { event: 'auto_approve' })
}
