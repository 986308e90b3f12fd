import type { BenchRun, Figure, Measure } from './bench-run.ts'
import { signInCallers, type Caller } from './callers.ts'
import { wireRequest } from './connection.ts'
import { onServer } from './databases.ts'
import { digits, median, spread } from './figures.ts'
import { busyShare } from './machine.ts'
import { oneByOne, type Latency } from './one-by-one.ts'
import { startProduct, type Product } from './product.ts'
import { disturbance } from './read-paths.ts'
import { makeTerms } from './search-terms.ts'

/** The agency of the plan with the most clients, by its place. */
const biggest = 0
const owner = 0
/** Four levels above the consultants of the biggest agency. */
const topManager = 1

/** Search by a part of a name, accents left out, a letter missing, in the biggest agency of the million. */
export const searchPath: Measure = {
  name: 'search',
  run: (bench) =>
    withCaller(bench, owner, async (product, caller) => {
      const terms = await makeTerms(bench.cluster, bench.plan.main.database, caller.agencyId)
      const { latency, busy, apart } = await threeTimes(
        product,
        terms.map((q) => ask(caller, `/api/v1/clients?q=${encodeURIComponent(q)}`)),
        2,
      )
      const unindexed = await unindexedMatch(bench, terms.slice(0, 3))
      const times = unindexed / latency.p50
      return [
        {
          path: 'search by a part of a name, accents and a typo forgiven, in the biggest agency',
          data: dataOf(bench),
          measured: `p50 ${digits(latency.p50)} ms, p95 ${digits(latency.p95)} ms; ${digits(times)} times as fast as an unindexed match`,
          against: `the same match walking the table: ${digits(unindexed)} ms (SQL alone)`,
          goal: 'p95 ≤ 50 ms, ≥ 20 × an unindexed match',
          reached: latency.p95 <= 50 && times >= 20,
          disturbed: disturbance(busy, apart),
        },
      ]
    }),
}

/** The first pages of a manager four levels above 160 consultants. */
export const visiblePath: Measure = {
  name: 'visible',
  run: (bench) =>
    withCaller(bench, topManager, async (product, caller) => {
      const paths = [
        '',
        '?sort=-createdAt',
        '?sort=-lastActivityAt&status=active',
        '?sort=monthlyBudget',
        '?limit=200',
      ]
      const { latency, busy, apart } = await threeTimes(
        product,
        paths.map((p) => ask(caller, `/api/v1/clients${p}`)),
        20,
      )
      return [
        {
          path: 'visible list for a manager 4 levels above (five sorts and sizes)',
          data: `200 members, ${bench.plan.main.biggest.toLocaleString('en')} clients of one agency`,
          measured: `p50 ${digits(latency.p50)} ms, p95 ${digits(latency.p95)} ms`,
          against: 'one caller over HTTP',
          goal: 'p95 ≤ 30 ms',
          reached: latency.p95 <= 30,
          disturbed: disturbance(busy, apart),
        },
      ]
    }),
}

async function withCaller(
  bench: BenchRun,
  member: number,
  work: (product: Product, caller: Caller) => Promise<Figure[]>,
): Promise<Figure[]> {
  const { cluster, plan } = bench
  const product = await startProduct({
    dataDir: cluster.config.dataDir,
    databaseUrl: cluster.ownerUrl(plan.main.database),
  })
  try {
    const [caller] = await signInCallers(cluster, plan.main.database, product.port, {
      agencies: [biggest],
      member,
    })
    return await work(product, caller!)
  } finally {
    await product.stop()
  }
}

async function threeTimes(
  product: Product,
  requests: Buffer[],
  times: number,
): Promise<{ latency: Latency; busy: number; apart: number }> {
  const busy = await busyShare()
  const rounds: Latency[] = []
  for (let round = 0; round < 3; round += 1) rounds.push(await oneByOne(product.port, requests, times))
  return {
    latency: { p50: median(rounds.map((r) => r.p50)), p95: median(rounds.map((r) => r.p95)) },
    busy,
    apart: spread(rounds.map((r) => r.p50)),
  }
}

/** Milliseconds of a match that reads every row: what a search costs without its index. */
async function unindexedMatch(bench: BenchRun, terms: readonly string[]): Promise<number> {
  return onServer(
    bench.cluster,
    async (c) => {
      await c.query(
        'set enable_indexscan = off; set enable_bitmapscan = off; set enable_indexonlyscan = off; set max_parallel_workers_per_gather = 0',
      )
      const took: number[] = []
      for (const term of terms) {
        const begin = performance.now()
        await c.query(
          `select id from client where search_text like '%' || search_key($1) || '%' or search_key($1) <% search_text`,
          [term],
        )
        took.push(performance.now() - begin)
      }
      return median(took)
    },
    bench.plan.main.database,
  )
}

const ask = (caller: Caller, path: string) =>
  wireRequest({ method: 'GET', path, host: caller.host, cookie: caller.token })
const dataOf = (bench: BenchRun) =>
  `${bench.plan.main.biggest.toLocaleString('en')} of ${bench.plan.main.clients.toLocaleString('en')} clients`
