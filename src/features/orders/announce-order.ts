import type { Selectable } from 'kysely'
import { toPublicId } from '../../contract/ids.ts'
import type { Ctx } from '../../server/context.ts'
import type { ClientOrder } from '../../server/schema.gen.ts'
import { notifyUsers } from '../notifications/public.ts'
import type { LockedOrder, OrderStep } from './order-step.ts'

/** Steps that people are told of inside the product; each has the text `notification.order_<step>`. */
const told: Partial<Record<OrderStep['event'], string>> = {
  deliver: 'order_delivered',
  correct: 'order_delivered',
  refuse: 'order_refused',
  refund: 'order_refunded',
}

/** Tells who placed an order, and who is in charge of its client, what the operator did with it. */
export async function announceOrder(ctx: Ctx, order: LockedOrder, step: OrderStep): Promise<void> {
  const kind = told[step.event]
  if (kind === undefined) return
  // Of an order in several parts, only the last delivery is news.
  if (kind === 'order_delivered' && order.row.state !== 'delivered') return
  await tellOrderPeople(ctx, order.row, kind, { reason: step.reason ?? '' })
}

/** Tells the people of an order; never who is at the keyboard. */
export async function tellOrderPeople(
  ctx: Ctx,
  row: Selectable<ClientOrder>,
  kind: string,
  values: Record<string, unknown>,
): Promise<void> {
  const people = await ctx.tx.query<{ user_id: string }>(
    'order_people',
    `select distinct m.user_id from member m where m.agency_id = $1 and m.state = 'active' and m.id = any($2::uuid[])`,
    [ctx.agencyId, [row.placed_for_member_id, row.responsible_id].filter((id) => id !== null)],
  )
  await notifyUsers(
    ctx,
    people.map((p) => p.user_id).filter((id) => id !== ctx.actor?.userId),
    {
      kind,
      values: { number: Number(row.number), client: row.client_name, ...values },
      link: `/commandes/${toPublicId('order', row.id)}`,
    },
  )
}
