import { agencyOf, type Ctx } from '../../server/context.ts'
import { balancesOf, moveMany, type Move, type WalletRef } from '../wallets/public.ts'
import { budgetWallet, type BudgetNode } from './budget-node.ts'
import { waysUp } from './budget-tree.ts'
import { monthOf } from './month.ts'

/**
 * The client's wallet, ready to hold `amount` for an order: when it has too little and its rule says so, what is
 * missing is drawn from the level above, within the month's limit, which may draw from above it in turn. Draws
 * nothing when that would not be enough: holding then says what is missing. Amounts in minor units.
 */
export async function fundOrder(
  ctx: Ctx,
  order: { clientId: string; amount: bigint; operationKey: string },
): Promise<WalletRef> {
  const wallet = budgetWallet(ctx, { kind: 'client', id: order.clientId })
  const [way] = await waysUp(ctx, [{ kind: 'client', id: order.clientId }])
  const wallets = way!.map((node) => budgetWallet(ctx, node))
  const balances = await balancesOf(ctx, wallets, { lock: true })
  const draws: Move[] = []
  let needed = order.amount
  for (const [i, node] of way!.entries()) {
    const missing = needed - balances[i]!.available
    if (missing <= 0n) {
      await moveMany(ctx, draws.toReversed())
      if (draws.length > 0) ctx.publish({ agencyId: ctx.agencyId, kind: 'budgets' })
      return wallet
    }
    if (node.kind === 'agency' || missing > (await drawable(ctx, node))) return wallet
    draws.push({
      operationKey: `${order.operationKey} draw ${i}`,
      reason: 'budget.drawn',
      lines: [
        { wallet: wallets[i + 1]!, amount: -missing },
        { wallet: wallets[i]!, amount: missing },
      ],
      reference: { kind: node.kind, id: node.id },
    })
    needed = missing
  }
  return wallet
}

/** What a node may still draw from above this month; 0 unless its rule is to draw. */
async function drawable(ctx: Ctx, node: Exclude<BudgetNode, { kind: 'agency' }>): Promise<bigint> {
  const [row] = await ctx.tx.query<{ draw_limit: bigint | null; drawn: bigint }>(
    'budget_drawable',
    `select r.draw_limit, coalesce((select sum(e.amount) from wallet w
        join entry e on e.agency_id = w.agency_id and e.wallet_id = w.id and e.occurred_at >= $4 and e.amount > 0
        join money_transfer m on m.agency_id = e.agency_id and m.id = e.money_transfer_id and m.reason = 'budget.drawn' and m.reference_id = $3
        where w.agency_id = $1 and w.owner_kind = $2 and w.owner_id = $3 and w.purpose = 'budget' and w.code = '' and w.unit = $5), 0)::bigint as drawn
     from budget_rule r where r.agency_id = $1 and r.owner_kind = $2 and r.owner_id = $3 and r.when_empty = 'draw'`,
    [ctx.agencyId, node.kind, node.id, monthOf(ctx).starts, agencyOf(ctx).currency],
  )
  if (!row) return 0n
  return row.draw_limit === null ? 2n ** 62n : row.draw_limit - row.drawn
}
