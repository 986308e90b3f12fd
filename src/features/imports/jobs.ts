import type { Job } from '../../server/jobs.ts'
import { checkRows } from './check-import.ts'
import { readFile } from './read-file.ts'
import { importRows } from './run-import.ts'

/** Reading, checking and writing, each in batches that go on after a crash. */
export const importJobs: readonly Job<never>[] = [readFile.job, checkRows.job, importRows.job]
