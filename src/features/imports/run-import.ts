import { z } from 'zod'
import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import type { Ctx } from '../../server/context.ts'
import { Refusal } from '../../server/refusal.ts'
import { longWork } from '../long-jobs/public.ts'
import type { pauseImport as pause, runImport as run } from './contract.ts'
import type { ImportDoor, ImportKind, ImportWork, ReadyRow, RowOutcome } from './import-kind.ts'
import { ownImportIn, setImport } from './own-import.ts'

/** Rows written in one transaction with their state: a crash loses none and doubles none. */
const rowsABatch = 2_000

/** Imports every good row as long work; the faulty ones stay to be corrected. */
export async function runImport(
  ctx: Ctx,
  { params }: InputOf<typeof run>,
  door: ImportDoor,
): Promise<AnswerOf<typeof run>> {
  const row = await ownImportIn(ctx, params.id, ['checked'], door)
  const jobId = await door.run.run.start(ctx, { importId: row.id })
  const job = await ctx.db
    .selectFrom('long_job')
    .select('total')
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', jobId)
    .executeTakeFirstOrThrow()
  if (job.total === 0) throw new Refusal(409, 'import.nothing_ready')
  await setImport(ctx, row.id, { state: 'running', job_id: jobId })
  return { jobId: toPublicId('job', jobId) }
}

/** Stops after the batch under way: the next one finds the import no longer running. */
export async function pauseImport(
  ctx: Ctx,
  { params }: InputOf<typeof pause>,
  door: ImportDoor,
): Promise<AnswerOf<typeof pause>> {
  const row = await ownImportIn(ctx, params.id, ['running'], door)
  await setImport(ctx, row.id, { state: 'checked' })
  ctx.audit({ action: 'import.paused', entity: { kind: 'import', id: row.id, name: row.file_name } })
  return {}
}

/** Writes the ready rows in the order of the file, in the sight and name of whoever asked. */
export function importWork(kind: ImportKind): ImportWork {
  return longWork<{ importId: string }, number>({
    kind: kind.works.run,
    input: z.object({ importId: z.string() }),
    async count(ctx, { importId }) {
      const { rows } = await ctx.tx.client.query<{ n: number }>(
        `select count(*)::int as n from import_row where agency_id = $1 and import_id = $2 and state = 'ready'`,
        [ctx.agencyId, importId],
      )
      return rows[0]?.n ?? 0
    },
    async batch(ctx, { importId }, cursor) {
      // Two imports of one tenant take turns: both would create what each of them found missing.
      await ctx.tx.query('import_turn', `select pg_advisory_xact_lock(hashtextextended($1, 11))`, [
        ctx.agencyId,
      ])
      const found = await ctx.db
        .selectFrom('import')
        .selectAll()
        .where('agency_id', '=', ctx.agencyId)
        .where('id', '=', importId)
        .executeTakeFirst()
      if (!found || found.state !== 'running') return { done: 0, next: undefined }
      const rows = await ctx.tx.query<ReadyRow>(
        'import_rows_ready',
        `select number, parsed from import_row where agency_id = $1 and import_id = $2 and state = 'ready' and number > $3 order by number limit $4`,
        [ctx.agencyId, importId, cursor ?? 0, rowsABatch],
      )
      if (rows.length > 0)
        await keepOutcomes(ctx, importId, await kind.write(ctx, importId, rows, found.update_existing))
      const last = rows.at(-1)
      const more = last !== undefined && rows.length === rowsABatch
      if (!more) {
        await setImport(ctx, importId, { state: 'done', finished_at: ctx.nowIso })
        ctx.audit({
          action: 'import.finished',
          entity: { kind: 'import', id: importId, name: found.file_name },
        })
        kind.finished(ctx)
      }
      return { done: rows.length, next: more ? last.number : undefined }
    },
  })
}

async function keepOutcomes(ctx: Ctx, importId: string, outcomes: readonly RowOutcome[]): Promise<void> {
  await ctx.tx.query(
    'import_rows_done',
    `update import_row r set state = x.state, outcome_id = x.id
     from jsonb_to_recordset($3::jsonb) as x(number int, state text, id uuid)
     where r.agency_id = $1 and r.import_id = $2 and r.number = x.number`,
    [ctx.agencyId, importId, JSON.stringify(outcomes)],
  )
}
