import type { Job } from '../../server/jobs.ts'
import { catalogueDoor } from './catalogue-imports.ts'

/** Reading, checking and writing files of items. */
export const catalogueJobs: readonly Job<never>[] = Object.values(catalogueDoor.run).map((work) => work.job)
