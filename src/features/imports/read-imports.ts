import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import type { Ctx } from '../../server/context.ts'
import { importAnswerOf, issuesOf } from './answer.ts'
import type { getImport as get, listImportRows as rowsOf, listImports as list } from './contract.ts'
import type { ImportDoor } from './import-kind.ts'
import { ownImport, ownImports } from './own-import.ts'

/** One import of the caller. */
export async function getImport(
  ctx: Ctx,
  { params }: InputOf<typeof get>,
  door: ImportDoor,
): Promise<AnswerOf<typeof get>> {
  return importAnswerOf(ctx, await ownImport(ctx, params.id, door))
}

/** The caller's imports, newest first. */
export async function listImports(
  ctx: Ctx,
  _input: InputOf<typeof list>,
  door: ImportDoor,
): Promise<AnswerOf<typeof list>> {
  const rows = await ownImports(ctx, door).orderBy('id', 'desc').limit(50).execute()
  const data = []
  for (const row of rows) data.push(await importAnswerOf(ctx, row))
  return { data }
}

/** Rows by line of the file. */
export async function listImportRows(
  ctx: Ctx,
  { params, query }: InputOf<typeof rowsOf>,
  door: ImportDoor,
): Promise<AnswerOf<typeof rowsOf>> {
  const row = await ownImport(ctx, params.id, door)
  let find = ctx.db
    .selectFrom('import_row')
    .select(['number', 'cells', 'state', 'issues', 'outcome_id'])
    .where('agency_id', '=', ctx.agencyId)
    .where('import_id', '=', row.id)
    .orderBy('number')
    .limit(query.limit + 1)
  if (query.cursor !== undefined) find = find.where('number', '>', query.cursor)
  if (query.show === 'remarked') find = find.where('state', '!=', 'faulty').where('issues', '!=', '[]')
  else if (query.show !== 'all') find = find.where('state', '=', query.show)
  const rows = await find.execute()
  const page = rows.slice(0, query.limit)
  return {
    data: page.map((r) => ({
      number: r.number,
      cells: r.cells as string[],
      state: r.state as AnswerOf<typeof rowsOf>['data'][number]['state'],
      issues: issuesOf(ctx, r.issues),
      ...({
        [door.outcome.field]: r.outcome_id === null ? null : toPublicId(door.outcome.kind, r.outcome_id),
      } as { clientId: string | null }),
    })),
    nextCursor: rows.length > query.limit ? (page.at(-1)?.number ?? null) : null,
  }
}
