import type { Job } from '../../server/jobs.ts'
import { modeWork } from './switch-mode.ts'

/** Work of this feature outside requests. */
export const agencyModeJobs: readonly Job<never>[] = [modeWork.job]
