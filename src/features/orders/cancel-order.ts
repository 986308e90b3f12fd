import type { InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { changeOrder } from './change-order.ts'
import type * as contract from './contract.ts'
import { orderInSight } from './order-in-sight.ts'
import { readOrder, type OrderAnswer } from './read-order.ts'

/** Takes an order back before anybody accepted it: all its money is free again. 409 `order.state` after that. */
export async function cancelOrder(
  ctx: Ctx,
  { params, body }: InputOf<typeof contract.cancelOrder>,
): Promise<OrderAnswer> {
  await changeOrder(ctx, await orderInSight(ctx, params.id), {
    event: 'cancel',
    ...(body.reason !== undefined && { reason: body.reason }),
  })
  return readOrder(ctx, params.id)
}
