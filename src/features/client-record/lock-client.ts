import type { Selectable } from 'kysely'
import { toPublicId } from '../../contract/ids.ts'
import type { Ctx } from '../../server/context.ts'
import { Refusal, notFound } from '../../server/refusal.ts'
import type { Client } from '../../server/schema.gen.ts'
import { entrustedClients } from '../access/public.ts'

/** A client's row, locked until the end of the call; 404 outside the caller's sight. */
export async function lockClient(ctx: Ctx, id: string): Promise<Selectable<Client>> {
  const row = await entrustedClients(ctx)
    .selectAll('client')
    .where('client.id', '=', id)
    .forNoKeyUpdate('client')
    .executeTakeFirst()
  if (!row) throw notFound()
  return row
}

/** The same for changes that an archived client refuses (409 `client.archived`): restore it first. */
export async function lockOpenClient(ctx: Ctx, id: string): Promise<Selectable<Client>> {
  const row = await lockClient(ctx, id)
  if (row.status === 'archived') throw new Refusal(409, 'client.archived')
  return row
}

/** Notes that something happened on the client, and tells open pages. */
export async function touchClient(ctx: Ctx, id: string): Promise<void> {
  await ctx.tx.query(
    'touch_client',
    `update client set last_activity_at = greatest(last_activity_at, $3) where agency_id = $1 and id = $2`,
    [ctx.agencyId, id, ctx.nowIso],
  )
  tellClientChanged(ctx, id)
}

/** Tells open pages that the client changed; they read again what they may see. */
export function tellClientChanged(ctx: Ctx, id: string): void {
  ctx.publish({ agencyId: ctx.agencyId, kind: 'clients', id: toPublicId('client', id) })
}
