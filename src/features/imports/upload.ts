import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import { subjectOf, type Ctx } from '../../server/context.ts'
import { newId } from '../../server/ids.ts'
import { Refusal, invalid } from '../../server/refusal.ts'
import { importAnswerOf } from './answer.ts'
import type {
  createImport as create,
  discardImport as discard,
  putImportChunk as put,
  readImport as read,
} from './contract.ts'
import { chunkBytes, maxImportBytes } from '../../contract/import-endpoints.ts'
import type { ImportDoor } from './import-kind.ts'
import { EncodingProbe, guessDelimiter } from './detect.ts'
import { ownImport, ownImportIn, setImport } from './own-import.ts'

/** Announces a file. Refuses other formats and files beyond the limit before a byte is sent. */
export async function createImport(
  ctx: Ctx,
  { body }: InputOf<typeof create>,
  door: ImportDoor,
): Promise<AnswerOf<typeof create>> {
  const ending = /\.([a-z]+)$/i.exec(body.fileName)?.[1]?.toLowerCase() ?? ''
  const format = ['csv', 'txt', 'tsv'].includes(ending) ? 'csv' : ending === 'xlsx' ? 'xlsx' : undefined
  if (!format) throw invalid({ fileName: ending === 'xls' ? 'imports.old_excel' : 'imports.format' })
  if (body.size > maxImportBytes[format])
    throw invalid({
      size: { code: 'imports.too_large', values: { max: maxImportBytes[format] / 1_000_000 } },
    })
  const id = newId()
  const who = subjectOf(ctx)
  await ctx.db
    .insertInto('import')
    .values({
      agency_id: ctx.agencyId,
      id,
      kind: door.kind,
      member_id: who.memberId,
      user_id: who.userId,
      file_name: body.fileName,
      format,
      size: body.size,
      chunk_count: Math.ceil(body.size / chunkBytes),
      created_at: ctx.nowIso,
    })
    .execute()
  ctx.audit({
    action: 'import.started',
    entity: { kind: 'import', id, name: body.fileName },
    data: { size: body.size },
  })
  return importAnswerOf(ctx, await ownImport(ctx, id, door))
}

/** Keeps one piece. */
export async function putImportChunk(
  ctx: Ctx,
  { params, body }: InputOf<typeof put>,
  door: ImportDoor,
): Promise<AnswerOf<typeof put>> {
  const row = await ownImportIn(ctx, params.id, ['uploading'], door)
  const bytes = Buffer.from(body.data, 'base64')
  const expected =
    params.number === row.chunk_count - 1 ? row.size - chunkBytes * (row.chunk_count - 1) : chunkBytes
  if (params.number >= row.chunk_count || bytes.length !== expected)
    throw invalid({ data: 'imports.chunk_size' })
  await ctx.db
    .insertInto('import_chunk')
    .values({ agency_id: ctx.agencyId, import_id: row.id, number: params.number, bytes })
    .onConflict((c) => c.columns(['agency_id', 'import_id', 'number']).doUpdateSet({ bytes }))
    .execute()
  return {}
}

/** Looks at the whole file once for its encoding and separator, then reads it as long work. */
export async function readImport(
  ctx: Ctx,
  { params }: InputOf<typeof read>,
  door: ImportDoor,
): Promise<AnswerOf<typeof read>> {
  const row = await ownImportIn(ctx, params.id, ['uploading', 'failed'], door)
  const missing = await missingChunks(ctx, row.id, row.chunk_count)
  if (missing.length > 0)
    throw new Refusal(409, 'import.incomplete', { data: { missing: missing.slice(0, 100) } })
  const how =
    row.format === 'csv' ? await look(ctx, row.id, row.chunk_count) : { encoding: null, delimiter: null }
  await ctx.db
    .deleteFrom('import_row')
    .where('agency_id', '=', ctx.agencyId)
    .where('import_id', '=', row.id)
    .execute()
  await setImport(ctx, row.id, { ...how, state: 'reading', failure: null })
  const jobId = await door.run.read.start(ctx, { importId: row.id })
  await setImport(ctx, row.id, { job_id: jobId })
  return { jobId: toPublicId('job', jobId) }
}

async function missingChunks(ctx: Ctx, id: string, count: number): Promise<number[]> {
  const rows = await ctx.db
    .selectFrom('import_chunk')
    .select('number')
    .where('agency_id', '=', ctx.agencyId)
    .where('import_id', '=', id)
    .execute()
  const have = new Set(rows.map((r) => r.number))
  return Array.from({ length: count }, (_, i) => i).filter((i) => !have.has(i))
}

async function look(ctx: Ctx, id: string, count: number): Promise<{ encoding: string; delimiter: string }> {
  const probe = new EncodingProbe()
  let start = Buffer.alloc(0)
  for (let number = 0; number < count; number++) {
    const { bytes } = await ctx.db
      .selectFrom('import_chunk')
      .select('bytes')
      .where('agency_id', '=', ctx.agencyId)
      .where('import_id', '=', id)
      .where('number', '=', number)
      .executeTakeFirstOrThrow()
    if (number === 0) start = Buffer.from(bytes.subarray(0, 65_536))
    probe.feed(bytes)
  }
  if (probe.isBinary) throw new Refusal(422, 'import.binary')
  return {
    encoding: probe.encoding,
    delimiter: guessDelimiter(new TextDecoder(probe.encoding).decode(start)),
  }
}

/** Takes an import away, file and rows with it; refused while it runs. */
export async function discardImport(
  ctx: Ctx,
  { params }: InputOf<typeof discard>,
  door: ImportDoor,
): Promise<AnswerOf<typeof discard>> {
  const row = await ownImportIn(ctx, params.id, ['uploading', 'mapping', 'checked', 'done', 'failed'], door)
  await ctx.db.deleteFrom('import').where('agency_id', '=', ctx.agencyId).where('id', '=', row.id).execute()
  ctx.audit({ action: 'import.discarded', entity: { kind: 'import', id: row.id, name: row.file_name } })
  return {}
}
