import { toPublicId } from '../../contract/ids.ts'
import { subjectOf, type Ctx } from '../../server/context.ts'
import { operatorId } from '../../server/ids.ts'
import { notFound } from '../../server/refusal.ts'
import { letThrough } from '../../server/let-through.ts'
import { runInTenant } from '../../server/run-in-tenant.ts'
import { lockOrder, type LockedOrder } from '../orders/public.ts'

/** An order as the operator names it. */
export type OrderAddress = { agencyId: string; id: string }

/**
 * The one way in which the operator's staff reaches an order of an agency: that order, locked, in a transaction
 * of its tenant, under the staff's own name. What `work` does is in the agency's journal by itself; that it was
 * reached, and for what, is in the operator's. 404 when there is no such order.
 */
export async function inAgency<T>(
  ctx: Ctx,
  address: OrderAddress,
  action: `${string}.${string}`,
  work: (inner: Ctx, order: LockedOrder) => Promise<T>,
): Promise<T> {
  if (address.agencyId === operatorId) throw notFound()
  let number = ''
  const result = await letThrough(() =>
    runInTenant(
      ctx.app,
      { agencyId: address.agencyId, requestId: ctx.requestId, locale: ctx.locale },
      async (inner) => {
        inner.actor = subjectOf(ctx)
        const order = await lockOrder(inner, address.id)
        number = String(order.row.number)
        return work(inner, order)
      },
    ),
  )
  ctx.audit({
    action,
    entity: { kind: 'order', id: address.id, name: number },
    data: { agency: toPublicId('agency', address.agencyId) },
  })
  return result
}
