import { Worker } from 'node:worker_threads'
import type { WorkbookRows } from './workbook-rows.ts'

/** What reading one workbook may cost: a few bytes can describe a sheet of billions of cells. */
const limits = { megabytes: 512, milliseconds: 60_000 }

/**
 * Rows of a workbook's first sheet; dates as `YYYY-MM-DD`, numbers with a point. Refuses what is not a workbook
 * or is out of bounds. In a thread of its own: reading blocks nobody, and a sheet too large ends only the thread.
 */
export function readXlsx(file: Buffer): Promise<WorkbookRows> {
  return new Promise((done) => {
    const thread = new Worker(new URL('workbook-thread.ts', import.meta.url), {
      workerData: file,
      resourceLimits: { maxOldGenerationSizeMb: limits.megabytes },
    })
    const end = (rows: WorkbookRows) => {
      clearTimeout(late)
      void thread.terminate()
      done(rows)
    }
    const tooLarge = () => end({ fault: 'imports.fault.xlsx_size' })
    const late = setTimeout(tooLarge, limits.milliseconds)
    thread.once('message', end)
    thread.once('error', tooLarge)
    thread.once('exit', tooLarge)
  })
}
