import type { Ctx } from './context.ts'
import type { EnqueueOptions, Job } from './jobs.ts'

/** What a queued row holds: whose work it is, and the job's payload. */
export type Envelope = { agencyId: string; data: unknown; userId?: string | null }

/** Adds a job in the caller's transaction. */
export async function enqueueJob<P>(
  ctx: Ctx,
  j: Job<P>,
  payload: P,
  options: EnqueueOptions = {},
): Promise<void> {
  const envelope: Envelope = { agencyId: ctx.agencyId, data: payload }
  await ctx.tx.query('enqueue_job', 'select enqueue_job($1, $2, $3, $4, $5, $6)', [
    j.name,
    JSON.stringify(envelope),
    options.runAt?.toString() ?? null,
    options.key ?? null,
    options.queue ?? null,
    options.maxAttempts ?? null,
  ])
}
