import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import type { Ctx } from '../../server/context.ts'
import { notFound } from '../../server/refusal.ts'
import type * as contract from './contract.ts'
import type { PersonAbove } from './client-path.ts'
import { deliveriesOf, linesOf } from './order-parts.ts'
import { orderRowAnswer, orderRows } from './order-rows.ts'
import { allows, type OrderState } from './order-states.ts'

/** An order as its page shows it. */
export type OrderAnswer = AnswerOf<typeof contract.getOrder>

/** One order: 404 outside the caller's sight. */
export async function getOrder(
  ctx: Ctx,
  { params }: InputOf<typeof contract.getOrder>,
): Promise<OrderAnswer> {
  return readOrder(ctx, params.id)
}

/** The order as it is now, for the answer of a write as well. */
export async function readOrder(ctx: Ctx, id: string): Promise<OrderAnswer> {
  const r = await orderRows(ctx).where('client_order.id', '=', id).executeTakeFirst()
  if (!r) throw notFound()
  const lines = await linesOf(ctx, id)
  const deliveries = await deliveriesOf(ctx, id)
  const state = r.state as OrderState
  const internal = ctx.may('clients.internals')
  const seeCost = ctx.may('orders.cost')
  const money = (amount: bigint) => ({ amount: Number(amount), currency: r.currency })
  const cost = lines.reduce((sum, l) => sum + l.unitCost * BigInt(l.line.quantity), 0n)
  return {
    ...orderRowAnswer(ctx, r),
    lines: lines.map((l) => l.line),
    deliveries,
    refunded: money(r.refunded),
    cost: seeCost ? money(cost) : null,
    margin: seeCost ? money(r.total - cost) : null,
    path: internal
      ? (r.path as unknown as PersonAbove[]).map((p) => ({ ...p, id: toPublicId('member', p.id) }))
      : [],
    placedChain: internal ? (r.placed_chain as unknown as string[]) : [],
    note: r.note,
    acceptedAt: r.accepted_at,
    deliveredAt: r.delivered_at,
    closedAt: r.closed_at,
    closeReason: r.close_reason,
    updatedAt: r.updated_at,
    version: r.version,
    can: {
      cancel: ctx.may('orders.place') && allows(state, 'cancel'),
      approve: ctx.may('orders.approve') && allows(state, 'approve'),
      contest:
        ctx.may('orders.approve') && allows(state, 'contest') && deliveries.some((d) => d.state === 'given'),
      write: ctx.may('orders.place'),
      seeCost,
    },
  }
}
