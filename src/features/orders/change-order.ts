import type { Selectable } from 'kysely'
import { agencyOf, type Ctx } from '../../server/context.ts'
import { newId } from '../../server/ids.ts'
import { Refusal, notFound } from '../../server/refusal.ts'
import type { ClientOrder, OrderLine } from '../../server/schema.gen.ts'
import { toPublicId } from '../../contract/ids.ts'
import { touchClient } from '../client-record/public.ts'
import { announceOrder } from './announce-order.ts'
import { approvalDue } from './approval-due.ts'
import { approvalDays } from './order-settings.ts'
import { capture, giveBack, release } from './order-money.ts'
import {
  allows,
  closedStates,
  orderEvents,
  stateAfter,
  waitingUnits,
  type OrderEvent,
  type OrderState,
} from './order-states.ts'

/** An order and its lines, locked until the end of the transaction. */
export type LockedOrder = { row: Selectable<ClientOrder>; lines: Selectable<OrderLine>[] }

/** Which side of the counter somebody stands on, as timelines and messages say it. */
export type Side = 'agency' | 'client' | 'operator' | 'system'

/** Units that move: of a line, how many. */
export type LineMove = { lineId: string; quantity: number }

/** One step of an order. */
export type OrderStep = {
  event: Exclude<OrderEvent, 'place'>
  /** deliver, refuse and refund move units; for the others nothing. */
  moves?: readonly LineMove[]
  reason?: string
  /** More facts for the timeline. */
  data?: Record<string, unknown>
}

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
 * transaction. 409 `order.state` when the state does not allow it, `order.units` when a line has not that many.
 */
export async function changeOrder(ctx: Ctx, order: LockedOrder, step: OrderStep): Promise<LockedOrder> {
  const { row } = order
  const before = row.state as OrderState
  if (!allows(before, step.event))
    throw new Refusal(409, 'order.state', {
      values: { state: before },
      data: { state: before, version: row.version },
    })
  const eventId = newId()
  const moves = movesOf(order, step)
  const lines = order.lines.map((line) => moved(line, step.event, moves.get(line.id) ?? 0))
  const share = { price: 0n, cost: 0n }
  for (const line of order.lines) {
    const n = BigInt(moves.get(line.id) ?? 0)
    share.price += n * line.unit_price
    share.cost += n * line.unit_cost
  }
  const { money } = orderEvents[step.event]
  if (money === 'capture') await capture(ctx, row, eventId, share)
  if (money === 'release') await release(ctx, row, eventId, share.price)
  if (money === 'return') await giveBack(ctx, row, eventId, share)
  for (const line of lines)
    if (moves.get(line.id))
      await ctx.db
        .updateTable('order_line')
        .set({ delivered: line.delivered, refused: line.refused, refunded: line.refunded })
        .where('agency_id', '=', ctx.agencyId)
        .where('id', '=', line.id)
        .execute()
  const state = stateAfter(before, step.event, lines, await isContested(ctx, row.id))
  const changed = await ctx.db
    .updateTable('client_order')
    .set({
      state,
      held: row.held - (money === 'capture' || money === 'release' ? share.price : 0n),
      captured: row.captured + (money === 'capture' ? share.price : money === 'return' ? -share.price : 0n),
      captured_cost:
        row.captured_cost + (money === 'capture' ? share.cost : money === 'return' ? -share.cost : 0n),
      refunded: row.refunded + (money === 'return' ? share.price : 0n),
      ...(await milestones(ctx, row, state, step, order.lines)),
      updated_at: ctx.nowIso,
      version: row.version + 1,
    })
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow()
  await recordStep(ctx, changed, eventId, {
    event: step.event,
    from: before,
    data: {
      ...(moves.size > 0 && {
        lines: order.lines
          .filter((l) => moves.get(l.id))
          .map((l) => ({ title: l.title, quantity: moves.get(l.id) })),
      }),
      ...(share.price > 0n && { amount: Number(share.price), currency: row.currency }),
      ...(step.reason !== undefined && { reason: step.reason }),
      ...step.data,
    },
  })
  const after = { row: changed, lines }
  if (changed.state === 'delivered' && before !== 'delivered' && changed.approves_at !== null)
    await ctx.enqueue(
      approvalDue,
      { orderId: row.id },
      { runAt: Temporal.Instant.from(changed.approves_at), key: `order-approval:${row.id}` },
    )
  await announceOrder(ctx, after, step)
  await touchClient(ctx, row.client_id)
  return after
}

