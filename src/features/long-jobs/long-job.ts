import { sql } from 'kysely'
import { z } from 'zod'
import { toPublicId } from '../../contract/ids.ts'
import type { Role } from '../../contract/rights.ts'
import { subjectOf, type App, type Ctx } from '../../server/context.ts'
import { newId } from '../../server/ids.ts'
import { job, type Job } from '../../server/jobs.ts'
import { runInTenant } from '../../server/run-in-tenant.ts'
import type { longJob } from './contract.ts'
import { forgetProgress } from './progress.ts'

/** What went wrong with one item: a text key and its values. */
export type ItemError = { item: string; code: string; values?: Record<string, unknown> }

/** One batch's outcome. `next` is where the next batch starts; undefined ends the job. */
export type Batch<Cursor> = {
  done: number
  /** Items in all, once a batch has found out. */
  total?: number
  errors?: ItemError[]
  next: Cursor | undefined
  result?: Record<string, unknown>
}

/**
 * Long work in batches: each batch is one transaction that also moves the cursor, so that a crash or
 * `kill -9` at any point resumes at the batch it interrupted, nothing twice and nothing left out.
 */
export type LongWork<Input, Cursor> = {
  /** Also the job queue's name and the text key `job.<kind>`. */
  kind: string
  input: z.ZodType<Input>
  /** Items in all, for the progress bar; null when unknown. */
  count(ctx: Ctx, input: Input): Promise<number | null>
  /** Does the items from `cursor` (undefined: the first) in the sight of the member who asked. */
  batch(ctx: Ctx, input: Input, cursor: Cursor | undefined, jobId: string): Promise<Batch<Cursor>>
}

/** Long work as a queue job and the call that starts it. */
export function longWork<Input, Cursor>(
  work: LongWork<Input, Cursor>,
): { job: Job<never>; start(ctx: Ctx, input: Input): Promise<string> } {
  const queued = job({
    name: work.kind,
    payload: longJobPayload,
    async runApart(app, agencyId, { id }) {
      while (await runBatch(app, agencyId, id, work)) {
        // Each turn is one committed batch.
      }
    },
  })
  return {
    job: queued as unknown as Job<never>,
    async start(ctx, input) {
      const id = newId()
      const who = subjectOf(ctx)
      await ctx.db
        .insertInto('long_job')
        .values({
          agency_id: ctx.agencyId,
          id,
          kind: work.kind,
          total: await work.count(ctx, input),
          input: JSON.stringify({
            input,
            role: who.role,
            acting: ctx.acting ? { actor: ctx.actor, chain: ctx.acting.chain } : null,
            locale: ctx.locale,
          }),
          user_id: ctx.actor?.userId ?? who.userId,
          member_id: who.memberId,
          created_at: ctx.nowIso,
        })
        .execute()
      await ctx.enqueue(queued, { id })
      return id
    },
  }
}

const longJobPayload = z.object({ id: z.string() })

type Stored<Input> = {
  input: Input
  role?: Role | null
  acting: { actor: Ctx['actor']; chain: string[] } | null
  locale: Ctx['locale']
}

async function runBatch<Input, Cursor>(
  app: App,
  agencyId: string,
  id: string,
  work: LongWork<Input, Cursor>,
): Promise<boolean> {
  return runInTenant(app, { agencyId }, async (system) => {
    const row = await system.db
      .selectFrom('long_job')
      .selectAll()
      .where('agency_id', '=', agencyId)
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst()
    if (!row || row.state === 'done' || row.state === 'failed' || row.state === 'cancelled') return false
    const stored = row.input as unknown as Stored<Input> & { cursor?: Cursor }
    const ctx = await asMember(system, row.member_id, row.user_id, stored)
    if (!ctx) {
      await system.db
        .updateTable('long_job')
        .set({ state: 'cancelled', finished_at: system.nowIso })
        .where('agency_id', '=', agencyId)
        .where('id', '=', id)
        .execute()
      system.publish({
        agencyId,
        kind: 'job',
        id: toPublicId('job', id),
        ...(row.user_id && { userIds: [row.user_id] }),
      })
      return false
    }
    const outcome = await work.batch(ctx, work.input.parse(stored.input), stored.cursor, id)
    const finished = outcome.next === undefined
    await forgetProgress(system, id)
    const errors = [
      ...(row.errors as unknown as unknown[]),
      ...(outcome.errors ?? []).map((e) => ({ ...e, message: app.texts.t(stored.locale, e.code, e.values) })),
    ].slice(0, 1000)
    await system.db
      .updateTable('long_job')
      .set({
        state: finished ? 'done' : 'running',
        done: row.done + outcome.done,
        ...(outcome.total !== undefined && { total: outcome.total }),
        errors: JSON.stringify(errors),
        input: JSON.stringify({ ...stored, cursor: outcome.next }),
        result: outcome.result
          ? JSON.stringify({ ...(row.result as object | null), ...outcome.result })
          : sql`result`,
        finished_at: finished ? system.nowIso : null,
      })
      .where('agency_id', '=', agencyId)
      .where('id', '=', id)
      .execute()
    system.publish({
      agencyId,
      kind: 'job',
      id: toPublicId('job', id),
      ...(row.user_id && { userIds: [row.user_id] }),
    })
    return !finished
  })
}

