import type { Selectable } from 'kysely'
import { agencyOf, type Ctx } from '../../server/context.ts'
import { newId } from '../../server/ids.ts'
import { notFound } from '../../server/refusal.ts'
import type { ClientOrder } from '../../server/schema.gen.ts'
import { toPublicId } from '../../contract/ids.ts'
import { touchClient } from '../client-record/public.ts'
import { announceOrder } from './announce-order.ts'
import { approvalDue } from './approval-due.ts'
import { approvalDays } from './order-settings.ts'
import { capture, giveBack, release } from './order-money.ts'
import { stepOf, type LockedOrder, type OrderStep } from './order-step.ts'
import type { OrderEvent, OrderState } from './order-states.ts'

/** Which side of the counter somebody stands on, as timelines and messages say it. */
export type Side = 'agency' | 'client' | 'operator' | 'system'

/** Locks an order whose sight the caller has checked (or which the operator reached); 404 when there is none. */
export async function lockOrder(ctx: Ctx, id: string): Promise<LockedOrder> {
  const row = await ctx.db
    .selectFrom('client_order')
    .selectAll()
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw notFound()
  const lines = await ctx.db
    .selectFrom('order_line')
    .selectAll()
    .where('agency_id', '=', ctx.agencyId)
    .where('order_id', '=', id)
    .orderBy('position')
    .execute()
  return { row, lines }
}

/** Whose side the call is on: the operator's in another's tenant, the client's own people, or the agency. */
export function sideOf(ctx: Ctx): Side {
  if (!ctx.actor) return 'system'
  if (ctx.actor.memberId === null) return 'operator'
  return ctx.subject?.role === 'client' ? 'client' : 'agency'
}

/**
 * Carries out one step of the state machine on a locked order: units, money, state, timeline and journal in one
 * transaction. Refusals as `stepOf`.
 */
export async function changeOrder(ctx: Ctx, order: LockedOrder, step: OrderStep): Promise<LockedOrder> {
  const { row } = order
  const taken = stepOf(order, step, {
    now: ctx.now,
    timeZone: agencyOf(ctx).timeZone,
    approvalDays: await approvalDays(ctx),
    contested: await isContested(ctx, row.id),
  })
  const eventId = newId()
  const { lines, money, share } = taken
  // The client before its money, as placing an order locks them: the other way round each would wait for the other.
  await touchClient(ctx, row.client_id)
  if (money === 'capture') await capture(ctx, row, eventId, share)
  if (money === 'release') await release(ctx, row, eventId, share.price)
  if (money === 'return') await giveBack(ctx, row, eventId, share)
  for (const line of lines)
    if (taken.moves.get(line.id))
      await ctx.db
        .updateTable('order_line')
        .set({ delivered: line.delivered, refused: line.refused, refunded: line.refunded })
        .where('agency_id', '=', ctx.agencyId)
        .where('id', '=', line.id)
        .execute()
  const changed = await ctx.db
    .updateTable('client_order')
    .set(taken.set)
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow()
  await recordStep(ctx, changed, eventId, {
    event: step.event,
    from: row.state as OrderState,
    data: taken.data,
  })
  const after = { row: changed, lines }
  if (changed.state === 'delivered' && row.state !== 'delivered' && changed.approves_at !== null)
    await ctx.enqueue(
      approvalDue,
      { orderId: row.id },
      { runAt: Temporal.Instant.from(changed.approves_at), key: `order-approval:${row.id}` },
    )
  await announceOrder(ctx, after, step)
  return after
}

/** The timeline's line, the agency's journal, and open pages. */
export async function recordStep(
  ctx: Ctx,
  row: Selectable<ClientOrder>,
  eventId: string,
  step: RecordedStep,
): Promise<void> {
  await ctx.db
    .insertInto('order_event')
    .values(eventRow(ctx, row, eventId, step))
    .execute()
  tellJournal(ctx, row, step)
  ctx.publish({ agencyId: ctx.agencyId, kind: 'orders', id: toPublicId('order', row.id) })
}

/** A step as timeline and journal keep it. */
export type RecordedStep = { event: OrderEvent; from: OrderState | null; data: Record<string, unknown> }

/** The timeline's line of a step, by whoever calls; `row` as the step left it. */
export function eventRow(ctx: Ctx, row: Selectable<ClientOrder>, id: string, step: RecordedStep) {
  return {
    agency_id: ctx.agencyId,
    id,
    order_id: row.id,
    kind: step.event,
    side: sideOf(ctx),
    actor_name: ctx.actor?.name ?? 'Canopée',
    subject_name:
      ctx.acting && ctx.subject && ctx.subject.userId !== ctx.actor?.userId ? ctx.subject.name : null,
    from_state: step.from,
    to_state: row.state,
    data: JSON.stringify(step.data),
    occurred_at: ctx.nowIso,
  }
}

/** The journal's line of a step. */
export function tellJournal(ctx: Ctx, row: Selectable<ClientOrder>, step: RecordedStep): void {
  ctx.audit({
    action: `order.${pastOf[step.event]}`,
    clientId: row.client_id,
    entity: { kind: 'order', id: row.id, name: String(row.number) },
    data: step.data,
  })
}

/** What the journal calls each event. */
const pastOf: Record<OrderEvent, string> = {
  place: 'placed',
  cancel: 'cancelled',
  accept: 'accepted',
  start: 'started',
  deliver: 'delivered',
  refuse: 'refused',
  contest: 'contested',
  correct: 'corrected',
  approve: 'approved',
  auto_approve: 'auto_approved',
  refund: 'refunded',
}

async function isContested(ctx: Ctx, orderId: string): Promise<boolean> {
  const found = await ctx.db
    .selectFrom('order_delivery')
    .select('id')
    .where('agency_id', '=', ctx.agencyId)
    .where('order_id', '=', orderId)
    .where('state', '=', 'contested')
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}
