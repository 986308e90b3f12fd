import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import type { Ctx } from '../../server/context.ts'
import { notFound } from '../../server/refusal.ts'
import { visibleClients } from '../access/public.ts'
import { checkSort } from '../clients/public.ts'
import type { exportClients as contract } from './contract.ts'
import { exportWork } from './write-export.ts'

/** Starts writing a file of what the subject sees; audited with what was asked. Files older than a day go. */
export async function exportClients(
  ctx: Ctx,
  { body }: InputOf<typeof contract>,
): Promise<AnswerOf<typeof contract>> {
  const { selection, format, sort } = body
  checkSort(sort)
  const only = 'ids' in selection ? selection.ids : null
  if (only) {
    const seen = await visibleClients(ctx).select('client.id').where('client.id', 'in', only).execute()
    if (seen.length < new Set(only).size) throw notFound()
  }
  await ctx.tx.query(
    'purge_exports',
    `delete from export_part where agency_id = $1 and job_id in (select id from long_job where agency_id = $1 and kind = 'clients.export' and created_at < $2::timestamptz)`,
    [ctx.agencyId, ctx.now.subtract({ hours: 24 }).toString()],
  )
  const filter =
    'query' in selection ? selection.query : { status: ['active', 'paused', 'archived'] as const }
  const id = await exportWork.start(ctx, {
    format,
    filter: filter as never,
    only,
    ...(sort !== undefined && { sort }),
  })
  ctx.audit({
    action: 'clients.exported',
    entity: { kind: 'job', id, name: format },
    data: { format, ...(only ? { clients: only.length } : { filter }) },
  })
  return { jobId: toPublicId('job', id) }
}
