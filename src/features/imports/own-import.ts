import type { Selectable } from 'kysely'
import { memberOf, type Ctx } from '../../server/context.ts'
import { Refusal, notFound } from '../../server/refusal.ts'
import type { Import } from '../../server/schema.gen.ts'

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

/** An import of the member in whose name the call runs, locked when it will change; 404 for anybody else's. */
export async function ownImport(ctx: Ctx, id: string, lock = false): Promise<ImportRecord> {
  const query = ctx.db
    .selectFrom('import')
    .selectAll()
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', id)
    .where('member_id', '=', memberOf(ctx).memberId)
  const row = await (lock ? query.forUpdate() : query).executeTakeFirst()
  if (!row) throw notFound()
  return row
}

/** The same, refused with 409 when the import is not in one of the states. */
export async function ownImportIn(
  ctx: Ctx,
  id: string,
  states: readonly ImportState[],
): Promise<ImportRecord> {
  const row = await ownImport(ctx, id, true)
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
