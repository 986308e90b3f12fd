import { giveMonthlyBudgets, nextMonthlyBudgets, warnEverywhere } from './features/budgets/public.ts'
import type { Recurring } from './server/timetable.ts'
import { checkHealth } from './server/check-health.ts'
import { purge } from './server/purge.ts'
import { forgetSecrets } from './features/account-openings/public.ts'
import { nextRenewalWork, renewHourly, tellOfExpiringCards } from './features/renewals/public.ts'
import { endDueSubscriptions } from './features/subscriptions/public.ts'

/** Every recurring job, one line each. */
export const timetable: readonly Recurring[] = [
  { name: 'purge', every: { hours: 6 }, watches: true, run: purge },
  { name: 'budgets.monthly', every: { hours: 6 }, run: giveMonthlyBudgets, nextWork: nextMonthlyBudgets },
  { name: 'budgets.warnings', every: { minutes: 5 }, watches: true, run: warnEverywhere },
  { name: 'health', every: { minutes: 5 }, watches: true, run: checkHealth },
  { name: 'renewals', every: { hours: 1 }, run: renewHourly, nextWork: nextRenewalWork },
  { name: 'cards.expiring', every: { days: 1 }, run: tellOfExpiringCards },
  { name: 'subscriptions.end', every: { hours: 6 }, watches: true, run: endDueSubscriptions },
  { name: 'openings.forget', every: { hours: 6 }, watches: true, run: forgetSecrets },
]
