export { longWork, type Batch, type ItemError, type LongWork } from './long-job.ts'
export { sayProgress } from './progress.ts'
