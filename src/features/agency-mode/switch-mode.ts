import { sql } from 'kysely'
import { z } from 'zod'
import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import { agencyOf, type Ctx } from '../../server/context.ts'
import { Refusal } from '../../server/refusal.ts'
import { returnBalance } from '../budgets/public.ts'
import { longWork, sayProgress } from '../long-jobs/public.ts'
import { lockMembership, type Mode } from '../sub-accounts/public.ts'
import { carryOutPlan } from './carry-out-plan.ts'
import type * as contract from './contract.ts'
import { planMode } from './plan-mode.ts'
import { balancesLeaving, countPlan, countWrites } from './read-plan.ts'

/** Rows to write beyond which a change of mode runs by itself instead of keeping its caller waiting. */
export const longFrom = 20_000

/** Refuses (409) a mode that is already in place, or that the operator has not turned on (C4). */
export async function checkMode(ctx: Ctx, mode: Mode): Promise<void> {
  const agency = await ctx.db
    .selectFrom('agency')
    .select(['mode', 'hierarchy_enabled'])
    .where('agency_id', '=', ctx.agencyId)
    .executeTakeFirstOrThrow()
  if (agency.mode === mode) throw new Refusal(409, 'agency.mode_same')
  if (mode !== 'simple' && !agency.hierarchy_enabled) throw new Refusal(409, 'agency.mode_not_enabled')
}

/** Changes the mode at once, or, in a large agency, as long work. */
export async function switchMode(
  ctx: Ctx,
  { body }: InputOf<typeof contract.switchMode>,
): Promise<AnswerOf<typeof contract.switchMode>> {
  await lockMembership(ctx)
  await checkMode(ctx, body.mode)
  const wish = { mode: body.mode, widen: body.widen ?? false }
  const [size] = await ctx.tx.query<{ large: boolean }>(
    'large_agency',
    `select (select count(*) from (select from assignment where agency_id = $1 limit $2) a) >= $2::int as large`,
    [ctx.agencyId, longFrom / 4],
  )
  if (size?.large) {
    const jobId = await modeWork.start(ctx, wish)
    return { mode: agencyOf(ctx).mode, jobId: toPublicId('job', jobId) }
  }
  await changeMode(ctx, wish)
  return { mode: body.mode, jobId: null }
}

/**
 * The change itself, in the caller's transaction: plan, places, portfolios, marks, balances to the agency, the
 * mode. Members and clients are locked first: what the plan read is what it changes. `said` is told how many rows
 * are written, and of how many; the answer is all that were.
 */
async function changeMode(
  ctx: Ctx,
  { mode, widen }: { mode: Mode; widen: boolean },
  said?: (written: number, of: number) => Promise<void>,
): Promise<number> {
  const agency = agencyOf(ctx)
  await ctx.tx.query(
    'lock_members',
    `select 1 from member where agency_id = $1 order by id for no key update`,
    [ctx.agencyId],
  )
  await sql`select count(*) from (select 1 from client where agency_id = ${ctx.agencyId} order by id for no key update) c`.execute(
    ctx.db,
  )
  const plan = await planMode(ctx, mode, widen)
  const leaving = await balancesLeaving(ctx, plan.members, mode)
  const total = said ? countWrites(await countPlan(ctx)) : 0
  await said?.(0, total)
  const done = await carryOutPlan(ctx, mode, plan, said && ((written) => said(written, total)))
  // From where they stand now, so that nothing passes through somebody else's hands.
  for (const m of leaving) await returnBalance(ctx, m.id)
  await ctx.db
    .updateTable('agency')
    .set((eb) => ({ mode, version: eb('version', '+', 1) }))
    .where('agency_id', '=', ctx.agencyId)
    .execute()
  const names = new Map(plan.members.map((m) => [m.id, m.name]))
  const nameOf = (id: string | null) => (id === null ? null : (names.get(id) ?? null))
  ctx.audit({
    action: 'agency.mode_changed',
    entity: { kind: 'agency', id: ctx.agencyId, name: agency.name },
    data: {
      changes: { mode: [agency.mode, mode] },
      moved: done.moved.length,
      marksAdded: done.marksAdded,
      marksRemoved: done.marksRemoved,
      portfolios: done.homesMoved,
      balancesReturned: leaving.length,
    },
  })
  for (const m of plan.members)
    if ((plan.parents.get(m.id) ?? null) !== m.parent)
      ctx.audit({
        action: 'member.moved',
        memberId: m.id,
        entity: { kind: 'member', id: m.id, name: m.name },
        data: { changes: { parent: [nameOf(m.parent), nameOf(plan.parents.get(m.id) ?? null)] }, mode },
      })
  for (const kind of ['agency', 'members', 'clients']) ctx.publish({ agencyId: ctx.agencyId, kind })
  return done.marksAdded + done.marksRemoved + done.homesMoved
}

/** The same as long work: one transaction however long it takes, so that nobody ever sees half of it. */
export const modeWork = longWork<{ mode: Mode; widen: boolean }, never>({
  kind: 'agency.mode',
  input: z.object({ mode: z.enum(['simple', 'intermediate', 'full']), widen: z.boolean() }),
  count: async () => null,
  async batch(ctx, input, _cursor, jobId) {
    await sql`set local statement_timeout = 0`.execute(ctx.db)
    await lockMembership(ctx)
    const now = await ctx.db
      .selectFrom('agency')
      .select('mode')
      .where('agency_id', '=', ctx.agencyId)
      .executeTakeFirstOrThrow()
    const said = (written: number, of: number) => sayProgress(ctx, jobId, written, of)
    const done = now.mode === input.mode ? 0 : await changeMode(ctx, input, said)
    return { done, total: done, next: undefined, result: { mode: input.mode } }
  },
})
