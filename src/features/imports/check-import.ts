import { z } from 'zod'
import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import type { Ctx } from '../../server/context.ts'
import { invalid, notFound } from '../../server/refusal.ts'
import { longWork } from '../long-jobs/public.ts'
import type { checkImport as check, correctImportRow as correct } from './contract.ts'
import type { ImportDoor, ImportKind, ImportWork, Mapping } from './import-kind.ts'
import { ownImportIn, setImport, type ImportRecord } from './own-import.ts'

const rowsABatch = 2_000

/** Takes the matching of columns and checks every row as long work. Nothing is written but what was found. */
export async function checkImport(
  ctx: Ctx,
  { params, body }: InputOf<typeof check>,
  door: ImportDoor,
): Promise<AnswerOf<typeof check>> {
  const row = await ownImportIn(ctx, params.id, ['mapping', 'checked', 'done'], door)
  const fields = Object.values(body.mapping)
  const lacking = door.required.find((r) => !fields.includes(r.field))
  if (lacking) throw invalid({ mapping: lacking.refusal })
  const twice = fields.find((f, i) => fields.indexOf(f) !== i)
  if (twice) throw invalid({ mapping: { code: 'imports.column_twice', values: { field: twice } } })
  await setImport(ctx, row.id, {
    mapping: JSON.stringify(body.mapping),
    update_existing: body.updateExisting,
    state: 'checking',
  })
  await ctx.tx.client.query(
    `update import_row set state = 'read' where agency_id = $1 and import_id = $2 and state in ('ready', 'faulty')`,
    [ctx.agencyId, row.id],
  )
  await ctx.tx.client.query(`delete from import_key where agency_id = $1 and import_id = $2`, [
    ctx.agencyId,
    row.id,
  ])
  const jobId = await door.run.check.start(ctx, { importId: row.id })
  await setImport(ctx, row.id, { job_id: jobId })
  return { jobId: toPublicId('job', jobId) }
}

/** Checks the rows of an import in the order of the file, so that the first of two alike is the good one. */
export function checkWork(kind: ImportKind): ImportWork {
  return longWork<{ importId: string }, number>({
    kind: kind.works.check,
    input: z.object({ importId: z.string() }),
    async count(ctx, { importId }) {
      const { rows } = await ctx.tx.client.query<{ n: number }>(
        `select count(*)::int as n from import_row where agency_id = $1 and import_id = $2 and state = 'read'`,
        [ctx.agencyId, importId],
      )
      return rows[0]?.n ?? 0
    },
    async batch(ctx, { importId }, cursor) {
      const row = await ctx.db
        .selectFrom('import')
        .selectAll()
        .where('agency_id', '=', ctx.agencyId)
        .where('id', '=', importId)
        .executeTakeFirst()
      if (!row || row.state !== 'checking') return { done: 0, next: undefined }
      const rows = await ctx.tx.query<{ number: number; cells: string[] }>(
        'import_rows_to_check',
        `select number, cells from import_row where agency_id = $1 and import_id = $2 and state = 'read' and number > $3 order by number limit $4`,
        [ctx.agencyId, importId, cursor ?? 0, rowsABatch],
      )
      await checkThese(ctx, kind, row, rows)
      const last = rows.at(-1)
      if (!last || rows.length < rowsABatch) {
        await setImport(ctx, importId, { state: 'checked' })
        return { done: rows.length, next: undefined }
      }
      return { done: rows.length, next: last.number }
    },
  })
}

async function checkThese(
  ctx: Ctx,
  kind: ImportKind,
  row: ImportRecord,
  rows: readonly { number: number; cells: string[] }[],
): Promise<void> {
  const checked = await kind.check(ctx, rows, row.mapping as Mapping)
  await ctx.tx.query(
    'import_rows_checked',
    `update import_row r set parsed = g.parsed, issues = g.issues,
       state = case when jsonb_path_exists(g.issues, '$[*] ? (@.severity == "fault")') then 'faulty' else 'ready' end
     from jsonb_to_recordset($3::jsonb) as g(number int, parsed jsonb, issues jsonb)
     where r.agency_id = $1 and r.import_id = $2 and r.number = g.number`,
    [ctx.agencyId, row.id, JSON.stringify(checked)],
  )
  await refuseAlike(
    ctx,
    kind,
    row.id,
    rows.map((r) => r.number),
  )
}

