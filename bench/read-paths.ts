import type { BenchRun, Figure, Measure } from './bench-run.ts'
import { ordinaryAgencies, signInCallers, type Caller } from './callers.ts'
import { compare, type Comparison } from './compare.ts'
import { wireRequest } from './connection.ts'
import { digits } from './figures.ts'
import { quietBelow } from './machine.ts'
import { startProduct } from './product.ts'
import { recordStatements, type Asked, type Sent } from './statements.ts'

/** Callers of a path, each in an agency of its own. */
const callerCount = 20
const manager = 1

/** List 50 clients that a manager may see, filtered and sorted, two ways in turn. */
export const listPath: Measure = {
  name: 'list',
  run: (bench) =>
    readPath(bench, {
      path: 'list 50 clients a manager may see, active, sorted (by name, by date)',
      goal: 0.45,
      asked: () => [
        '/api/v1/clients?status=active&sort=name',
        '/api/v1/clients?status=active&sort=-createdAt',
      ],
      own: (s) => s.text.includes('from client c'),
    }),
}

/** One client with its assignments. */
export const getPath: Measure = {
  name: 'get',
  run: (bench) =>
    readPath(bench, {
      path: 'get one client with its assignments',
      goal: 0.2,
      asked: (caller) => caller.clients.slice(0, 2).map((id) => `/api/v1/clients/${id}`),
      own: (s) => s.text.includes('from client c'),
    }),
}

async function readPath(
  bench: BenchRun,
  given: { path: string; goal: number; asked(caller: Caller): string[]; own(sent: Sent): boolean },
): Promise<Figure[]> {
  const { cluster, plan } = bench
  const { database } = plan.main
  const product = await startProduct({
    dataDir: cluster.config.dataDir,
    databaseUrl: cluster.ownerUrl(database),
  })
  try {
    const idle = product.memory()
    const callers = await signInCallers(cluster, database, product.port, {
      agencies: ordinaryAgencies(plan.main.agencies, callerCount),
      member: manager,
    })
    const asked = callers.flatMap((caller) =>
      given.asked(caller).map((path) => ({ caller, request: { method: 'GET', path } satisfies Asked })),
    )
    const scripts = await recordStatements(cluster, database, product.port, asked)
    const requests = asked.map(({ caller, request }) =>
      wireRequest({ ...request, host: caller.host, cookie: caller.token }),
    )
    let turn = 0
    const result = await compare({
      port: product.port,
      next: () => requests[turn++ % requests.length]!,
      databaseUrl: cluster.appUrl(database),
      scripts,
      seconds: plan.seconds,
      own: given.own,
    })
    return [figureOf(bench, given, result), memoryFigure(bench, given.path, idle, product.peakMemory())]
  } finally {
    await product.stop()
  }
}

/** The line of a comparison with pgbench. */
export function figureOf(bench: BenchRun, given: { path: string; goal: number }, r: Comparison): Figure {
  return {
    path: given.path,
    data: `${bench.plan.main.clients.toLocaleString('en')} clients, ${bench.plan.main.agencies.toLocaleString('en')} agencies`,
    measured: `${digits(r.app.perSecond)}/s (p50 ${digits(r.app.p50)} ms, p95 ${digits(r.app.p95)} ms); ${digits(r.ratio)} of the ceiling, ${digits(r.bareRatio)} of its own statements alone`,
    against: `pgbench ${digits(r.ceiling)}/s with every statement of the request, ${digits(r.bare)}/s with its own alone`,
    goal: `≥ ${given.goal} of pgbench of the same SQL`,
    reached: r.ratio >= given.goal,
    disturbed: disturbance(r.busy, r.spread),
  }
}

/** Why a figure is disturbed, or null. */
export function disturbance(busy: number, apart: number): string | null {
  const reasons = [
    ...(busy > quietBelow ? [`${Math.round(busy * 100)} % of the cores busy with other work`] : []),
    ...(apart > 0.15 ? [`rounds ${Math.round(apart * 100)} % apart`] : []),
  ]
  return reasons.length === 0 ? null : reasons.join(', ')
}

function memoryFigure(bench: BenchRun, path: string, idle: number, peak: number): Figure {
  return {
    path: `memory of the application process: ${path}`,
    data: `${bench.plan.main.clients.toLocaleString('en')} clients`,
    measured: `${digits(idle)} MiB when ready, ${digits(peak)} MiB at most under the load`,
    against: 'resident memory, /proc',
    goal: '≤ 150 MB idle, ≤ 300 MB under load',
    reached: idle * 1.048_576 <= 150 && peak * 1.048_576 <= 300,
    disturbed: null,
  }
}
