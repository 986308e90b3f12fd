import type { Recurring } from './server/timetable.ts'
import { checkHealth } from './server/check-health.ts'
import { purge } from './server/purge.ts'
import { forgetSecrets } from './features/account-openings/public.ts'
import { endDueSubscriptions } from './features/subscriptions/public.ts'

/** Every recurring job, one line each. */
export const timetable: readonly Recurring[] = [
  { name: 'purge', every: { hours: 6 }, run: purge },
  { name: 'health', every: { minutes: 5 }, watches: true, run: checkHealth },
  { name: 'subscriptions.end', every: { hours: 6 }, run: endDueSubscriptions },
  { name: 'openings.forget', every: { hours: 6 }, run: forgetSecrets },
]
