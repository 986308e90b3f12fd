import type { Ctx } from '../../server/context.ts'
import { newId } from '../../server/ids.ts'
import { balancesOf, moveMoney } from '../wallets/public.ts'
import { budgetWallet } from './budget-node.ts'
import { waysUp } from './budget-tree.ts'

/**
 * Gives what a member still holds back to whom it came from: its parent, else the agency. For who leaves, or
 * whose level disappears with a mode; its clients keep what is theirs. Call before the member is moved or
 * removed. Gives the amount in minor units; the caller's audit says why.
 */
export async function returnBalance(ctx: Ctx, memberId: string): Promise<bigint> {
  const [way] = await waysUp(ctx, [{ kind: 'member', id: memberId }])
  const from = budgetWallet(ctx, { kind: 'member', id: memberId })
  const [held] = await balancesOf(ctx, [from], { lock: true })
  const amount = held!.available
  if (amount === 0n) return 0n
  const to = budgetWallet(ctx, way![1]!)
  await moveMoney(ctx, {
    operationKey: `budget.return ${memberId} ${newId()}`,
    reason: 'budget.returned',
    lines: [
      { wallet: from, amount: -amount },
      { wallet: to, amount },
    ],
    reference: { kind: 'member', id: memberId },
  })
  ctx.publish({ agencyId: ctx.agencyId, kind: 'budgets' })
  return amount
}
