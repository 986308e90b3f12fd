import type { Ctx } from '../../server/context.ts'
import { lockClient, tellClientChanged } from './lock-client.ts'
import { readClientOr404, type ClientRecord } from './read-client.ts'

/** Archives or restores a client and records it; what is so already stays as it is. */
export async function setArchived(ctx: Ctx, id: string, archived: boolean): Promise<ClientRecord> {
  const row = await lockClient(ctx, id)
  if ((row.status === 'archived') === archived) return readClientOr404(ctx, id)
  const status = archived ? 'archived' : 'active'
  await ctx.db
    .updateTable('client')
    .set({
      status,
      archived_at: archived ? ctx.nowIso : null,
      updated_at: ctx.nowIso,
      last_activity_at: ctx.nowIso,
      version: row.version + 1,
    })
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', id)
    .execute()
  ctx.audit({
    action: archived ? 'client.archived' : 'client.restored',
    clientId: id,
    entity: { kind: 'client', id, name: row.name },
    data: { changes: { status: [row.status, status] } },
  })
  tellClientChanged(ctx, id)
  return readClientOr404(ctx, id)
}
