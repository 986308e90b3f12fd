import type { Recurring } from './server/timetable.ts'
import { purge } from './server/purge.ts'
import { endDueSubscriptions } from './features/subscriptions/public.ts'

/** Every recurring job, one line each. */
export const timetable: readonly Recurring[] = [
  { name: 'purge', every: { hours: 6 }, run: purge },
  { name: 'subscriptions.end', every: { hours: 6 }, run: endDueSubscriptions },
]
