import { toPublicId } from '../../contract/ids.ts'
import { memberOf, subjectOf, type Ctx } from '../../server/context.ts'
import { newId } from '../../server/ids.ts'
import { announceAssignments } from '../assignments/public.ts'
import { bulkWork } from './bulk-work.ts'
import { changeClients } from './change-clients.ts'
import type { ClientChange } from './client-change.ts'
import type { BulkOutcome, ClientSelection } from './contract.ts'
import { keepTraces } from './keep-traces.ts'

/** Makes a change to a selection: named clients at once, a query by a job. Kept for a day, to be undone. */
export async function bulkChange(
  ctx: Ctx,
  change: ClientChange,
  selection: ClientSelection,
): Promise<BulkOutcome> {
  const id = await openChange(ctx, change.kind)
  const changeId = toPublicId('bulkChange', id)
  if ('query' in selection) {
    const jobId = await bulkWork[change.kind].start(ctx, {
      changeId: id,
      change,
      filter: selection.query,
      asOf: ctx.nowIso,
    })
    return { changeId, changed: null, jobId: toPublicId('job', jobId) }
  }
  const { traces, given } = await changeClients(ctx, change, selection.ids)
  await keepTraces(ctx, id, traces)
  if (change.kind === 'assign') await announceAssignments(ctx, given, { mail: change.notify })
  return { changeId, changed: traces.size, jobId: null }
}

/** Opens a change; the oldest one past its day goes meanwhile. */
async function openChange(ctx: Ctx, kind: ClientChange['kind']): Promise<string> {
  const id = newId()
  await ctx.tx.query(
    'purge_bulk_change',
    `delete from bulk_change where agency_id = $1 and id in (select id from bulk_change where agency_id = $1 and created_at < $2::timestamptz order by created_at limit 1)`,
    [ctx.agencyId, ctx.now.subtract({ hours: 24 }).toString()],
  )
  await ctx.db
    .insertInto('bulk_change')
    .values({
      agency_id: ctx.agencyId,
      id,
      kind,
      user_id: ctx.actor?.userId ?? subjectOf(ctx).userId,
      member_id: memberOf(ctx).memberId,
      created_at: ctx.nowIso,
    })
    .execute()
  return id
}
