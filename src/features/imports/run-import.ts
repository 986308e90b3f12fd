import { z } from 'zod'
import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import type { Ctx } from '../../server/context.ts'
import { Refusal } from '../../server/refusal.ts'
import { longWork } from '../long-jobs/public.ts'
import { assignClients } from '../assignments/public.ts'
import { assignableMembers } from './check-import.ts'
import type { ParsedRow } from './check-row.ts'
import type { pauseImport as pause, runImport as run } from './contract.ts'
import { createClients } from './create-clients.ts'
import { matchClients, type Match } from './match-clients.ts'
import { ownImportIn, setImport } from './own-import.ts'
import { updateClient } from './update-client.ts'

/** Rows written in one transaction with their state: a crash loses none and doubles none. */
const rowsABatch = 500

/** A row on its way in. */
export type ReadyRow = { number: number; parsed: ParsedRow & { name: string } }

/** Imports every good row as long work; the faulty ones stay to be corrected. */
export async function runImport(ctx: Ctx, { params }: InputOf<typeof run>): Promise<AnswerOf<typeof run>> {
  const row = await ownImportIn(ctx, params.id, ['checked'])
  const jobId = await importRows.start(ctx, { importId: row.id })
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
): Promise<AnswerOf<typeof pause>> {
  const row = await ownImportIn(ctx, params.id, ['running'])
  await setImport(ctx, row.id, { state: 'checked' })
  ctx.audit({ action: 'import.paused', entity: { kind: 'import', id: row.id, name: row.file_name } })
  return {}
}

/** Writes the ready rows in the order of the file, in the sight and name of whoever asked. */
export const importRows = longWork<{ importId: string }, number>({
  kind: 'imports.run',
  input: z.object({ importId: z.string() }),
  async count(ctx, { importId }) {
    const { rows } = await ctx.tx.client.query<{ n: number }>(
      `select count(*)::int as n from import_row where agency_id = $1 and import_id = $2 and state = 'ready'`,
      [ctx.agencyId, importId],
    )
    return rows[0]?.n ?? 0
  },
  async batch(ctx, { importId }, cursor) {
    // Two imports of one agency take turns: both would create the client that each of them found missing.
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
    await writeRows(ctx, importId, rows, found.update_existing)
    const last = rows.at(-1)
    const more = last !== undefined && rows.length === rowsABatch
    if (!more) {
      await setImport(ctx, importId, { state: 'done', finished_at: ctx.nowIso })
      ctx.audit({
        action: 'import.finished',
        entity: { kind: 'import', id: importId, name: found.file_name },
      })
      ctx.publish({ agencyId: ctx.agencyId, kind: 'clients' })
    }
    return { done: rows.length, next: more ? last.number : undefined }
  },
})

async function writeRows(
  ctx: Ctx,
  importId: string,
  rows: readonly ReadyRow[],
  updateExisting: boolean,
): Promise<void> {
  if (rows.length === 0) return
  const matches = await matchClients(
    ctx,
    importId,
    rows.map((r) => r.number),
  )
  const fresh = rows.filter((r) => !matches.has(r.number))
  const ids = await createClients(ctx, fresh, importId)
  const states = fresh.map((r, i) => ({ number: r.number, state: 'created', clientId: ids[i]! }))
  for (const row of rows) {
    const match = matches.get(row.number)
    if (!match) continue
    const changed = updateExisting && (await updateClient(ctx, match, row))
    states.push({ number: row.number, state: changed ? 'updated' : 'unchanged', clientId: match.id })
  }
  await assign(ctx, rows, states, matches, updateExisting)
  await ctx.tx.query(
    'import_rows_done',
    `update import_row r set state = x.state, outcome_id = x."clientId"
     from jsonb_to_recordset($3::jsonb) as x(number int, state text, "clientId" uuid)
     where r.agency_id = $1 and r.import_id = $2 and r.number = x.number`,
    [ctx.agencyId, importId, JSON.stringify(states)],
  )
}

/** Gives the clients to the people in charge named in the file, through the door every assignment takes. */
async function assign(
  ctx: Ctx,
  rows: readonly ReadyRow[],
  states: { number: number; state: string; clientId: string }[],
  matches: Map<number, Match>,
  updateExisting: boolean,
): Promise<void> {
  const members = await assignableMembers(ctx, [...new Set(rows.flatMap((r) => r.parsed.assignee ?? []))])
  if (members.size === 0) return
  const byNumber = new Map(states.map((s) => [s.number, s]))
  const add = rows.flatMap((r) => {
    const memberId = r.parsed.assignee === undefined ? undefined : members.get(r.parsed.assignee)
    if (memberId === undefined || (matches.has(r.number) && !updateExisting)) return []
    return [{ clientId: byNumber.get(r.number)!.clientId, memberId, number: r.number }]
  })
  const { added } = await assignClients(ctx, { add, source: 'import', trusted: true, announce: false })
  const changed = new Set(added.map((p) => p.clientId))
  for (const s of states) if (s.state === 'unchanged' && changed.has(s.clientId)) s.state = 'updated'
}
