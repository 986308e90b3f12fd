import type { InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { Refusal, notFound } from '../../server/refusal.ts'
import { changeOrder } from './change-order.ts'
import type * as contract from './contract.ts'
import { orderInSight } from './order-in-sight.ts'
import { readOrder, type OrderAnswer } from './read-order.ts'

/**
 * Asks for a correction of a delivery: the order is in progress again until the operator hands in another proof
 * or pays back. 409 `order.state`, or `order.delivery_settled` when that delivery is contested or paid back.
 */
export async function contestDelivery(
  ctx: Ctx,
  { params, body }: InputOf<typeof contract.contestDelivery>,
): Promise<OrderAnswer> {
  const order = await orderInSight(ctx, params.id)
  const delivery = await ctx.db
    .selectFrom('order_delivery')
    .select(['id', 'line_id', 'state'])
    .where('agency_id', '=', ctx.agencyId)
    .where('order_id', '=', params.id)
    .where('id', '=', body.deliveryId)
    .executeTakeFirst()
  if (!delivery) throw notFound()
  if (delivery.state !== 'given') throw new Refusal(409, 'order.delivery_settled')
  await ctx.db
    .updateTable('order_delivery')
    .set({ state: 'contested', contest_reason: body.reason })
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', delivery.id)
    .execute()
  const line = order.lines.find((l) => l.id === delivery.line_id)
  await changeOrder(ctx, order, { event: 'contest', reason: body.reason, data: { title: line?.title } })
  return readOrder(ctx, params.id)
}
