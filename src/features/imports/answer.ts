import type { z } from 'zod'
import { toPublicId } from '../../contract/ids.ts'
import type { Ctx } from '../../server/context.ts'
import { chunkBytes, type importAnswer, type importIssue } from '../../contract/import-endpoints.ts'
import type { RowIssue } from './import-kind.ts'
import type { ImportRecord } from './own-import.ts'

/** Issues with their sentence in the caller's language. */
export function issuesOf(ctx: Ctx, issues: unknown): z.output<typeof importIssue>[] {
  return (issues as RowIssue[]).map(({ severity, column, field, code, values }) => ({
    severity,
    column,
    field,
    code,
    message: ctx.app.texts.t(ctx.locale, code, values),
  }))
}

type Found = { code: string; severity: 'fault' | 'remark'; n: number }

/** An import as the API answers it, with its counts. */
export async function importAnswerOf(ctx: Ctx, row: ImportRecord): Promise<z.output<typeof importAnswer>> {
  const key = [ctx.agencyId, row.id]
  const [chunks, remarked, found, sample] = await Promise.all([
    ctx.tx.query<{ number: number }>(
      'import_chunks',
      `select number from import_chunk where agency_id = $1 and import_id = $2 order by number`,
      key,
    ),
    ctx.tx.query<{ n: number }>(
      'import_remarked',
      `select count(*)::int as n from import_row where agency_id = $1 and import_id = $2 and state <> 'faulty' and issues <> '[]'`,
      key,
    ),
    ctx.tx.query<Found>(
      'import_found',
      `select i->>'code' as code, i->>'severity' as severity, count(distinct number)::int as n from import_row, jsonb_array_elements(issues) i
       where agency_id = $1 and import_id = $2 and issues <> '[]' group by 1, 2 order by 2, 3 desc limit 30`,
      key,
    ),
    ctx.tx.query<{ cells: string[] }>(
      'import_sample',
      `select cells from import_row where agency_id = $1 and import_id = $2 order by number limit 5`,
      key,
    ),
  ])
  const counts = row.row_counts as Partial<Record<string, number>>
  const count = (state: string) => counts[state] ?? 0
  const failure = row.failure as { code: string; values?: Record<string, unknown> } | null
  return {
    id: toPublicId('import', row.id),
    fileName: row.file_name,
    format: row.format as 'csv' | 'xlsx',
    size: row.size,
    chunkBytes,
    chunkCount: row.chunk_count,
    receivedChunks: chunks.map((c) => c.number),
    state: row.state as z.output<typeof importAnswer>['state'],
    failure: failure && {
      code: failure.code,
      message: ctx.app.texts.t(ctx.locale, failure.code, failure.values),
    },
    encoding: row.encoding,
    delimiter: row.delimiter,
    headers: row.headers as string[],
    sample: sample.map((s) => s.cells),
    mapping: row.mapping as z.output<typeof importAnswer>['mapping'],
    updateExisting: row.update_existing,
    rowCount: row.row_count,
    counts: {
      ready: count('ready'),
      faulty: count('faulty'),
      remarked: remarked[0]?.n ?? 0,
      created: count('created'),
      updated: count('updated'),
      unchanged: count('unchanged'),
    },
    summary: found.map((f) => ({
      code: f.code,
      severity: f.severity,
      rows: f.n,
      message: ctx.app.texts.t(ctx.locale, summaryKey(f.code)),
    })),
    jobId: row.job_id === null ? null : toPublicId('job', row.job_id),
    createdAt: row.created_at,
    finishedAt: row.finished_at,
  }
}

/** Text of a kind of issue without one row's values: `imports.summary.email`, `.siren`, `.assignee`… */
export function summaryKey(code: string): string {
  const number = /^company_number\.(siren|siret|vat)_/.exec(code)
  if (number) return `imports.summary.${number[1]}`
  // `catalogue.fault.theme` → `catalogue.summary.theme`: each feature has the words of its own kind.
  return code.replace(/^(\w+)\.(fault|remark)\./, '$1.summary.')
}
