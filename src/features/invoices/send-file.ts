import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Ctx } from '../../server/context.ts'
import type { Exchange } from '../../server/route.ts'
import type { InvoiceFile } from './invoice-file.ts'

const types = { pdf: 'application/pdf', xml: 'application/xml; charset=utf-8' }

/**
 * Answers with a kept file: its own browser may keep it and asks each time whether it still may (ETag), so that
 * the next person at that screen gets nothing.
 */
export function sendFile({ request, reply }: Exchange, file: InvoiceFile, kind: 'pdf' | 'xml'): void {
  const tag = `"${file.sha256.toString('base64url')}"`
  void reply.headers({ 'cache-control': 'private, no-cache', etag: tag })
  if (request.headers['if-none-match'] === tag) return void reply.status(304).send()
  void reply
    .headers({
      'content-type': types[kind],
      'content-disposition': `${kind === 'pdf' ? 'inline' : 'attachment'}; filename="${file.name}"`,
    })
    .send(file.bytes)
}

/** Streams a file made piece by piece, outside any transaction; a fault on the way cuts it off. */
export function sendPieces(
  ctx: Ctx,
  { reply }: Exchange,
  file: { name: string; type: string },
  pieces: AsyncIterable<Buffer | string>,
): void {
  reply.hijack()
  const out = reply.raw
  for (const [header, value] of Object.entries(reply.getHeaders()))
    if (value !== undefined) out.setHeader(header, value as string)
  out.writeHead(200, {
    'content-type': file.type,
    'content-disposition': `attachment; filename="${file.name}"`,
    'cache-control': 'no-store',
  })
  pipeline(Readable.from(pieces, { objectMode: false }), out).catch((error: Error) => {
    ctx.app.log.warn({ error: error.message, requestId: ctx.requestId }, 'download cut off')
    out.destroy()
  })
}
