import type { App } from '../../server/context.ts'
import { collectMonthly } from './collection-day.ts'
import { retryDue } from './retry-renewals.ts'
import { startRenewals } from './start-renewals.ts'

/** What renewals need of every hour, in this order: the month's credit comes before what draws on it. */
export async function renewHourly(app: App, at: Temporal.Instant): Promise<void> {
  await collectMonthly(app, at)
  await startRenewals(app, at)
  await retryDue(app, at)
}
