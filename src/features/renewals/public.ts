export { collectPrepaid } from './collection-day.ts'
export { renewSubscription } from './fulfil-renewal.ts'
export { retryOwed } from './jobs.ts'
export { renewHourly } from './renew-hourly.ts'
