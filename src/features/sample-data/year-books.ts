import { toPublicId } from '../../contract/ids.ts'
import type { Ctx } from '../../server/context.ts'
import {
  approvalDue,
  eventRow,
  stepOf,
  tellJournal,
  type LockedOrder,
  type OrderStep,
  refreshOrderSearch,
} from '../orders/public.ts'
import { carryOut, type Operation } from '../wallets/public.ts'
import type { SeededRandom } from './seeded-random.ts'
import type { World } from './world.ts'

/** Days a delivery waits for an answer: the product's own. */
const approvalDays = 14
/** Rows written by one statement: the protocol counts parameters in 16 bits. */
const rowsAtOnce = 500

/** An order of the year as it stands, changed step by step. */
export type YearOrder = LockedOrder & {
  /** One of its deliveries is contested. */
  contested: boolean
  messages: { forClient: boolean }[]
}

/** A notice to one user: a text key's suffix, its values, where it leads. */
type Notice = { userId: string; kind: string; values: Record<string, unknown>; link: string }

/**
 * What a year writes, gathered while it is lived in its order: the ledger is told at once (its statements wait for
 * nobody, one after the other on the connection), everything else goes to its table at the end, in bulk.
 */
export type Books = {
  readonly random: SeededRandom
  readonly orders: YearOrder[]
  readonly deliveries: Map<string, DeliveryRow>
  readonly messages: Record<string, unknown>[]
  readonly requests: Record<string, unknown>[]
  /** Operations of the ledger by whoever `then` is, at its instant: all or none. */
  move(then: Ctx, operations: readonly Operation[]): void
  /** One step of an order, with its money, timeline and journal. */
  step(then: Ctx, order: YearOrder, step: OrderStep): void
  /** The timeline's line of a placing. */
  place(then: Ctx, order: YearOrder, data: Record<string, unknown>): void
  notify(then: Ctx, notice: Notice): void
  /** Writes all of it. */
  close(): Promise<void>
}

/** A delivery as its table takes it. */
export type DeliveryRow = {
  agency_id: string
  id: string
  order_id: string
  line_id: string
  quantity: number
  proof_url: string
  delivered_on: string
  note: string | null
  state: 'given' | 'contested' | 'refunded'
  contest_reason: string | null
  check_state: 'found'
  check_status: number
  check_title: string
  check_link: boolean | null
  check_rel: null
  checked_at: string
  delivered_by_name: string
  created_at: string
  version: number
}