/**
 * The system's context, turned into that of the member who asked: same sight, same name in the audit. Undefined
 * once that member, or the person who acted for it, may be in no more or has another role: their work stops too.
 */
async function asMember(
  ctx: Ctx,
  memberId: string | null,
  userId: string | null,
  stored: Stored<unknown>,
): Promise<Ctx | undefined> {
  if (memberId === null) return userId === null ? ctx : asStaff(ctx, userId, stored.locale)
  const m = await ctx.db
    .selectFrom('member')
    .innerJoin('realm_user', (j) =>
      j.onRef('realm_user.agency_id', '=', 'member.agency_id').onRef('realm_user.id', '=', 'member.user_id'),
    )
    .select(['realm_user.id', 'realm_user.name', 'realm_user.email', 'member.role'])
    .where('member.agency_id', '=', ctx.agencyId)
    .where('member.id', '=', memberId)
    .where('member.state', '=', 'active')
    .executeTakeFirst()
  if (!m || (stored.role !== undefined && stored.role !== m.role)) return undefined
  if (stored.acting && !(await isStillIn(ctx, stored.acting.actor?.memberId ?? null))) return undefined
  const subject = { userId: m.id, name: m.name, email: m.email, memberId, role: m.role as Role }
  ctx.subject = subject
  ctx.actor = stored.acting?.actor ?? subject
  ctx.locale = stored.locale
  if (stored.acting)
    ctx.acting = { id: '', mode: 'acting', readOnly: false, endsAt: ctx.nowIso, chain: stored.acting.chain }
  return ctx
}

/** The operator's staff are nobody's members: the same name in the audit, the rights of whoever runs the installation. */
async function asStaff(ctx: Ctx, userId: string, locale: Ctx['locale']): Promise<Ctx | undefined> {
  const user = await ctx.db
    .selectFrom('realm_user')
    .select(['id', 'name', 'email'])
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', userId)
    .executeTakeFirst()
  if (!user) return undefined
  ctx.subject = { userId: user.id, name: user.name, email: user.email, memberId: null, role: null }
  ctx.actor = ctx.subject
  ctx.locale = locale
  return ctx
}

async function isStillIn(ctx: Ctx, memberId: string | null): Promise<boolean> {
  if (memberId === null) return false
  const found = await ctx.db
    .selectFrom('member')
    .select('id')
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', memberId)
    .where('state', '=', 'active')
    .executeTakeFirst()
  return found !== undefined
}

/** A job as the API answers it; `progress` is what its open batch says of itself. */
export function longJobAnswer(
  row: {
    id: string
    kind: string
    state: string
    done: number
    total: number | null
    errors: unknown
    result: unknown
    created_at: string
    finished_at: string | null
  },
  progress?: { done: number; total: number },
): z.output<typeof longJob> {
  const open = row.state === 'queued' || row.state === 'running' ? progress : undefined
  return {
    id: toPublicId('job', row.id),
    kind: row.kind,
    state: open ? 'running' : (row.state as z.output<typeof longJob>['state']),
    done: row.done + (open?.done ?? 0),
    total: open?.total ?? row.total,
    errors: (row.errors as { item: string; code: string; message: string }[]).map(
      ({ item, code, message }) => ({ item, code, message }),
    ),
    result: row.result as Record<string, unknown> | null,
    createdAt: row.created_at,
    finishedAt: row.finished_at,
  }
}
