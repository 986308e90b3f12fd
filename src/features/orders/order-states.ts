import type { orderStateNames } from '../../contract/order-fields.ts'

/**
 * The life of an order, as one table. Units of a line are still to come, delivered (paid), refused (their money
 * released) or refunded (paid, then returned); an event moves units, and the state follows from where they are.
 */
export type OrderState = (typeof orderStateNames)[number]

/** Who may cause an event: the buyer's side (agency or its client), the operator, or the clock. */
export type OrderSide = 'buyer' | 'operator' | 'system'

/** What an event does to the client's money. */
export type MoneyEffect = 'hold' | 'capture' | 'release' | 'return' | 'none'

/** Everything that can happen to an order: from which states, by whom, with what effect on money. */
export const orderEvents = {
  /** Placed, its total held on the client's budget. */
  place: { from: [], by: 'buyer', money: 'hold' },
  /** Cancelled before anybody accepted it: all of it is released. */
  cancel: { from: ['placed'], by: 'buyer', money: 'release' },
  accept: { from: ['placed'], by: 'operator', money: 'none' },
  start: { from: ['accepted'], by: 'operator', money: 'none' },
  /** Units handed in with their proof: paid at once. */
  deliver: { from: ['accepted', 'in_progress'], by: 'operator', money: 'capture' },
  /** Units that will not come: released. */
  refuse: { from: ['placed', 'accepted', 'in_progress'], by: 'operator', money: 'release' },
  /** The buyer asks for a correction of a delivery: its money stays where it is. */
  contest: { from: ['in_progress', 'delivered'], by: 'buyer', money: 'none' },
  /** A new proof for a contested delivery. */
  correct: { from: ['in_progress'], by: 'operator', money: 'none' },
  approve: { from: ['delivered'], by: 'buyer', money: 'none' },
  /** Nobody answered in time. */
  auto_approve: { from: ['delivered'], by: 'system', money: 'none' },
  /** Delivered units paid back to the client that paid. */
  refund: { from: ['in_progress', 'delivered', 'approved'], by: 'operator', money: 'return' },
} as const satisfies Record<string, { from: readonly OrderState[]; by: OrderSide; money: MoneyEffect }>
export type OrderEvent = keyof typeof orderEvents

/** Where the units of a line are. */
export type LineUnits = { quantity: number; delivered: number; refused: number; refunded: number }

/** Units of a line still to come. */
export function waitingUnits(line: LineUnits): number {
  return line.quantity - line.delivered - line.refused - line.refunded
}

/** Whether the event may happen in that state. */
export function allows(state: OrderState, event: OrderEvent): boolean {
  return (orderEvents[event].from as readonly OrderState[]).includes(state)
}

/** The states an order ends in: nothing more is due to anybody, though the operator may still refund. */
export const closedStates: readonly OrderState[] = ['approved', 'refused', 'refunded']

/**
 * The state after an event, given the lines as the event left them and whether a delivery is contested.
 * A pure function: what it says is what `changeOrder` writes.
 */
export function stateAfter(
  before: OrderState,
  event: OrderEvent,
  lines: readonly LineUnits[],
  contested: boolean,
): OrderState {
  if (event === 'place') return 'placed'
  if (event === 'cancel') return 'refunded'
  if (event === 'accept') return 'accepted'
  if (event === 'start') return 'in_progress'
  if (event === 'approve' || event === 'auto_approve') return 'approved'
  const waiting = lines.some((l) => waitingUnits(l) > 0)
  const delivered = lines.some((l) => l.delivered > 0)
  const refunded = lines.some((l) => l.refunded > 0)
  if (waiting)
    return before === 'placed' || (before === 'accepted' && event === 'refuse') ? before : 'in_progress'
  if (!delivered) return refunded ? 'refunded' : 'refused'
  if (before === 'approved') return 'approved'
  return contested ? 'in_progress' : 'delivered'
}
