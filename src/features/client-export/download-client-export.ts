import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { InputOf } from '../../contract/endpoint.ts'
import { agencyOf, subjectOf, type App, type Ctx } from '../../server/context.ts'
import { Refusal, notFound } from '../../server/refusal.ts'
import type { Exchange } from '../../server/route.ts'
import { runInTenant } from '../../server/run-in-tenant.ts'
import { zipStream } from '../../server/zip-stream.ts'
import type { downloadClientExport as contract } from './contract.ts'
import { columnCount } from './export-columns.ts'
import { xlsxEntries } from './xlsx-file.ts'

const types = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

/**
 * Streams the file of one's own finished export: 404 for anybody else's, 409 `export.not_ready` while it is
 * being written, 410 `export.expired` after a day. Each part is read in a transaction of its own.
 */
export async function downloadClientExport(
  ctx: Ctx,
  { params }: InputOf<typeof contract>,
  { reply }: Exchange,
): Promise<Record<string, never>> {
  const job = await ctx.db
    .selectFrom('long_job')
    .select(['state', 'result', 'created_at'])
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', params.id)
    .where('kind', '=', 'clients.export')
    .where('user_id', '=', ctx.actor?.userId ?? subjectOf(ctx).userId)
    .executeTakeFirst()
  if (!job) throw notFound()
  if (job.state !== 'done') throw new Refusal(409, 'export.not_ready')
  const [parts] = await ctx.tx.query<{ n: number }>(
    'count_export_parts',
    `select count(*)::int as n from export_part where agency_id = $1 and job_id = $2`,
    [ctx.agencyId, params.id],
  )
  const age = ctx.now.since(Temporal.Instant.from(job.created_at)).total('hour')
  if (!parts?.n || age > 24) throw new Refusal(410, 'export.expired')
  const { app, agencyId } = ctx
  const { format } = job.result as { format: 'csv' | 'xlsx' }
  const name = `clients-${ctx.now.toZonedDateTimeISO(agencyOf(ctx).timeZone).toPlainDate().toString()}.${format}`
  const sheetName = app.texts.t(ctx.locale, 'client_export.sheet')
  ctx.afterCommit(() => {
    reply.hijack()
    const out = reply.raw
    for (const [header, value] of Object.entries(reply.getHeaders()))
      if (value !== undefined) out.setHeader(header, value as string)
    out.writeHead(200, {
      'content-type': types[format],
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'no-store',
    })
    const texts = readParts(app, agencyId, params.id, parts.n)
    const bytes = format === 'csv' ? texts : zipStream(xlsxEntries(sheetName, columnCount, texts))
    pipeline(Readable.from(bytes, { objectMode: false }), out).catch((error: Error) => {
      app.log.warn({ error: error.message, requestId: ctx.requestId }, 'export cut off')
      out.destroy()
    })
  })
  return {}
}

async function* readParts(app: App, agencyId: string, jobId: string, count: number): AsyncGenerator<string> {
  for (let position = 0; position < count; position++)
    yield await runInTenant(app, { agencyId }, async (ctx) => {
      const part = await ctx.db
        .selectFrom('export_part')
        .select('content')
        .where('agency_id', '=', agencyId)
        .where('job_id', '=', jobId)
        .where('position', '=', position)
        .executeTakeFirstOrThrow()
      return part.content
    })
}