/** The timeline's line, the agency's journal, and open pages. */
export async function recordStep(
  ctx: Ctx,
  row: Selectable<ClientOrder>,
  eventId: string,
  step: { event: OrderEvent; from: OrderState | null; data: Record<string, unknown> },
): Promise<void> {
  await ctx.db
    .insertInto('order_event')
    .values({
      agency_id: ctx.agencyId,
      id: eventId,
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
    })
    .execute()
  ctx.audit({
    action: `order.${pastOf[step.event]}`,
    clientId: row.client_id,
    entity: { kind: 'order', id: row.id, name: String(row.number) },
    data: step.data,
  })
  ctx.publish({ agencyId: ctx.agencyId, kind: 'orders', id: toPublicId('order', row.id) })
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

/** Units each line moves by; all that wait when cancelling. */
function movesOf(order: LockedOrder, step: OrderStep): Map<string, number> {
  const moves = new Map<string, number>()
  if (step.event === 'cancel') for (const l of order.lines) moves.set(l.id, waitingUnits(l))
  for (const move of step.moves ?? []) {
    const line = order.lines.find((l) => l.id === move.lineId)
    if (!line) throw notFound()
    const total = (moves.get(line.id) ?? 0) + move.quantity
    const most = step.event === 'refund' ? line.delivered : waitingUnits(line)
    if (total > most)
      throw new Refusal(409, 'order.units', {
        values: { title: line.title, most },
        data: { lineId: toPublicId('orderLine', line.id), most },
      })
    moves.set(line.id, total)
  }
  return moves
}

function moved(line: Selectable<OrderLine>, event: OrderStep['event'], n: number): Selectable<OrderLine> {
  if (event === 'deliver') return { ...line, delivered: line.delivered + n }
  if (event === 'refuse') return { ...line, refused: line.refused + n }
  // What is cancelled was never paid: it counts as refused units of an order that says why itself.
  if (event === 'cancel') return { ...line, refused: line.refused + n }
  if (event === 'refund') return { ...line, delivered: line.delivered - n, refunded: line.refunded + n }
  return line
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

/** The instants and days an order keeps: accepted, due, delivered, approves by itself, closed. */
async function milestones(
  ctx: Ctx,
  row: Selectable<ClientOrder>,
  state: OrderState,
  step: OrderStep,
  lines: readonly Selectable<OrderLine>[],
): Promise<Partial<Selectable<ClientOrder>>> {
  const set: Partial<Selectable<ClientOrder>> = {}
  if (step.event === 'accept') {
    const days = Math.max(0, ...lines.map((l) => l.delay_days))
    set.accepted_at = ctx.nowIso
    set.due_on = ctx.now.toZonedDateTimeISO(agencyOf(ctx).timeZone).toPlainDate().add({ days }).toString()
  }
  if (state === 'delivered' && row.state !== 'delivered') {
    const days = await approvalDays(ctx)
    set.delivered_at = ctx.nowIso
    set.approves_at = ctx.now.add({ hours: 24 * days }).toString()
  }
  if (state !== 'delivered' && row.state === 'delivered') set.approves_at = null
  if (state === 'in_progress' && row.state === 'delivered') set.delivered_at = null
  if (closedStates.includes(state) && !closedStates.includes(row.state as OrderState))
    set.closed_at = ctx.nowIso
  if (step.reason !== undefined && closedStates.includes(state)) set.close_reason = step.reason
  return set
}
