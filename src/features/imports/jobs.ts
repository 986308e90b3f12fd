import type { Job } from '../../server/jobs.ts'
import { clientDoor } from './client-imports.ts'

/** Reading, checking and writing, each in batches that go on after a crash. */
export const importJobs: readonly Job<never>[] = Object.values(clientDoor.run).map((work) => work.job)
