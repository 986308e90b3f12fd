import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Figure, Measure } from './bench-run.ts'
import { digits } from './figures.ts'
import { busyShare } from './machine.ts'
import { startProduct } from './product.ts'
import { disturbance } from './read-paths.ts'

/** Start to ready, with its own embedded server: a new folder, an empty database, after a crash. */
export const startPath: Measure = {
  name: 'start',
  async run(): Promise<Figure[]> {
    const dataDir = mkdtempSync(join(tmpdir(), 'canopee-bench-start-'))
    const busy = await busyShare()
    try {
      const first = await startProduct({ dataDir })
      await first.stop()
      const second = await startProduct({ dataDir })
      await sleep(5_000)
      const idle = second.memory()
      await second.kill()
      const third = await startProduct({ dataDir })
      await third.stop()
      const line = (path: string, seconds: number, goal: number): Figure => ({
        path,
        data: 'empty database',
        measured: `${digits(seconds)} s`,
        against: 'the clock',
        goal: `≤ ${goal} s`,
        reached: seconds <= goal,
        disturbed: disturbance(busy, 0),
      })
      return [
        line('start to ready, the database made first', first.readyAfter, 15),
        line('start to ready', second.readyAfter, 5),
        line('start to ready after `kill -9`', third.readyAfter, 10),
        {
          path: 'memory of the application process, idle for 5 s',
          data: 'empty database',
          measured: `${digits(idle)} MiB`,
          against: 'resident memory, /proc',
          goal: '≤ 150 MB',
          reached: idle * 1.048_576 <= 150,
          disturbed: null,
        },
      ]
    } finally {
      rmSync(dataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 500 })
    }
  },
}
