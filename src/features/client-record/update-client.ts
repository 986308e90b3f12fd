import type { InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { Refusal } from '../../server/refusal.ts'
import { checkClientValues, columnsOf, differences } from './client-columns.ts'
import type * as contract from './contract.ts'
import { lockOpenClient, tellClientChanged } from './lock-client.ts'
import { readClientOr404, type ClientRecord } from './read-client.ts'

/**
 * Changes the given fields and no other. 409 `version.stale` with the current record when somebody changed it
 * meanwhile; a change that changes nothing leaves no trace.
 */
export async function updateClient(
  ctx: Ctx,
  { params, body }: InputOf<typeof contract.updateClient>,
): Promise<ClientRecord> {
  const { version, ...values } = body
  const row = await lockOpenClient(ctx, params.id)
  if (row.version !== version)
    throw new Refusal(409, 'version.stale', { data: { current: await readClientOr404(ctx, row.id) } })
  checkClientValues(ctx, values)
  const changes = differences(ctx, row, values)
  if (Object.keys(changes).length === 0) return readClientOr404(ctx, row.id)
  await ctx.db
    .updateTable('client')
    .set({ ...columnsOf(values), updated_at: ctx.nowIso, last_activity_at: ctx.nowIso, version: version + 1 })
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', row.id)
    .execute()
  ctx.audit({
    action: 'client.updated',
    clientId: row.id,
    entity: { kind: 'client', id: row.id, name: values.name ?? row.name },
    data: { changes },
  })
  tellClientChanged(ctx, row.id)
  return readClientOr404(ctx, row.id)
}