/** Empty books. `random` is the year's own chance. */
export function openBooks(ctx: Ctx, world: World, random: SeededRandom): Books {
  const told: Promise<unknown>[] = []
  const events: ReturnType<typeof eventRow>[] = []
  const notices: Record<string, unknown>[] = []
  const move: Books['move'] = (then, operations) => {
    const done = carryOut(then, operations)
    // Looked at in the end: what comes before may wait for the database meanwhile.
    done.catch(() => undefined)
    told.push(done)
  }
  const books: Books = {
    random,
    orders: [],
    deliveries: new Map(),
    messages: [],
    requests: [],
    move,
    step(then, order, step) {
      const from = order.row.state as LockedOrder['row']['state'] & never
      const taken = stepOf(order, step, {
        now: then.now,
        timeZone: ctx.agency!.timeZone,
        approvalDays,
        contested: order.contested,
      })
      const id = random.id(then.now)
      move(then, moneyOf(order, id, taken))
      Object.assign(order.row, taken.set)
      order.lines = taken.lines
      const recorded = { event: step.event, from, data: taken.data }
      events.push(eventRow(then, order.row, id, recorded))
      tellJournal(then, order.row, recorded)
    },
    place(then, order, data) {
      const recorded = { event: 'place', from: null, data } as const
      books.orders.push(order)
      events.push(eventRow(then, order.row, random.id(then.now), recorded))
      tellJournal(then, order.row, recorded)
    },
    notify(then, n) {
      const age = world.now.since(then.now).total('hours')
      // Older ones were read and are gone from under the bell.
      if (age > 24 * 45) return
      notices.push({
        agency_id: ctx.agencyId,
        id: random.id(then.now),
        user_id: n.userId,
        kind: n.kind,
        data: JSON.stringify(n.values),
        link: n.link,
        created_at: then.nowIso,
        read_at: age > 24 * 6 ? then.now.add({ hours: 3 }).toString() : null,
      })
    },
    async close() {
      await Promise.all(told)
      const { orders } = books
      await write(
        ctx,
        'client_order',
        orders.map((o) => o.row),
      )
      await write(
        ctx,
        'order_line',
        orders.flatMap((o) => o.lines),
      )
      await write(ctx, 'order_event', events)
      await write(ctx, 'order_delivery', [...books.deliveries.values()])
      await write(ctx, 'order_message', books.messages)
      await write(ctx, 'budget_request', books.requests)
      await write(ctx, 'notification', notices)
      await ctx.tx.query(
        'sample_order_counter',
        `insert into order_counter (agency_id, last_number) values ($1, $2)`,
        [ctx.agencyId, orders.length],
      )
      await refreshOrderSearch(
        ctx,
        orders.map((o) => o.row.id),
      )
      await ctx.tx.query(
        'sample_touched',
        `update client c set last_activity_at = greatest(c.last_activity_at, o.at)
         from (select client_id, max(updated_at) as at from client_order where agency_id = $1 group by 1) o
         where c.agency_id = $1 and c.id = o.client_id`,
        [ctx.agencyId],
      )
      for (const { row } of orders)
        if (row.state === 'delivered' && row.approves_at !== null)
          await ctx.enqueue(
            approvalDue,
            { orderId: row.id },
            { runAt: Temporal.Instant.from(row.approves_at), key: `order-approval:${row.id}` },
          )
    },
  }
  return books
}

/** The ledger's operations of a step: what units cost leaves the hold, what will not come is let go, or paid back. */
function moneyOf(order: LockedOrder, id: string, taken: ReturnType<typeof stepOf>): Operation[] {
  const { row } = order
  const { price, cost } = taken.share
  const wallet = { owner: 'client', id: row.client_id, purpose: 'budget', unit: row.currency } as const
  const revenue = { counterpart: 'revenue', unit: row.currency } as const
  const agency = { owner: 'agency', purpose: 'budget', unit: row.currency } as const
  const reference = { kind: 'order', id: row.id }
  const hold = (change: bigint) => ({ id: row.hold_id!, wallet, change })
  const margin = price - cost
  if (price === 0n || row.hold_id === null) return []
  if (taken.money === 'capture')
    return [
      {
        operationKey: `order.deliver ${id}`,
        reason: 'order.delivered',
        // A client reads one price: the operator's part and the agency's are none of its business.
        lines: [
          { wallet, amount: -price },
          ...(cost > 0n ? [{ wallet: revenue, amount: cost }] : []),
          ...(margin > 0n ? [{ wallet: agency, amount: margin }] : []),
        ],
        hold: hold(-price),
        reference,
      },
    ]
  if (taken.money === 'release')
    return [
      {
        operationKey: `order.release ${id}`,
        reason: 'hold.released',
        lines: [],
        hold: hold(-price),
        reference,
      },
    ]
  if (taken.money === 'return')
    return [
      {
        operationKey: `order.refund ${id}`,
        reason: 'order.refunded',
        lines: [
          { wallet, amount: price },
          ...(cost > 0n ? [{ wallet: revenue, amount: -cost }] : []),
          ...(margin > 0n ? [{ wallet: agency, amount: -margin }] : []),
        ],
        reference,
      },
    ]
  return []
}

async function write(ctx: Ctx, table: string, rows: readonly object[]): Promise<void> {
  for (let i = 0; i < rows.length; i += rowsAtOnce)
    await ctx.db
      .insertInto(table as 'order_event')
      .values(rows.slice(i, i + rowsAtOnce) as never)
      .execute()
}

/** Where a notice about an order leads. */
export function orderLink(id: string): string {
  return `/commandes/${toPublicId('order', id)}`
}
