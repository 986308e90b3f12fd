import type { Selectable } from 'kysely'
import { toPublicId } from '../../contract/ids.ts'
import type { Ctx } from '../../server/context.ts'
import type { OrderLine } from '../../server/schema.gen.ts'
import { waitingUnits } from './order-states.ts'
import type { OrderAnswer } from './read-order.ts'

type Line = OrderAnswer['lines'][number]
type Delivery = OrderAnswer['deliveries'][number]

/** A line as answered, and beside it what a unit costs the agency, for those who may see that. */
export type PricedLine = { line: Line; unitCost: bigint }

/** Lines of an order in their order. */
export async function linesOf(ctx: Ctx, orderId: string): Promise<PricedLine[]> {
  const rows = await ctx.db
    .selectFrom('order_line as l')
    .innerJoin('client_order as o', (j) =>
      j.onRef('o.agency_id', '=', 'l.agency_id').onRef('o.id', '=', 'l.order_id'),
    )
    .leftJoin('project as p', (j) =>
      j.onRef('p.agency_id', '=', 'l.agency_id').onRef('p.id', '=', 'l.project_id'),
    )
    .selectAll('l')
    .select(['o.currency', 'p.name as project_name'])
    .where('l.agency_id', '=', ctx.agencyId)
    .where('l.order_id', '=', orderId)
    .orderBy('l.position')
    .execute()
  return rows.map((r) => ({ line: lineAnswer(r), unitCost: r.unit_cost }))
}

function lineAnswer(r: Selectable<OrderLine> & { currency: string; project_name: string | null }): Line {
  return {
    id: toPublicId('orderLine', r.id),
    itemVersion: r.item_version,
    kind: r.kind,
    title: r.title,
    site: r.site,
    delayDays: r.delay_days,
    project:
      r.project_id === null ? null : { id: toPublicId('project', r.project_id), name: r.project_name ?? '' },
    targetUrl: r.target_url,
    anchorText: r.anchor_text,
    instructions: r.instructions,
    quantity: r.quantity,
    delivered: r.delivered,
    refused: r.refused,
    refunded: r.refunded,
    waiting: waitingUnits(r),
    unitPrice: { amount: Number(r.unit_price), currency: r.currency },
    amount: { amount: Number(r.unit_price) * r.quantity, currency: r.currency },
  }
}

/** Deliveries of an order, first to last. */
export async function deliveriesOf(ctx: Ctx, orderId: string): Promise<Delivery[]> {
  const rows = await ctx.db
    .selectFrom('order_delivery as d')
    .leftJoin('order_file as f', (j) =>
      j.onRef('f.agency_id', '=', 'd.agency_id').onRef('f.id', '=', 'd.file_id'),
    )
    .selectAll('d')
    .select(['f.name as file_name', 'f.size as file_size'])
    .where('d.agency_id', '=', ctx.agencyId)
    .where('d.order_id', '=', orderId)
    .orderBy('d.id')
    .execute()
  return rows.map((r) => ({
    id: toPublicId('orderDelivery', r.id),
    lineId: toPublicId('orderLine', r.line_id),
    quantity: r.quantity,
    proofUrl: r.proof_url,
    file:
      r.file_id === null
        ? null
        : { id: toPublicId('orderFile', r.file_id), name: r.file_name ?? '', size: r.file_size ?? 0 },
    deliveredOn: r.delivered_on,
    note: r.note,
    state: r.state as Delivery['state'],
    contestReason: r.contest_reason,
    check: {
      state: r.check_state as Delivery['check']['state'],
      status: r.check_status,
      title: r.check_title,
      link: r.check_link,
      rel: r.check_rel,
      at: r.checked_at,
    },
    createdAt: r.created_at,
  }))
}
