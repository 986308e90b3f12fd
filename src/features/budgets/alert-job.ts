import { z } from 'zod'
import { job } from '../../server/jobs.ts'
import { warnOfLowBudgets } from './warn-of-low-budgets.ts'

/** Looks at an agency's warnings, after money moved. */
export const checkBudgetAlerts = job({
  name: 'budgets.alerts',
  payload: z.object({}),
  run: async (ctx) => warnOfLowBudgets(ctx),
})
