import type { BenchRun, Figure, Measure } from './bench-run.ts'
import { ordinaryAgencies, signInCallers } from './callers.ts'
import { wireRequest } from './connection.ts'
import { digits } from './figures.ts'
import { busyShare } from './machine.ts'
import { oneByOne } from './one-by-one.ts'
import { startProduct } from './product.ts'
import { disturbance } from './read-paths.ts'
import type { Scale } from './scale.ts'
import { makeTerms } from './search-terms.ts'

const manager = 1
/** A tenfold step may cost this much more and count as flat: what the machine itself varies by. */
const flatBelow = 1.5

type Asked = { name: string; paths(terms: string[]): string[] }
const asked: Asked[] = [
  { name: 'list', paths: () => ['/clients?status=active&sort=name', '/clients?sort=-createdAt'] },
  { name: 'search', paths: (terms) => terms.slice(0, 10).map((t) => `/clients?q=${encodeURIComponent(t)}`) },
  { name: 'count of the views', paths: () => ['/clients/counts'] },
]

/** What list, search and count cost at ten times the agencies, and at ten times the clients of one agency. */
export const growthPath: Measure = {
  name: 'growth',
  async run(bench): Promise<Figure[]> {
    const { plan } = bench
    const busy = await busyShare()
    const bySize: number[][] = []
    for (const scale of [plan.hundredth, plan.tenth, plan.main])
      bySize.push(await costs(bench, scale, ordinaryAgencies(scale.agencies, 5)))
    const inAgency = [bySize[2]!, await costs(bench, plan.main, [1]), await costs(bench, plan.main, [0])]
    const steps = [plan.hundredth, plan.tenth, plan.main]
      .map((s) => s.clients.toLocaleString('en'))
      .join(' → ')
    const sizes = [
      Math.round((plan.main.clients - plan.main.biggest - plan.main.second) / (plan.main.agencies - 2)),
      plan.main.second,
      plan.main.biggest,
    ]
      .map((n) => n.toLocaleString('en'))
      .join(' → ')
    return asked.flatMap((a, i) => [
      line(
        `growth: ${a.name}, ten times the agencies`,
        `${steps} clients in all`,
        bySize.map((c) => c[i]!),
        `≤ ×${flatBelow} a tenfold step`,
        (worst) => worst <= flatBelow,
        busy,
      ),
      line(
        `growth: ${a.name}, ten times the clients of the agency`,
        `${sizes} clients in the agency`,
        inAgency.map((c) => c[i]!),
        'with the page, not the table: ≤ ×5 a tenfold step',
        (worst) => worst <= 5,
        busy,
      ),
    ])
  },
}

/** Milliseconds (p50) of each kind of request in a database, one caller at a time. */
async function costs(bench: BenchRun, scale: Scale, agencies: number[]): Promise<number[]> {
  const { cluster } = bench
  const product = await startProduct({
    dataDir: cluster.config.dataDir,
    databaseUrl: cluster.ownerUrl(scale.database),
  })
  try {
    const places = agencies.length > 0 ? agencies : [0]
    const callers = await signInCallers(cluster, scale.database, product.port, {
      agencies: places,
      member: manager,
    })
    const found: number[] = []
    for (const kind of asked) {
      const requests: Buffer[] = []
      for (const caller of callers) {
        const terms = await makeTerms(cluster, scale.database, caller.agencyId)
        for (const path of kind.paths(terms))
          requests.push(
            wireRequest({ method: 'GET', path: `/api/v1${path}`, host: caller.host, cookie: caller.token }),
          )
      }
      found.push((await oneByOne(product.port, requests, Math.ceil(100 / requests.length))).p50)
    }
    return found
  } finally {
    await product.stop()
  }
}

function line(
  path: string,
  data: string,
  ms: number[],
  goal: string,
  holds: (worst: number) => boolean,
  busy: number,
): Figure {
  const ratios = ms.slice(1).map((v, i) => v / ms[i]!)
  // 0 is flat, 1 grows as the data does.
  const slope = Math.log10(ms.at(-1)! / ms[0]!) / (ms.length - 1)
  return {
    path,
    data,
    measured: `${ms.map(digits).join(' → ')} ms; slope ${slope.toFixed(2)} (0 flat, 1 as the data)`,
    against: 'the step before',
    goal,
    reached: holds(Math.max(...ratios)),
    disturbed: disturbance(busy, 0),
  }
}
