import { stringify } from 'csv-stringify/sync'
import type { InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import type { Exchange } from '../../server/route.ts'
import { issuesOf } from './answer.ts'
import type { downloadFaultyRows as contract } from './contract.ts'
import type { ImportDoor } from './import-kind.ts'
import { ownImport } from './own-import.ts'

/** More than this is a wrong matching of columns, not rows to mend by hand. */
const most = 20_000

/** The faulty rows as a spreadsheet opens them (UTF-8 with mark, semicolons), with a column that says why. */
export async function downloadFaultyRows(
  ctx: Ctx,
  { params }: InputOf<typeof contract>,
  { reply }: Exchange,
  door: ImportDoor,
): Promise<Record<string, never>> {
  const row = await ownImport(ctx, params.id, door)
  const rows = await ctx.db
    .selectFrom('import_row')
    .select(['number', 'cells', 'issues'])
    .where('agency_id', '=', ctx.agencyId)
    .where('import_id', '=', row.id)
    .where('state', '=', 'faulty')
    .orderBy('number')
    .limit(most)
    .execute()
  const t = (key: string) => ctx.app.texts.t(ctx.locale, key)
  const headers = row.headers as string[]
  const lines = rows.map((r) => [
    ...headers.map((_, i) => (r.cells as string[])[i] ?? ''),
    String(r.number),
    issuesOf(ctx, r.issues)
      .filter((i) => i.severity === 'fault')
      .map((i) => i.message)
      .join(' '),
  ])
  // `escape_formulas`: a cell that a spreadsheet would run is quoted, so that it stays text.
  const csv = stringify([[...headers, t('imports.line'), t('imports.reason')], ...lines], {
    delimiter: ';',
    bom: true,
    record_delimiter: 'windows',
    escape_formulas: true,
  })
  ctx.audit({
    action: 'import.faults_downloaded',
    entity: { kind: 'import', id: row.id, name: row.file_name },
    data: { rows: rows.length },
  })
  ctx.afterCommit(
    () =>
      void reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', 'attachment; filename="lignes-a-corriger.csv"')
        .send(csv),
  )
  return {}
}
