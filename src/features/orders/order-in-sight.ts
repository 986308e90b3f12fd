import type { Ctx } from '../../server/context.ts'
import { notFound } from '../../server/refusal.ts'
import { lockOrder } from './change-order.ts'
import type { LockedOrder } from './order-step.ts'
import { visibleOrders } from './visible-orders.ts'

/** An order that the caller sees, locked; 404 otherwise. */
export async function orderInSight(ctx: Ctx, id: string): Promise<LockedOrder> {
  const seen = await visibleOrders(ctx)
    .select('client_order.id')
    .where('client_order.id', '=', id)
    .executeTakeFirst()
  if (!seen) throw notFound()
  return lockOrder(ctx, id)
}
