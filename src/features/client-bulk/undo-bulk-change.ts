import { z } from 'zod'
import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import { memberOf, subjectOf, type Ctx } from '../../server/context.ts'
import { Refusal, notFound } from '../../server/refusal.ts'
import { longWork } from '../long-jobs/public.ts'
import { rightFor, type ClientChange, type Trace } from './client-change.ts'
import { clientsAtOnce, type undoBulkChange as contract } from './contract.ts'
import { undoTraces, type Traced } from './undo-traces.ts'

/**
 * Takes a bulk change back, within a day, by whoever made it: 404 for anybody else, 409 `bulk.undone` the
 * second time. Up to 500 clients at once, more by a job; a change still under way stops.
 */
export async function undoBulkChange(
  ctx: Ctx,
  { params }: InputOf<typeof contract>,
): Promise<AnswerOf<typeof contract>> {
  const change = await ctx.db
    .selectFrom('bulk_change')
    .select(['kind', 'undone_at'])
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', params.id)
    .where('user_id', '=', ctx.actor?.userId ?? subjectOf(ctx).userId)
    .where('member_id', '=', memberOf(ctx).memberId)
    .where('created_at', '>', ctx.now.subtract({ hours: 24 }).toString())
    .forUpdate()
    .executeTakeFirst()
  if (!change) throw notFound()
  if (!ctx.may(rightFor[change.kind as ClientChange['kind']])) throw new Refusal(403, 'right.missing')
  if (change.undone_at !== null) throw new Refusal(409, 'bulk.undone')
  await ctx.db
    .updateTable('bulk_change')
    .set({ undone_at: ctx.nowIso })
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', params.id)
    .execute()
  const first = await readTraces(ctx, params.id, undefined, clientsAtOnce + 1)
  if (first.length > clientsAtOnce)
    return { changed: null, jobId: toPublicId('job', await undoWork.start(ctx, { changeId: params.id })) }
  return { changed: await undoTraces(ctx, first), jobId: null }
}

/** Undoing more than 500 clients. */
export const undoWork = longWork<{ changeId: string }, string>({
  kind: 'clients.undo',
  input: z.object({ changeId: z.string() }),
  async count(ctx, { changeId }) {
    const [row] = await ctx.tx.query<{ n: number }>(
      'count_traces',
      `select count(*)::int as n from bulk_change_item where agency_id = $1 and change_id = $2`,
      [ctx.agencyId, changeId],
    )
    return row?.n ?? 0
  },
  async batch(ctx, { changeId }, after) {
    const traces = await readTraces(ctx, changeId, after, clientsAtOnce)
    await undoTraces(ctx, traces)
    return {
      done: traces.length,
      next: traces.length === clientsAtOnce ? traces.at(-1)!.clientId : undefined,
    }
  },
})

async function readTraces(
  ctx: Ctx,
  changeId: string,
  after: string | undefined,
  limit: number,
): Promise<Traced[]> {
  const rows = await ctx.tx.query<{ client_id: string; data: Trace; created_at: string }>(
    'read_traces',
    `select i.client_id, i.data, c.created_at from bulk_change_item i join bulk_change c on c.agency_id = i.agency_id and c.id = i.change_id
     where i.agency_id = $1 and i.change_id = $2 and ($3::uuid is null or i.client_id > $3) order by i.client_id limit $4`,
    [ctx.agencyId, changeId, after ?? null, limit],
  )
  return rows.map((r) => ({ clientId: r.client_id, trace: r.data, since: r.created_at }))
}
