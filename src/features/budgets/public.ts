export { budgetWallet, type BudgetNode } from './budget-node.ts'
export { payerOfOrder } from './payer-of-order.ts'
export { returnBalance } from './return-balance.ts'
