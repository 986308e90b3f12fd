import type { z } from 'zod'
import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import type { Ctx } from '../../server/context.ts'
import { newId } from '../../server/ids.ts'
import { notFound } from '../../server/refusal.ts'
import { orderInSight, sideOf, tellOrderPeople, type LockedOrder } from '../orders/public.ts'
import type * as contract from './contract.ts'

/** Writes about an order in sight. */
export async function writeOrderMessage(
  ctx: Ctx,
  { params, body }: InputOf<typeof contract.writeOrderMessage>,
): Promise<AnswerOf<typeof contract.writeOrderMessage>> {
  return { id: toPublicId('orderMessage', await writeMessage(ctx, await orderInSight(ctx, params.id), body)) }
}

/** Says that the team has read what the operator wrote. */
export async function readOrderMessages(
  ctx: Ctx,
  { params }: InputOf<typeof contract.readOrderMessages>,
): Promise<Record<string, never>> {
  const { row } = await orderInSight(ctx, params.id)
  // A client's own people reading is not the team reading.
  if (row.agency_unread === 0 || !ctx.may('clients.internals')) return {}
  await ctx.db
    .updateTable('client_order')
    .set({ agency_unread: 0 })
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', params.id)
    .execute()
  ctx.publish({ agencyId: ctx.agencyId, kind: 'orders', id: toPublicId('order', params.id) })
  return {}
}

/** The same on an order already reached, whatever the side; files must be the author's and not yet sent. */
export async function writeMessage(
  ctx: Ctx,
  order: LockedOrder,
  message: z.output<typeof contract.newMessage>,
): Promise<string> {
  const side = sideOf(ctx)
  const author = ctx.subject ?? ctx.actor
  const forClient = side === 'client' || message.forClient
  const id = newId()
  await ctx.db
    .insertInto('order_message')
    .values({
      agency_id: ctx.agencyId,
      id,
      order_id: order.row.id,
      side,
      for_client: forClient,
      author_user_id: author?.userId ?? null,
      author_name: author?.name ?? '',
      via_name: ctx.acting && ctx.actor && ctx.actor.userId !== author?.userId ? ctx.actor.name : null,
      body: message.body,
      created_at: ctx.nowIso,
    })
    .execute()
  if (message.fileIds.length > 0) {
    const taken = await ctx.db
      .updateTable('order_file')
      .set({ message_id: id, for_client: forClient })
      .where('agency_id', '=', ctx.agencyId)
      .where('order_id', '=', order.row.id)
      .where('id', 'in', message.fileIds)
      .where('message_id', 'is', null)
      .where('author_user_id', '=', author?.userId ?? null)
      .returning('id')
      .execute()
    if (taken.length !== new Set(message.fileIds).size) throw notFound()
  }
  await ctx.db
    .updateTable('client_order')
    .set(
      side === 'operator'
        ? { agency_unread: order.row.agency_unread + 1 }
        : { operator_unread: order.row.operator_unread + 1 },
    )
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', order.row.id)
    .execute()
  if (side === 'operator' || side === 'client')
    await tellOrderPeople(ctx, order.row, 'order_message', { by: author?.name ?? '' })
  ctx.publish({ agencyId: ctx.agencyId, kind: 'orders', id: toPublicId('order', order.row.id) })
  return id
}
