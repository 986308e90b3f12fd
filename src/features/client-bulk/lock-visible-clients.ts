import type { Ctx } from '../../server/context.ts'
import { notFound } from '../../server/refusal.ts'
import { visibleClients } from '../access/public.ts'

/** A client about to change. */
export type LockedClient = { id: string; name: string; status: string; tags: string[] }

/** Locks clients in id order, so that two bulk acts can't wait for each other; 404 when one is out of sight. */
export async function lockVisibleClients(ctx: Ctx, ids: readonly string[]): Promise<LockedClient[]> {
  const wanted = [...new Set(ids)]
  if (wanted.length === 0) return []
  const rows = await lockable(ctx, wanted).execute()
  if (rows.length < wanted.length) throw notFound()
  return rows
}

/** The same for undoing: those that went out of sight meanwhile are left out. */
export async function lockSeenClients(ctx: Ctx, ids: readonly string[]): Promise<LockedClient[]> {
  if (ids.length === 0) return []
  return lockable(ctx, ids).execute()
}

function lockable(ctx: Ctx, ids: readonly string[]) {
  return visibleClients(ctx)
    .select(['client.id', 'client.name', 'client.status', 'client.tags'])
    .where('client.id', 'in', [...ids])
    .orderBy('client.id')
    .forNoKeyUpdate()
}
