import type { Selectable } from 'kysely'
import { subjectOf, type Ctx } from '../../server/context.ts'
import { Refusal, notFound } from '../../server/refusal.ts'
import type { Import } from '../../server/schema.gen.ts'
import type { ImportKind } from './import-kind.ts'

/** Row of `import`. */
export type ImportRecord = Selectable<Import>
export type ImportState =
  | 'uploading'
  | 'reading'
  | 'mapping'
  | 'checking'
  | 'checked'
  | 'running'
  | 'done'
  | 'failed'

/** The imports of a kind that are the caller's: the member's in whose name it runs, or the operator's staff person's. */
export function ownImports(ctx: Ctx, { kind }: ImportKind) {
  const who = subjectOf(ctx)
  const query = ctx.db
    .selectFrom('import')
    .selectAll()
    .where('agency_id', '=', ctx.agencyId)
    .where('kind', '=', kind)
  return who.memberId === null
    ? query.where('member_id', 'is', null).where('user_id', '=', who.userId)
    : query.where('member_id', '=', who.memberId)
}

/** One of them, locked when it will change; 404 for anybody else's. */
export async function ownImport(ctx: Ctx, id: string, kind: ImportKind, lock = false): Promise<ImportRecord> {
  const query = ownImports(ctx, kind).where('id', '=', id)
  const row = await (lock ? query.forUpdate() : query).executeTakeFirst()
  if (!row) throw notFound()
  return row
}

/** The same, refused with 409 when the import is not in one of the states. */
export async function ownImportIn(
  ctx: Ctx,
  id: string,
  states: readonly ImportState[],
  kind: ImportKind,
): Promise<ImportRecord> {
  const row = await ownImport(ctx, id, kind, true)
  if (!states.includes(row.state as ImportState))
    throw new Refusal(409, 'import.state', { data: { state: row.state } })
  return row
}

/** Changes an import's row. */
export async function setImport(
  ctx: Ctx,
  id: string,
  values: Partial<ImportRecord> | Record<string, unknown>,
): Promise<void> {
  await ctx.db
    .updateTable('import')
    .set(values as never)
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', id)
    .execute()
}
