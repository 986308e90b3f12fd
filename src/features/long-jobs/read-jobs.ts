import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import { subjectOf, type Ctx } from '../../server/context.ts'
import { Refusal, notFound } from '../../server/refusal.ts'
import type * as contract from './contract.ts'
import { longJobAnswer } from './long-job.ts'
import { progressOf } from './progress.ts'

function ownJobs(ctx: Ctx) {
  const userId = ctx.actor?.userId ?? subjectOf(ctx).userId
  return ctx.db
    .selectFrom('long_job')
    .selectAll()
    .where('agency_id', '=', ctx.agencyId)
    .where('user_id', '=', userId)
}

/** One job of the person at the keyboard; 404 for anybody else's. */
export async function getJob(
  ctx: Ctx,
  { params }: InputOf<typeof contract.getJob>,
): Promise<AnswerOf<typeof contract.getJob>> {
  const row = await ownJobs(ctx).where('id', '=', params.id).executeTakeFirst()
  if (!row) throw notFound()
  return longJobAnswer(row, (await progressOf(ctx, [row.id])).get(row.id))
}

/** Jobs of the last 24 hours, newest first, at most 50. */
export async function listJobs(ctx: Ctx): Promise<AnswerOf<typeof contract.listJobs>> {
  const since = ctx.now.subtract({ hours: 24 }).toString()
  const rows = await ownJobs(ctx)
    .where('created_at', '>', since)
    .orderBy('created_at', 'desc')
    .limit(50)
    .execute()
  const progress = await progressOf(
    ctx,
    rows.map((r) => r.id),
  )
  return { data: rows.map((r) => longJobAnswer(r, progress.get(r.id))) }
}

/** Stops a job after its current batch; 409 when it ended already. */
export async function cancelJob(
  ctx: Ctx,
  { params }: InputOf<typeof contract.cancelJob>,
): Promise<AnswerOf<typeof contract.cancelJob>> {
  const row = await ownJobs(ctx).where('id', '=', params.id).forUpdate().executeTakeFirst()
  if (!row) throw notFound()
  if (row.state !== 'queued' && row.state !== 'running') throw new Refusal(409, 'job.finished')
  await ctx.db
    .updateTable('long_job')
    .set({ state: 'cancelled', finished_at: ctx.nowIso })
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', params.id)
    .execute()
  ctx.audit({ action: 'job.cancelled', entity: { kind: 'job', id: params.id, name: row.kind } })
  ctx.publish({
    agencyId: ctx.agencyId,
    kind: 'job',
    id: toPublicId('job', params.id),
    ...(row.user_id && { userIds: [row.user_id] }),
  })
  return {}
}
