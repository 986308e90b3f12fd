import type { Ctx } from '../../server/context.ts'
import { inTenant } from '../../server/db.ts'

/**
 * Says how far a batch is that is one long transaction: written beside it, on a connection of its own, so that its
 * progress is read before it commits. Forgotten when the batch ends.
 */
export async function sayProgress(ctx: Ctx, jobId: string, done: number, total: number): Promise<void> {
  await inTenant(ctx.app.database.app, ctx.agencyId, (tx) =>
    tx.query(
      'say_progress',
      `insert into long_job_progress (agency_id, job_id, done, total, at) values ($1, $2, $3, $4, now())
       on conflict (agency_id, job_id) do update set done = excluded.done, total = excluded.total, at = excluded.at`,
      [ctx.agencyId, jobId, done, total],
    ),
  )
}

/** How far jobs are whose batch is open, by id. */
export async function progressOf(
  ctx: Ctx,
  jobIds: readonly string[],
): Promise<Map<string, { done: number; total: number }>> {
  const rows = await ctx.tx.query<{ job_id: string; done: number; total: number }>(
    'progress_of',
    'select job_id, done, total from long_job_progress where agency_id = $1 and job_id = any($2::uuid[])',
    [ctx.agencyId, jobIds],
  )
  return new Map(rows.map((r) => [r.job_id, r]))
}

/** Forgets what was said: the batch is committed with this, or was given up. */
export async function forgetProgress(ctx: Ctx, jobId: string): Promise<void> {
  await ctx.tx.query(
    'forget_progress',
    'delete from long_job_progress where agency_id = $1 and job_id = $2',
    [ctx.agencyId, jobId],
  )
}
