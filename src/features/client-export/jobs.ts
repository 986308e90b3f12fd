import type { Job } from '../../server/jobs.ts'
import { exportWork } from './write-export.ts'

/** Writing exports. */
export const clientExportJobs: Job<never>[] = [exportWork.job]
