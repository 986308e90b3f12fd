import type { Selectable } from 'kysely'
import { toPublicId } from '../../contract/ids.ts'
import { iso } from '../../server/clock.ts'
import { Refusal, notFound } from '../../server/refusal.ts'
import type { ClientOrder, OrderLine } from '../../server/schema.gen.ts'
import {
  allows,
  closedStates,
  orderEvents,
  stateAfter,
  waitingUnits,
  type MoneyEffect,
  type OrderEvent,
  type OrderState,
} from './order-states.ts'

/** An order and its lines, locked until the end of the transaction. */
export type LockedOrder = { row: Selectable<ClientOrder>; lines: Selectable<OrderLine>[] }

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

/** What a step needs to know besides the order. */
export type StepFacts = {
  now: Temporal.Instant
  /** The agency's, IANA. */
  timeZone: string
  /** Days after which a delivery nobody answers is approved by itself. */
  approvalDays: number
  /** One of its deliveries is contested. */
  contested: boolean
}

/** What a step does: the columns of the order that change, its lines after, and the money of the units that move. */
export type StepTaken = {
  set: Partial<Selectable<ClientOrder>> & { state: OrderState }
  lines: Selectable<OrderLine>[]
  /** Units moved of each line that moves any. */
  moves: Map<string, number>
  money: MoneyEffect
  /** Minor units: what the client pays for these units, and the operator's part of it. */
  share: { price: bigint; cost: bigint }
  /** What the timeline says of it. */
  data: Record<string, unknown>
}

/**
 * One step of the state machine, as a pure function: whoever writes it down, for one order or for many, says the
 * same. 409 `order.state` when the state does not allow it, `order.units` when a line has not that many.
 */
export function stepOf({ row, lines: before }: LockedOrder, step: OrderStep, facts: StepFacts): StepTaken {
  const state = row.state as OrderState
  if (!allows(state, step.event))
    throw new Refusal(409, 'order.state', { values: { state }, data: { state, version: row.version } })
  const moves = movesOf(before, step)
  const lines = before.map((line) => moved(line, step.event, moves.get(line.id) ?? 0))
  const share = { price: 0n, cost: 0n }
  for (const line of before) {
    const n = BigInt(moves.get(line.id) ?? 0)
    share.price += n * line.unit_price
    share.cost += n * line.unit_cost
  }
  const { money } = orderEvents[step.event]
  const next = stateAfter(state, step.event, lines, facts.contested)
  return {
    set: {
      state: next,
      held: row.held - (money === 'capture' || money === 'release' ? share.price : 0n),
      captured: row.captured + (money === 'capture' ? share.price : money === 'return' ? -share.price : 0n),
      captured_cost:
        row.captured_cost + (money === 'capture' ? share.cost : money === 'return' ? -share.cost : 0n),
      refunded: row.refunded + (money === 'return' ? share.price : 0n),
      ...milestones(row, next, step, before, facts),
      updated_at: iso(facts.now),
      version: row.version + 1,
    },
    lines,
    moves,
    money,
    share,
    data: {
      ...(moves.size > 0 && {
        lines: before
          .filter((l) => moves.get(l.id))
          .map((l) => ({ title: l.title, quantity: moves.get(l.id) })),
      }),
      ...(share.price > 0n && { amount: Number(share.price), currency: row.currency }),
      ...(step.reason !== undefined && { reason: step.reason }),
      ...step.data,
    },
  }
}

/** Units each line moves by; all that wait when cancelling. */
function movesOf(lines: readonly Selectable<OrderLine>[], step: OrderStep): Map<string, number> {
  const moves = new Map<string, number>()
  if (step.event === 'cancel') for (const l of lines) moves.set(l.id, waitingUnits(l))
  for (const move of step.moves ?? []) {
    const line = lines.find((l) => l.id === move.lineId)
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

/** The instants and days an order keeps: accepted, due, delivered, approves by itself, closed. */
function milestones(
  row: Selectable<ClientOrder>,
  state: OrderState,
  step: OrderStep,
  lines: readonly Selectable<OrderLine>[],
  { now, timeZone, approvalDays }: StepFacts,
): Omit<Partial<Selectable<ClientOrder>>, 'state'> {
  const set: Omit<Partial<Selectable<ClientOrder>>, 'state'> = {}
  const nowIso = iso(now)
  if (step.event === 'accept') {
    const days = Math.max(0, ...lines.map((l) => l.delay_days))
    set.accepted_at = nowIso
    set.due_on = now.toZonedDateTimeISO(timeZone).toPlainDate().add({ days }).toString()
  }
  if (state === 'delivered' && row.state !== 'delivered') {
    set.delivered_at = nowIso
    set.approves_at = now.add({ hours: 24 * approvalDays }).toString()
  }
  if (state !== 'delivered' && row.state === 'delivered') set.approves_at = null
  if (state === 'in_progress' && row.state === 'delivered') set.delivered_at = null
  if (closedStates.includes(state) && !closedStates.includes(row.state as OrderState)) set.closed_at = nowIso
  if (step.reason !== undefined && closedStates.includes(state)) set.close_reason = step.reason
  return set
}
