import type { Job } from '../../server/jobs.ts'
import { assigning } from './assign-matching.ts'

/** Assigning everything that matches. */
export const assignmentJobs: Job<never>[] = [assigning.job]
