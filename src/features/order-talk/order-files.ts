import { createHash } from 'node:crypto'
import type { z } from 'zod'
import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import { subjectOf, type Ctx } from '../../server/context.ts'
import { newId } from '../../server/ids.ts'
import { Refusal, invalid, notFound } from '../../server/refusal.ts'
import type { Exchange } from '../../server/route.ts'
import { sideOf, visibleOrders, type Side } from '../orders/public.ts'
import {
  maxOrderFileBytes,
  maxOrderFiles,
  type downloadOrderFile as download,
  type orderFileAnswer,
  type uploadOrderFile as upload,
} from './contract.ts'
import { honestName, sniffType } from './sniff-type.ts'

/** A file as answered. */
export type OrderFileAnswer = z.output<typeof orderFileAnswer>

/** A file that came in, whole and recognised. */
export type ReceivedFile = { name: string; contentType: string; bytes: Buffer }

/** Keeps a file on an order of one's sight until a message takes it along; seen by nobody else before. */
export async function uploadOrderFile(
  ctx: Ctx,
  { params }: InputOf<typeof upload>,
  { request }: Exchange,
): Promise<AnswerOf<typeof upload>> {
  await ctx.apart((inner) => orderSeen(inner, params.id))
  const file = await receiveFile(request)
  return ctx.apart(async (inner) => {
    await orderSeen(inner, params.id)
    return keepFile(inner, params.id, file)
  })
}

/**
 * Reads the one file of a multipart request. 422 at `file` when there is none, 413 `order.file_too_large`, 422
 * `order.file_type` for what is neither picture, PDF, office document nor text.
 */
export async function receiveFile(request: Exchange['request']): Promise<ReceivedFile> {
  if (!request.isMultipart()) throw invalid({ file: 'field.required' })
  const part = await request.file({ limits: { fileSize: maxOrderFileBytes, files: 1 } })
  if (!part) throw invalid({ file: 'field.required' })
  let bytes: Buffer
  try {
    bytes = await part.toBuffer()
  } catch (error) {
    if ((error as { code?: string }).code !== 'FST_REQ_FILE_TOO_LARGE') throw error
    throw new Refusal(413, 'order.file_too_large', { values: { max: maxOrderFileBytes / 1_000_000 } })
  }
  // Some browsers send a path; control characters and quotes have no place in a header either.
  const name =
    part.filename
      .replace(/^.*[/\\]/, '')
      // oxlint-disable-next-line no-control-regex -- the point is to take them out
      .replaceAll(/[\u0000-\u001f\u007f"<>:|?*]/g, '')
      .trim()
      .slice(0, 150)
      // Windows takes these off the end, and the ending before them for the file's.
      .replace(/[. ]+$/, '') || 'fichier'
  const contentType = sniffType(bytes, name)
  if (contentType === undefined)
    throw new Refusal(422, 'order.file_type', { fields: { file: 'order.file_type' } })
  return { name: honestName(name, contentType), contentType, bytes }
}

/** Keeps it with an order the caller reached; 409 `order.too_many_files` beyond forty. */
export async function keepFile(ctx: Ctx, orderId: string, file: ReceivedFile): Promise<OrderFileAnswer> {
  const [known] = await ctx.tx.query<{ n: number }>(
    'count_order_files',
    'select count(*)::int as n from order_file where agency_id = $1 and order_id = $2',
    [ctx.agencyId, orderId],
  )
  if (known!.n >= maxOrderFiles)
    throw new Refusal(409, 'order.too_many_files', { values: { max: maxOrderFiles } })
  const author = ctx.subject ?? ctx.actor
  const row = await ctx.db
    .insertInto('order_file')
    .values({
      agency_id: ctx.agencyId,
      id: newId(),
      order_id: orderId,
      name: file.name,
      content_type: file.contentType,
      size: file.bytes.length,
      sha256: createHash('sha256').update(file.bytes).digest(),
      bytes: file.bytes,
      side: sideOf(ctx),
      for_client: sideOf(ctx) === 'client',
      author_user_id: author?.userId ?? null,
      author_name: author?.name ?? '',
      created_at: ctx.nowIso,
    })
    .returning(['id', 'name', 'content_type', 'size'])
    .executeTakeFirstOrThrow()
  return fileAnswer(row)
}

/** A row of `order_file` as answered. */
export function fileAnswer(row: {
  id: string
  name: string
  content_type: string
  size: number
}): OrderFileAnswer {
  return {
    id: toPublicId('orderFile', row.id),
    name: row.name,
    contentType: row.content_type,
    size: row.size,
  }
}

/** Sends a file of an order in sight as an attachment; 404 for what the team and the operator keep to themselves. */
export async function downloadOrderFile(
  ctx: Ctx,
  { params }: InputOf<typeof download>,
  exchange: Exchange,
): Promise<Record<string, never>> {
  await orderSeen(ctx, params.id)
  await sendFile(ctx, params, subjectOf(ctx).role === 'client' ? 'client' : 'agency', exchange)
  return {}
}

/** The same once the order was reached: what `side` may see. */
export async function sendFile(
  ctx: Ctx,
  { id, fileId }: { id: string; fileId: string },
  side: Side,
  { reply }: Exchange,
): Promise<void> {
  const file = await ctx.db
    .selectFrom('order_file')
    .selectAll()
    .where('agency_id', '=', ctx.agencyId)
    .where('order_id', '=', id)
    .where('id', '=', fileId)
    .executeTakeFirst()
  const mine = file?.author_user_id === (ctx.subject ?? ctx.actor)?.userId
  const hidden = file && !mine && ((side === 'client' && !file.for_client) || !(await isShown(ctx, file)))
  if (!file || hidden) throw notFound()
  ctx.afterCommit(() => {
    void reply
      .headers({
        'content-type': file.content_type,
        'content-length': file.bytes.length,
        'content-disposition': `attachment; filename="${file.name.replaceAll(/[^\x20-\x7e]/g, '_')}"; filename*=UTF-8''${encodeURIComponent(file.name)}`,
        'content-security-policy': "default-src 'none'; sandbox",
        'x-content-type-options': 'nosniff',
        'cache-control': 'private, no-store',
      })
      .send(file.bytes)
  })
}

/** A file is its author's alone until a message or a delivery takes it along. */
async function isShown(ctx: Ctx, file: { id: string; message_id: string | null }): Promise<boolean> {
  if (file.message_id !== null) return true
  const delivery = await ctx.db
    .selectFrom('order_delivery')
    .select('id')
    .where('agency_id', '=', ctx.agencyId)
    .where('file_id', '=', file.id)
    .executeTakeFirst()
  return delivery !== undefined
}

async function orderSeen(ctx: Ctx, id: string): Promise<void> {
  const seen = await visibleOrders(ctx)
    .select('client_order.id')
    .where('client_order.id', '=', id)
    .executeTakeFirst()
  if (!seen) throw notFound()
}
