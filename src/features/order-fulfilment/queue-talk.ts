import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import type { Ctx } from '../../server/context.ts'
import { notFound } from '../../server/refusal.ts'
import type { Exchange } from '../../server/route.ts'
import { keepFile, receiveFile, sendFile, writeMessage } from '../order-talk/public.ts'
import type * as contract from './contract.ts'
import { inAgency } from './in-agency.ts'

/** Writes to the agency. */
export async function answerOrder(
  ctx: Ctx,
  { params, body }: InputOf<typeof contract.answerOrder>,
): Promise<AnswerOf<typeof contract.answerOrder>> {
  const id = await inAgency(ctx, params, 'order.answered', (inner, order) => writeMessage(inner, order, body))
  return { id: toPublicId('orderMessage', id) }
}

/** Marks the agency's messages as read. */
export async function readQueueOrder(
  ctx: Ctx,
  { params }: InputOf<typeof contract.readQueueOrder>,
): Promise<Record<string, never>> {
  return inAgency(ctx, params, 'order.read', async (inner) => {
    await inner.db
      .updateTable('client_order')
      .set({ operator_unread: 0 })
      .where('agency_id', '=', inner.agencyId)
      .where('id', '=', params.id)
      .execute()
    return {}
  })
}

/** Says who supplies a line: the operator's own note. */
export async function setLineSupplier(
  ctx: Ctx,
  { params, body }: InputOf<typeof contract.setLineSupplier>,
): Promise<Record<string, never>> {
  return inAgency(ctx, params, 'order.supplier_set', async (inner) => {
    const line = await inner.db
      .updateTable('order_line')
      .set({ supplier: body.supplier })
      .where('agency_id', '=', inner.agencyId)
      .where('order_id', '=', params.id)
      .where('id', '=', params.lineId)
      .returning('id')
      .executeTakeFirst()
    if (!line) throw notFound()
    return {}
  })
}

/** Keeps a file of the staff's; the order is reached before a byte is read. */
export async function uploadQueueFile(
  ctx: Ctx,
  { params }: InputOf<typeof contract.uploadQueueFile>,
  { request }: Exchange,
): Promise<AnswerOf<typeof contract.uploadQueueFile>> {
  await ctx.apart((own) => inAgency(own, params, 'order.opened', async () => {}))
  const file = await receiveFile(request)
  return ctx.apart((own) =>
    inAgency(own, params, 'order.file_joined', (inner) => keepFile(inner, params.id, file)),
  )
}

/** Sends a file of an order to the staff. */
export async function downloadQueueFile(
  ctx: Ctx,
  { params }: InputOf<typeof contract.downloadQueueFile>,
  exchange: Exchange,
): Promise<Record<string, never>> {
  return inAgency(ctx, params, 'order.file_opened', async (inner) => {
    await sendFile(inner, params, 'operator', exchange)
    return {}
  })
}
