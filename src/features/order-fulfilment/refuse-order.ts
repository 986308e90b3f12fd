import type { InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { onceIfAsked } from '../../server/idempotency.ts'
import { Refusal } from '../../server/refusal.ts'
import type { Exchange } from '../../server/route.ts'
import { changeOrder, waitingUnits } from '../orders/public.ts'
import type * as contract from './contract.ts'
import { deliveryOf } from './deliver-order.ts'
import { inAgency } from './in-agency.ts'
import { queueOrderOf, type QueueOrder } from './read-queue-order.ts'

/** Refuses what is still to come, all or the units named: their money is free again. */
export async function refuseOrder(
  ctx: Ctx,
  input: InputOf<typeof contract.refuseOrder>,
  { request }: Exchange,
): Promise<QueueOrder> {
  const { params, body } = input
  return inAgency(ctx, params, 'order.refused', (inner, order) =>
    onceIfAsked(inner, request, 'refuseOrder', input, async () =>
      queueOrderOf(
        inner,
        await changeOrder(inner, order, {
          event: 'refuse',
          reason: body.reason,
          moves:
            body.lines ??
            order.lines
              .map((l) => ({ lineId: l.id, quantity: waitingUnits(l) }))
              .filter((m) => m.quantity > 0),
        }),
      ),
    ),
  )
}

/** Pays a delivery back to the client that paid; 409 `order.delivery_settled` when it was already. */
export async function refundDelivery(
  ctx: Ctx,
  input: InputOf<typeof contract.refundDelivery>,
  { request }: Exchange,
): Promise<QueueOrder> {
  const { params, body } = input
  return inAgency(ctx, params, 'order.refunded', (inner, order) =>
    onceIfAsked(inner, request, 'refundDelivery', input, async () => {
      const delivery = await deliveryOf(inner, params)
      if (delivery.state === 'refunded') throw new Refusal(409, 'order.delivery_settled')
      await inner.db
        .updateTable('order_delivery')
        .set({ state: 'refunded' })
        .where('agency_id', '=', inner.agencyId)
        .where('id', '=', delivery.id)
        .execute()
      return queueOrderOf(
        inner,
        await changeOrder(inner, order, {
          event: 'refund',
          reason: body.reason,
          moves: [{ lineId: delivery.line_id, quantity: delivery.quantity }],
        }),
      )
    }),
  )
}