/** Rows of the same key are alike. The first good one takes it; the others are faults that name its line. */
async function refuseAlike(ctx: Ctx, kind: ImportKind, importId: string, numbers: number[]): Promise<void> {
  // In small steps by key: one statement over a table just filled is planned without statistics, badly.
  const own = [ctx.agencyId, importId]
  const keyed = await ctx.tx.query<{ number: number; key: string }>(
    `import_keys_of_${kind.kind}`,
    `select number, ${kind.keySql} as key
     from import_row where agency_id = $1 and import_id = $2 and number = any($3::int[]) and state = 'ready' order by number`,
    [...own, numbers],
  )
  await ctx.tx.query(
    'import_keys_left',
    `delete from import_key where agency_id = $1 and import_id = $2 and number = any($3::int[])`,
    [...own, numbers],
  )
  const keys = keyed.map((k) => k.key)
  await ctx.tx.query(
    'import_keys_taken',
    `insert into import_key (agency_id, import_id, match_key, number) select $1, $2, k, n from unnest($3::text[], $4::int[]) as g(k, n) on conflict do nothing`,
    [...own, keys, keyed.map((k) => k.number)],
  )
  const holders = await ctx.tx.query<{ match_key: string; number: number }>(
    'import_keys_held',
    `select match_key, number from import_key where agency_id = $1 and import_id = $2 and match_key = any($3::text[])`,
    [...own, keys],
  )
  const first = new Map(holders.map((h) => [h.match_key, h.number]))
  const twice = keyed
    .filter((k) => first.get(k.key) !== k.number)
    .map((k) => ({ number: k.number, line: first.get(k.key) }))
  if (twice.length === 0) return
  await ctx.tx.query(
    'import_rows_twice',
    `update import_row r set state = 'faulty', issues = r.issues || jsonb_build_array(jsonb_build_object(
       'severity', 'fault', 'column', null, 'field', null, 'code', $4::text, 'values', jsonb_build_object('line', g.line)))
     from jsonb_to_recordset($3::jsonb) as g(number int, line int)
     where r.agency_id = $1 and r.import_id = $2 and r.number = g.number`,
    [...own, JSON.stringify(twice), kind.twice],
  )
}

/** Corrects cells of one row of a checked import and checks it again, with the rows that are like it. */
export async function correctImportRow(
  ctx: Ctx,
  { params, body }: InputOf<typeof correct>,
  door: ImportDoor,
): Promise<AnswerOf<typeof correct>> {
  const row = await ownImportIn(ctx, params.id, ['checked', 'done'], door)
  const found = await ctx.db
    .selectFrom('import_row')
    .select(['cells', 'number'])
    .where('agency_id', '=', ctx.agencyId)
    .where('import_id', '=', row.id)
    .where('number', '=', params.number)
    .where('state', 'in', ['ready', 'faulty'])
    .executeTakeFirst()
  if (!found) throw notFound()
  const cells = [...(found.cells as string[])]
  for (const [column, text] of Object.entries(body.cells)) cells[Number(column)] = text
  const whole = Array.from(cells, (c) => c ?? '')
  await ctx.db
    .updateTable('import_row')
    .set({ cells: JSON.stringify(whole) })
    .where('agency_id', '=', ctx.agencyId)
    .where('import_id', '=', row.id)
    .where('number', '=', params.number)
    .execute()
  await checkThese(ctx, door, row, [{ number: params.number, cells: whole }])
  if (row.state === 'done') await setImport(ctx, row.id, { state: 'checked' })
  return {}
}
