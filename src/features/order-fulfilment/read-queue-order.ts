import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import {
  allows,
  deliveriesOf,
  linesOf,
  waitingUnits,
  type LockedOrder,
  type OrderState,
} from '../orders/public.ts'
import { timelineOf } from '../order-talk/public.ts'
import type * as contract from './contract.ts'
import { inAgency } from './in-agency.ts'
import { queueColumns, queueRowAnswer, type QueueRecord } from './queue-rows.ts'

/** An order as the staff that fulfils it reads it. */
export type QueueOrder = AnswerOf<typeof contract.getQueueOrder>

/** Opens an order; written in the operator's journal. */
export async function getQueueOrder(
  ctx: Ctx,
  { params }: InputOf<typeof contract.getQueueOrder>,
): Promise<QueueOrder> {
  return inAgency(ctx, params, 'order.opened', (inner, order) => queueOrderOf(inner, order))
}

/** The order as it is now, read in its own tenant. */
export async function queueOrderOf(inner: Ctx, order: LockedOrder): Promise<QueueOrder> {
  const { row } = order
  const [record] = await inner.tx.query<QueueRecord>(
    'queue_order',
    `select ${queueColumns('$3')} from client_order o join agency a on a.agency_id = o.agency_id
     where o.agency_id = $1 and o.id = $2`,
    [inner.agencyId, row.id, inner.nowIso],
  )
  const lines = await linesOf(inner, row.id)
  const suppliers = new Map(order.lines.map((l) => [l.position, l.supplier]))
  const deliveries = await deliveriesOf(inner, row.id)
  const state = row.state as OrderState
  return {
    ...queueRowAnswer(record!),
    note: row.note,
    lines: lines.map(({ line, unitCost }, i) => {
      // What the client pays, and for which project of it, is not the operator's to know.
      const { unitPrice: _price, amount: _amount, project: _project, ...work } = line
      return {
        ...work,
        supplier: suppliers.get(i + 1) ?? null,
        unitCost: { amount: Number(unitCost), currency: row.currency },
      }
    }),
    deliveries,
    timeline: await timelineOf(inner, row.id, 'operator'),
    acceptedAt: row.accepted_at,
    deliveredAt: row.delivered_at,
    approvesAt: row.approves_at,
    closeReason: row.close_reason,
    version: row.version,
    can: {
      accept: allows(state, 'accept'),
      start: allows(state, 'start'),
      deliver: allows(state, 'deliver') && order.lines.some((l) => waitingUnits(l) > 0),
      refuse: allows(state, 'refuse') && order.lines.some((l) => waitingUnits(l) > 0),
      refund: allows(state, 'refund') && deliveries.some((d) => d.state !== 'refunded'),
    },
  }
}
