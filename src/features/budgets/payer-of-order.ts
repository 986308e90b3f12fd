import type { Ctx } from '../../server/context.ts'
import type { WalletRef } from '../wallets/public.ts'
import { budgetWallet } from './budget-node.ts'

/** The wallet that pays what is ordered for a client: the client's own budget, whoever orders. */
export function payerOfOrder(ctx: Ctx, clientId: string): WalletRef {
  return budgetWallet(ctx, { kind: 'client', id: clientId })
}
