import type { InputOf } from '../../contract/endpoint.ts'
import { agencyOf, type Ctx } from '../../server/context.ts'
import { newId } from '../../server/ids.ts'
import { onceIfAsked } from '../../server/idempotency.ts'
import { Refusal, notFound } from '../../server/refusal.ts'
import type { Exchange } from '../../server/route.ts'
import { changeOrder, type LockedOrder } from '../orders/public.ts'
import type * as contract from './contract.ts'
import { inAgency } from './in-agency.ts'
import { proofDue } from './proof-due.ts'
import type { ProofFinding } from './proof-page.ts'
import { queueOrderOf, type QueueOrder } from './read-queue-order.ts'

/** Units of a line handed in, with their proof. `found` is what a visit already found (sample data). */
export type Handed = {
  lineId: string
  quantity: number
  proofUrl?: string | null | undefined
  fileId?: string | null | undefined
  deliveredOn?: string | undefined
  note?: string | null | undefined
  found?: ProofFinding
}

/** Delivers units: each line's are paid at once. The same key twice delivers once, in the order's own tenant. */
export async function deliverOrder(
  ctx: Ctx,
  input: InputOf<typeof contract.deliverOrder>,
  { request }: Exchange,
): Promise<QueueOrder> {
  return inAgency(ctx, input.params, 'order.delivered', (inner, order) =>
    onceIfAsked(inner, request, 'deliverOrder', input, async () =>
      queueOrderOf(inner, await handIn(inner, order, input.body.deliveries)),
    ),
  )
}

/**
 * The same on an order already reached: 409 `order.state`, `order.units`, `order.no_proof` (neither page nor
 * file). Proofs on a page are visited by a job.
 */
export async function handIn(ctx: Ctx, order: LockedOrder, handed: readonly Handed[]): Promise<LockedOrder> {
  for (const h of handed) {
    const line = order.lines.find((l) => l.id === h.lineId)
    if (!line) throw notFound()
    const id = newId()
    await ctx.db
      .insertInto('order_delivery')
      .values({
        agency_id: ctx.agencyId,
        id,
        order_id: order.row.id,
        line_id: line.id,
        quantity: h.quantity,
        ...(await proofOf(ctx, order.row.id, h)),
        delivered_by_name: ctx.actor?.name ?? 'Canopée',
        created_at: ctx.nowIso,
        ...(h.found && { ...findingColumns(h.found), checked_at: ctx.nowIso }),
      })
      .execute()
    if (h.proofUrl && !h.found) await ctx.enqueue(proofDue, { deliveryId: id, version: 1 })
  }
  return changeOrder(ctx, order, {
    event: 'deliver',
    moves: handed.map((h) => ({ lineId: h.lineId, quantity: h.quantity })),
  })
}

/** Another proof for a contested delivery: 409 `order.delivery_settled` when none was asked for. */
export async function correctDelivery(
  ctx: Ctx,
  { params, body }: InputOf<typeof contract.correctDelivery>,
): Promise<QueueOrder> {
  return inAgency(ctx, params, 'order.corrected', async (inner, order) => {
    const delivery = await deliveryOf(inner, params)
    if (delivery.state !== 'contested') throw new Refusal(409, 'order.delivery_settled')
    const version = delivery.version + 1
    await inner.db
      .updateTable('order_delivery')
      .set({ ...(await proofOf(inner, params.id, body)), state: 'given', contest_reason: null, version })
      .where('agency_id', '=', inner.agencyId)
      .where('id', '=', delivery.id)
      .execute()
    if (body.proofUrl) await inner.enqueue(proofDue, { deliveryId: delivery.id, version })
    const line = order.lines.find((l) => l.id === delivery.line_id)
    return queueOrderOf(
      inner,
      await changeOrder(inner, order, { event: 'correct', data: { title: line?.title } }),
    )
  })
}

/** Visits a proof again, now. */
export async function checkDelivery(
  ctx: Ctx,
  { params }: InputOf<typeof contract.checkDelivery>,
): Promise<Record<string, never>> {
  return inAgency(ctx, params, 'order.checked', async (inner) => {
    const delivery = await deliveryOf(inner, params)
    if (delivery.proof_url === null) throw new Refusal(409, 'order.no_proof')
    await inner.db
      .updateTable('order_delivery')
      .set({ check_state: 'pending' })
      .where('agency_id', '=', inner.agencyId)
      .where('id', '=', delivery.id)
      .execute()
    await inner.enqueue(proofDue, { deliveryId: delivery.id, version: delivery.version })
    return {}
  })
}

/** A delivery of the order in the path; 404 otherwise. */
export async function deliveryOf(inner: Ctx, params: { id: string; deliveryId: string }) {
  const delivery = await inner.db
    .selectFrom('order_delivery')
    .selectAll()
    .where('agency_id', '=', inner.agencyId)
    .where('order_id', '=', params.id)
    .where('id', '=', params.deliveryId)
    .forUpdate()
    .executeTakeFirst()
  if (!delivery) throw notFound()
  return delivery
}

async function proofOf(ctx: Ctx, orderId: string, h: Omit<Handed, 'lineId' | 'quantity'>) {
  if (!h.proofUrl && !h.fileId) throw new Refusal(409, 'order.no_proof')
  if (h.fileId) {
    const taken = await ctx.db
      .updateTable('order_file')
      .set({ for_client: true })
      .where('agency_id', '=', ctx.agencyId)
      .where('order_id', '=', orderId)
      .where('id', '=', h.fileId)
      .where('side', '=', 'operator')
      .returning('id')
      .executeTakeFirst()
    if (!taken) throw notFound()
  }
  const today = ctx.now.toZonedDateTimeISO(agencyOf(ctx).timeZone).toPlainDate().toString()
  return {
    proof_url: h.proofUrl ?? null,
    file_id: h.fileId ?? null,
    delivered_on: h.deliveredOn ?? today,
    note: h.note ?? null,
    check_state: h.proofUrl ? 'pending' : 'none',
  }
}

/** What a visit found, as `order_delivery` keeps it. */
export function findingColumns(found: ProofFinding) {
  return {
    check_state: found.state,
    check_status: found.status,
    check_title: found.title,
    check_link: found.link,
    check_rel: found.rel,
  }
}
