import type { Job } from '../../server/jobs.ts'
import { bulkWork } from './bulk-work.ts'
import { undoWork } from './undo-bulk-change.ts'

/** Acts on everything that matches, and their undoing. */
export const clientBulkJobs: Job<never>[] = [
  bulkWork.assign.job,
  bulkWork.status.job,
  bulkWork.tag.job,
  undoWork.job,
]
