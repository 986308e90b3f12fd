import { z } from 'zod'
import type { Ctx } from '../../server/context.ts'
import { longWork } from '../long-jobs/public.ts'
import type { Encoding } from './detect.ts'
import { guessMapping } from './fields.ts'
import type { ImportKind, ImportWork } from './import-kind.ts'
import { setImport, type ImportRecord } from './own-import.ts'
import { readCsvPart, type FileRow, type ReadCursor } from './read-rows.ts'
import { readXlsx } from './read-xlsx.ts'

/** Pieces read in one transaction: about 3.5 MB, 20,000 rows. */
const chunksABatch = 5
const maxColumns = 200
/** Characters of a title that are kept: a longer one is no title, and is compared with every name of a field. */
const longestTitle = 200

/** Reads a file's pieces into rows; the first row gives the titles and the proposed matching. */
export function readWork(kind: ImportKind): ImportWork {
  return longWork<{ importId: string }, ReadCursor>({
    kind: kind.works.read,
    input: z.object({ importId: z.string() }),
    async count(ctx, { importId }) {
      const row = await importRow(ctx, importId)
      return row?.chunk_count ?? 0
    },
    async batch(ctx, { importId }, cursor) {
      const row = await importRow(ctx, importId)
      // Discarded meanwhile: nothing left to do.
      if (!row || row.state !== 'reading') return { done: 0, next: undefined }
      const from = cursor ?? { chunk: 0, bytes: '', text: '', line: 0 }
      return row.format === 'xlsx' ? readWorkbook(ctx, kind, row) : readPart(ctx, kind, row, from)
    },
  })
}

function importRow(ctx: Ctx, id: string): Promise<ImportRecord | undefined> {
  return ctx.db
    .selectFrom('import')
    .selectAll()
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', id)
    .executeTakeFirst()
}

async function chunks(ctx: Ctx, id: string, from: number, to: number): Promise<Buffer> {
  const rows = await ctx.db
    .selectFrom('import_chunk')
    .select('bytes')
    .where('agency_id', '=', ctx.agencyId)
    .where('import_id', '=', id)
    .where('number', '>=', from)
    .where('number', '<', to)
    .orderBy('number')
    .execute()
  return Buffer.concat(rows.map((r) => r.bytes))
}

async function readPart(
  ctx: Ctx,
  kind: ImportKind,
  row: ImportRecord,
  from: ReadCursor,
): Promise<{ done: number; next: ReadCursor | undefined }> {
  const to = Math.min(from.chunk + chunksABatch, row.chunk_count)
  const last = to === row.chunk_count
  const part = readCsvPart(await chunks(ctx, row.id, from.chunk, to), from, {
    encoding: row.encoding as Encoding,
    delimiter: row.delimiter ?? ';',
    last,
  })
  if ('fault' in part) {
    await fail(ctx, row.id, part.fault, { line: part.line })
    return { done: row.chunk_count, next: undefined }
  }
  await keepRows(ctx, kind, row, part.rows, from.chunk === 0)
  if (last) await finish(ctx, row.id)
  return { done: to - from.chunk, next: last ? undefined : { ...part.next, chunk: to } }
}

async function readWorkbook(
  ctx: Ctx,
  kind: ImportKind,
  row: ImportRecord,
): Promise<{ done: number; next: undefined }> {
  const rows = await readXlsx(await chunks(ctx, row.id, 0, row.chunk_count))
  if ('fault' in rows) await fail(ctx, row.id, rows.fault)
  else {
    await keepRows(ctx, kind, row, rows, true)
    await finish(ctx, row.id)
  }
  return { done: row.chunk_count, next: undefined }
}

async function keepRows(
  ctx: Ctx,
  kind: ImportKind,
  row: ImportRecord,
  rows: FileRow[],
  first: boolean,
): Promise<void> {
  const [titles, ...rest] = first ? rows : [undefined, ...rows]
  if (first && titles) {
    const headers = titles.cells.slice(0, maxColumns).map((h) => h.trim().slice(0, longestTitle))
    await setImport(ctx, row.id, {
      headers: JSON.stringify(headers),
      mapping: JSON.stringify(guessMapping(headers, kind.titles)),
    })
  }
  if (rest.length === 0) return
  const values = rest.map((r) => ({
    n: r!.number,
    c: r!.cells.slice(0, maxColumns).map((cell) => cell.replaceAll('\u0000', '')),
  }))
  await ctx.tx.client.query(
    `insert into import_row (agency_id, import_id, number, cells)
     select $1, $2, r.n, r.c from jsonb_to_recordset($3::jsonb) as r(n int, c jsonb) on conflict do nothing`,
    [ctx.agencyId, row.id, JSON.stringify(values)],
  )
}

async function finish(ctx: Ctx, id: string): Promise<void> {
  const { rows } = await ctx.tx.client.query<{ n: number }>(
    `select count(*)::int as n from import_row where agency_id = $1 and import_id = $2`,
    [ctx.agencyId, id],
  )
  const count = rows[0]?.n ?? 0
  if (count === 0) await fail(ctx, id, 'imports.fault.no_rows')
  else await setImport(ctx, id, { state: 'mapping', row_count: count })
}

async function fail(ctx: Ctx, id: string, code: string, values?: Record<string, unknown>): Promise<void> {
  await setImport(ctx, id, {
    state: 'failed',
    failure: JSON.stringify({ code, values }),
    finished_at: ctx.nowIso,
  })
}
