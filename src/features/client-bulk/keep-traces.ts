import type { Ctx } from '../../server/context.ts'
import type { Trace } from './client-change.ts'

/** Keeps what was done to each client. */
export async function keepTraces(
  ctx: Ctx,
  changeId: string,
  traces: ReadonlyMap<string, Trace>,
): Promise<void> {
  if (traces.size === 0) return
  await ctx.tx.query(
    'keep_traces',
    `insert into bulk_change_item (agency_id, change_id, client_id, data)
     select $1, $2, x.id, x.data from jsonb_to_recordset($3::jsonb) as x(id uuid, data jsonb)`,
    [ctx.agencyId, changeId, JSON.stringify([...traces].map(([id, data]) => ({ id, data })))],
  )
}
