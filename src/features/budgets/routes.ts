import { route, type Route } from '../../server/route.ts'
import { decideBudgetRequest, listBudgetRequests, requestBudget } from './budget-requests.ts'
import * as contract from './contract.ts'
import { getBudget } from './get-budget.ts'
import { getCarryOver } from './get-carry-over.ts'
import { listBudgets } from './list-budgets.ts'
import { allocateBudgets, moveBudget } from './move-budget.ts'
import { setBudgetRule } from './set-budget-rule.ts'
import { sumBudgetsBelow } from './sum-budgets-below.ts'
import { quoteTopUp, topUpBudget } from './top-up-budget.ts'

/** Budgets, from the agency down to its clients. */
export const budgetRoutes: Route[] = [
  route(contract.getBudget, getBudget),
  route(contract.listBudgets, listBudgets),
  route(contract.sumBudgetsBelow, sumBudgetsBelow),
  route(contract.moveBudget, moveBudget),
  route(contract.allocateBudgets, allocateBudgets),
  route(contract.getCarryOver, getCarryOver),
  route(contract.setBudgetRule, setBudgetRule),
  route(contract.listBudgetRequests, listBudgetRequests),
  route(contract.requestBudget, requestBudget),
  route(contract.decideBudgetRequest, decideBudgetRequest),
  route(contract.quoteTopUp, quoteTopUp),
  route(contract.topUpBudget, topUpBudget),
]
