import type { Ctx } from '../../server/context.ts'
import { moveMany } from '../wallets/public.ts'
import { budgetWallet, nodeName, type BudgetNode } from './budget-node.ts'
import { waysUp } from './budget-tree.ts'

/** Budget for a node, in minor units. */
export type Gift = { to: BudgetNode; amount: bigint }

/**
 * Gives many nodes their budget from the agency's: each level receives in one sum what it gives on, so that
 * statements read as a month's do. All or none; refusals as `moveMoney`.
 */
export async function handDown(ctx: Ctx, key: string, gifts: readonly Gift[]): Promise<void> {
  const ways = await waysUp(
    ctx,
    gifts.map((g) => g.to),
  )
  type Edge = { from: BudgetNode; to: Exclude<BudgetNode, { kind: 'agency' }>; amount: bigint; depth: number }
  const edges = new Map<string, Edge>()
  for (const [i, way] of ways.entries())
    for (const [up, to] of way.entries()) {
      const from = way[up + 1]
      if (!from || to.kind === 'agency') continue
      const edge = edges.get(nodeName(to)) ?? { from, to, amount: 0n, depth: way.length - up }
      edges.set(nodeName(to), { ...edge, amount: edge.amount + gifts[i]!.amount })
    }
  await moveMany(
    ctx,
    [...edges.values()]
      .toSorted((a, b) => a.depth - b.depth)
      .map(({ from, to, amount }) => ({
        operationKey: `${key} ${nodeName(to)}`,
        reason: 'budget.allocated',
        lines: [
          { wallet: budgetWallet(ctx, from), amount: -amount },
          { wallet: budgetWallet(ctx, to), amount },
        ],
        reference: { kind: to.kind, id: to.id },
      })),
  )
}
