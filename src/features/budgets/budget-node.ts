import type { Role } from '../../contract/rights.ts'
import { agencyOf, type AgencyFacts, type Ctx } from '../../server/context.ts'
import type { WalletRef } from '../wallets/public.ts'

/** Where a budget may be: the agency itself, a manager or consultant, a client. Ids are bare UUIDs. */
export type BudgetNode = { kind: 'agency' } | { kind: 'member' | 'client'; id: string }

/** The wallet that holds a node's budget, in the agency's currency. */
export function budgetWallet(ctx: Ctx, node: BudgetNode): WalletRef {
  const unit = agencyOf(ctx).currency
  return node.kind === 'agency'
    ? { owner: 'agency', purpose: 'budget', unit }
    : { owner: node.kind, id: node.id, purpose: 'budget', unit }
}

/** Roles that are a level of the money's way down in a mode (C5 to C7). */
export function levelsOf(mode: AgencyFacts['mode']): Role[] {
  return mode === 'full' ? ['manager', 'consultant'] : mode === 'intermediate' ? ['manager'] : []
}

/** Whether two nodes are the same. */
export function sameNode(a: BudgetNode, b: BudgetNode): boolean {
  return nodeName(a) === nodeName(b)
}

/** A node as one text, for keys and maps. */
export function nodeName(node: BudgetNode): string {
  return node.kind === 'agency' ? 'agency' : `${node.kind}:${node.id}`
}
