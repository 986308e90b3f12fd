import type { Ctx } from '../../server/context.ts'
import { Refusal } from '../../server/refusal.ts'
import { notifyUsers } from '../notifications/public.ts'
import { moneyText, moveMany, type Move } from '../wallets/public.ts'
import { checkBudgetAlerts } from './alert-job.ts'
import { budgetWallet, type BudgetNode } from './budget-node.ts'
import { stepsBetween } from './budget-tree.ts'
import { isAbove, isOwn, type NodeFacts } from './node-in-sight.ts'

/** One budget on its way, in minor units of the agency's currency. */
export type Way = { from: NodeFacts; to: NodeFacts; amount: bigint; note?: string | undefined }

/**
 * The ledger's moves for ways, each between direct parent and child. `key` names the whole; the steps are
 * numbered. A step's reference is its lower end, so that one can say what a node received from above.
 */
export function movesOf(ctx: Ctx, key: string, ways: readonly Way[]): Move[] {
  let n = 0
  return ways.flatMap((way) =>
    stepsBetween(way.from.way, way.to.way).map(({ from, to, up }) => ({
      operationKey: `${key} ${n++}`,
      reason: up ? 'budget.reclaimed' : 'budget.allocated',
      lines: [
        { wallet: budgetWallet(ctx, from), amount: -way.amount },
        { wallet: budgetWallet(ctx, to), amount: way.amount },
      ],
      reference: referenceTo(up ? from : to),
      ...(way.note !== undefined && { note: way.note }),
    })),
  )
}

function referenceTo(node: BudgetNode): { kind: string; id: string } {
  if (node.kind === 'agency') throw new Error('nothing is above the agency')
  return { kind: node.kind, id: node.id }
}

/** 403 `budget.not_yours` unless the source is the caller's own level or below it; 409 for a closed target. */
export function checkWay(ctx: Ctx, { from, to }: Pick<Way, 'from' | 'to'>): void {
  if (!isOwn(ctx, from) && !isAbove(ctx, from)) throw new Refusal(403, 'budget.not_yours')
  if (to.closed)
    throw to.node.kind === 'client'
      ? new Refusal(409, 'client.archived')
      : new Refusal(409, 'budget.member_disabled')
}

/** Moves budgets as one operation, tells who received, and has the warnings looked at. */
export async function carryBudgets(ctx: Ctx, key: string, ways: readonly Way[]): Promise<void> {
  const done = await moveMany(ctx, movesOf(ctx, key, ways))
  if (done.every((d) => d.replayed)) return
  for (const { from, to, amount, note } of ways) {
    const lower = from.way.length > to.way.length ? from : to
    const other = lower === to ? from : to
    ctx.audit({
      action: lower === to ? 'budget.allocated' : 'budget.reclaimed',
      ...(lower.node.kind === 'client' && { clientId: lower.node.id }),
      ...(lower.node.kind === 'member' && { memberId: lower.node.id }),
      entity: {
        kind: lower.node.kind,
        id: lower.node.kind === 'agency' ? ctx.agencyId : lower.node.id,
        name: lower.name,
      },
      data: {
        amount: Number(amount),
        currency: ctx.agency!.currency,
        [lower === to ? 'from' : 'to']: other.name,
        ...(note !== undefined && { note }),
      },
    })
    if (to.node.kind === 'member') await tellReceiver(ctx, to.node.id, amount)
  }
  await ctx.enqueue(checkBudgetAlerts, {}, { key: `budget-alerts:${ctx.agencyId}` })
  ctx.publish({ agencyId: ctx.agencyId, kind: 'budgets' })
}

async function tellReceiver(ctx: Ctx, memberId: string, amount: bigint): Promise<void> {
  const holder = await ctx.db
    .selectFrom('member')
    .innerJoin('realm_user as u', (j) =>
      j.onRef('u.agency_id', '=', 'member.agency_id').onRef('u.id', '=', 'member.user_id'),
    )
    .select(['u.id', 'u.locale'])
    .where('member.agency_id', '=', ctx.agencyId)
    .where('member.id', '=', memberId)
    .where('member.state', '=', 'active')
    .executeTakeFirst()
  if (!holder || holder.id === ctx.actor?.userId) return
  await notifyUsers(ctx, [holder.id], {
    kind: 'budget_received',
    values: {
      by: ctx.actor?.name ?? 'Canopée',
      amount: moneyText(holder.locale ?? ctx.agency!.locale, amount, ctx.agency!.currency),
    },
    link: '/budgets',
  })
}
