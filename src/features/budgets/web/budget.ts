import { useRef } from 'react'
import type { AnswerOf } from '../../../contract/endpoint.ts'
import { refresh } from '../../../web/queries.ts'
import { getWallet, listEntries } from '../../wallets/contract.ts'
import {
  getBudget,
  getCarryOver,
  listBudgetRequests,
  listBudgets,
  sumBudgetsBelow,
  type NodeInput,
} from '../contract.ts'

/** A budget in a list. */
export type Budget = AnswerOf<typeof listBudgets>['data'][number]
/** A budget on its page. */
export type BudgetDetails = AnswerOf<typeof getBudget>
/** A budget asked for. */
export type Request = AnswerOf<typeof listBudgetRequests>['data'][number]
/** Where a budget is, as the API names it. */
export type Node = Budget['node']
/** What dialogs need of a budget. */
export type Holder = Pick<Budget, 'node' | 'available'>

/** A node as the API takes it. */
export function nodeInput(node: Pick<Node, 'kind' | 'id'>): NodeInput {
  if (node.kind === 'agency') return { agency: true }
  return node.kind === 'member' ? { member: node.id } : { client: node.id }
}

/** Reads everything about budgets again. */
export function refreshBudgets(): Promise<unknown> {
  return refresh(
    getBudget,
    listBudgets,
    sumBudgetsBelow,
    listBudgetRequests,
    getCarryOver,
    getWallet,
    listEntries,
  )
}

/** One key for one act: sending it again after a lost answer moves nothing twice. */
export function useOperationKey(): string {
  const key = useRef('')
  key.current ||= crypto.randomUUID()
  return key.current
}
