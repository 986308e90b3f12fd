import type { Ctx } from '../../server/context.ts'
import { newId } from '../../server/ids.ts'
import { balancesOf, moveMoney } from '../wallets/public.ts'
import { budgetWallet, type BudgetNode } from './budget-node.ts'
import { waysUp } from './budget-tree.ts'

/** What a member gave back, minor units, and the level that got it. */
export type ReturnedBalance = { amount: bigint; to: BudgetNode }

/**
 * Gives what a member still holds back to whom it came from: its parent, else the agency. For who leaves, or
 * whose level disappears with a mode; its clients keep what is theirs. Call before the member is moved or
 * removed. The caller's audit says why.
 */
export async function returnBalance(ctx: Ctx, memberId: string): Promise<ReturnedBalance> {
  const [way] = await waysUp(ctx, [{ kind: 'member', id: memberId }])
  const to = way![1]!
  const wallet = budgetWallet(ctx, { kind: 'member', id: memberId })
  const [held] = await balancesOf(ctx, [wallet], { lock: true })
  const amount = held!.available
  if (amount === 0n) return { amount, to }
  await moveMoney(ctx, {
    operationKey: `budget.return ${memberId} ${newId()}`,
    reason: 'budget.returned',
    lines: [
      { wallet, amount: -amount },
      { wallet: budgetWallet(ctx, to), amount },
    ],
    reference: { kind: 'member', id: memberId },
  })
  ctx.publish({ agencyId: ctx.agencyId, kind: 'budgets' })
  return { amount, to }
}

/**
 * Gives a member back what `returnBalance` took, from the level that got it, as one operation of the ledger: `key`
 * names it for ever. 409 `wallet.insufficient` when that level has less left.
 */
export async function restoreBalance(
  ctx: Ctx,
  key: string,
  memberId: string,
  { amount, to }: ReturnedBalance,
): Promise<void> {
  await moveMoney(ctx, {
    operationKey: key,
    reason: 'budget.restored',
    lines: [
      { wallet: budgetWallet(ctx, to), amount: -amount },
      { wallet: budgetWallet(ctx, { kind: 'member', id: memberId }), amount },
    ],
    reference: { kind: 'member', id: memberId },
  })
  ctx.publish({ agencyId: ctx.agencyId, kind: 'budgets' })
}
