import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import { agencyOf, type Ctx } from '../../server/context.ts'
import type * as contract from './contract.ts'
import { planMode } from './plan-mode.ts'
import { balancesLeaving, countPlan, countWrites } from './read-plan.ts'
import { checkMode, longFrom } from './switch-mode.ts'

/** People named in a preview; the counts are of all. */
const listed = 200

/** Plans the change as it would be done now, and says every consequence. */
export async function previewMode(
  ctx: Ctx,
  { body }: InputOf<typeof contract.previewMode>,
): Promise<AnswerOf<typeof contract.previewMode>> {
  await checkMode(ctx, body.mode)
  const plan = await planMode(ctx, body.mode, body.widen ?? false)
  const counts = await countPlan(ctx)
  const names = new Map(plan.members.map((m) => [m.id, m.name]))
  const named = (id: string) => ({ id: toPublicId('member', id), name: names.get(id) ?? '' })
  const maybe = (id: string | null) => (id === null ? null : named(id))
  const moved = plan.members.filter((m) => (plan.parents.get(m.id) ?? null) !== m.parent)
  const { currency } = agencyOf(ctx)
  return {
    mode: body.mode,
    moves: {
      count: moved.length,
      people: moved.slice(0, listed).map((m) => ({
        ...named(m.id),
        role: m.role,
        from: maybe(m.parent),
        to: maybe(plan.parents.get(m.id) ?? null),
      })),
    },
    marks: {
      added: counts.added,
      removed: counts.removed,
      people: counts.marked.map((m) => ({ ...named(m.id), count: m.count })),
    },
    portfolios: {
      count: counts.homes,
      people: counts.portfolios.map((p) => ({ from: maybe(p.from), to: maybe(p.to), count: p.count })),
    },
    waiting: counts.waiting,
    keptApart: plan.keptApart.map((k) => ({
      ...named(k.memberId),
      parent: named(k.parentId),
      clients: k.clients,
    })),
    balances: (await balancesLeaving(ctx, plan.members, body.mode)).map((h) => ({
      ...named(h.id),
      amount: { amount: Number(h.amount), currency },
    })),
    pairs: counts.pairs,
    long: countWrites(counts) > longFrom,
  }
}
