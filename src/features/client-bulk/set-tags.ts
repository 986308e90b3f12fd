import type { Ctx } from '../../server/context.ts'
import type { Trace } from './client-change.ts'
import type { LockedClient } from './lock-visible-clients.ts'

/** Labels a client may have. */
const mostTags = 20

const fold = (tag: string) => tag.toLowerCase()

/** Adds labels to locked clients and takes labels off, whatever their case; nobody ends up with more than 20. */
export async function setTags(
  ctx: Ctx,
  clients: readonly LockedClient[],
  change: { add: readonly string[]; remove: readonly string[] },
): Promise<Map<string, Trace>> {
  const off = new Set(change.remove.map(fold))
  const traces = new Map<string, Trace>()
  const after: { id: string; tags: string[] }[] = []
  for (const c of clients) {
    const removed = c.tags.filter((tag) => off.has(fold(tag)))
    const kept = c.tags.filter((tag) => !off.has(fold(tag)))
    const known = new Set(kept.map(fold))
    const added = change.add
      .filter((tag) => !known.has(fold(tag)) && known.add(fold(tag)))
      .slice(0, Math.max(0, mostTags - kept.length))
    if (added.length === 0 && removed.length === 0) continue
    const tags = [...kept, ...added]
    after.push({ id: c.id, tags })
    traces.set(c.id, { kind: 'tag', added, removed })
    ctx.audit({
      action: 'client.updated',
      clientId: c.id,
      entity: { kind: 'client', id: c.id, name: c.name },
      data: { changes: { tags: [c.tags, tags] } },
    })
  }
  if (after.length === 0) return traces
  await ctx.tx.query(
    'bulk_tags',
    `update client c set tags = array(select jsonb_array_elements_text(x.tags)), updated_at = $3, last_activity_at = $3, version = version + 1
     from jsonb_to_recordset($2::jsonb) as x(id uuid, tags jsonb) where c.agency_id = $1 and c.id = x.id`,
    [ctx.agencyId, JSON.stringify(after), ctx.nowIso],
  )
  ctx.publish({ agencyId: ctx.agencyId, kind: 'clients' })
  return traces
}
