import { setTimeout as sleep } from 'node:timers/promises'
import { makeRenewalsDue, renewalState, type RenewalState } from '../scenarios/renewals-due.ts'
import type { BenchRun, Figure, Measure } from './bench-run.ts'
import { copyDatabase, dropDatabase, onServer } from './databases.ts'
import { digits } from './figures.ts'
import { busyShare } from './machine.ts'
import { startProduct } from './product.ts'
import { disturbance } from './read-paths.ts'

const database = 'canopee_renewals'
const agencies = 10

/** Renewals due in the same hour: each billed, charged, in the ledger and invoiced once, as the timetable does it. */
export const renewalsPath: Measure = {
  name: 'renewals',
  uses: ['hundredth'],
  async run(bench): Promise<Figure[]> {
    const due = bench.plan.quick ? 1_000 : 10_000
    const busy = await busyShare()
    const { seconds } = await renew(bench, due)
    return [
      {
        path: 'renewals due in the same hour, with invoice and ledger',
        data: `${due.toLocaleString('en')} hosted accounts of ${agencies} agencies`,
        measured: `${digits(due / seconds)}/s (${digits(seconds)} s), each paid and invoiced once`,
        against: 'the clock',
        goal: '≥ 150/s, one each',
        reached: due / seconds >= 150,
        disturbed: disturbance(busy, 0),
      },
    ]
  },
}

async function renew({ cluster, plan }: BenchRun, due: number): Promise<RenewalState> {
  const start = () =>
    startProduct({ dataDir: cluster.config.dataDir, databaseUrl: cluster.ownerUrl(database) })
  await dropDatabase(cluster, database)
  await copyDatabase(cluster, plan.hundredth.database, database)
  try {
    // Once without anything due: the timetable is kept in the database from then on.
    await (await start()).stop()
    await onServer(
      cluster,
      (c) => makeRenewalsDue(c, { agencies, each: Math.ceil(due / agencies) }),
      database,
    )
    const product = await start()
    try {
      return await onServer(cluster, (c) => whole(due, () => renewalState(c)), database)
    } finally {
      await product.stop()
    }
  } finally {
    await dropDatabase(cluster, database)
  }
}

async function whole(due: number, read: () => Promise<RenewalState>): Promise<RenewalState> {
  const end = performance.now() + due * 100 + 60_000
  for (;;) {
    const state = await read()
    if (state.purchases > due || state.invoices > due)
      throw new Error(`billed more than once: ${JSON.stringify(state)}`)
    if (state.paid === due && state.invoices === due) return state
    if (performance.now() > end) throw new Error(`still not whole: ${JSON.stringify(state)}`)
    await sleep(500)
  }
}
