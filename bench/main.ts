import { parseArgs } from 'node:util'
import { agencyPath } from './agency-path.ts'
import type { BenchRun, Figure, Measure } from './bench-run.ts'
import { cataloguePath } from './catalogue-path.ts'
import { createPath } from './create-path.ts'
import { ensureDatabase, startCluster } from './databases.ts'
import { growthPath } from './growth-path.ts'
import { importPath } from './import-path.ts'
import { searchPath, visiblePath } from './latency-paths.ts'
import { describeMachine, loadNow } from './machine.ts'
import { pagePath } from './page-path.ts'
import { getPath, listPath } from './read-paths.ts'
import { findPgbench } from './pgbench.ts'
import { failed, printFigure, writeReport } from './report.ts'
import { planOf } from './scale.ts'
import { renewalsPath } from './renewals-path.ts'
import { resalePath } from './resale-path.ts'
import { signInPath } from './sign-in-path.ts'
import { startPath } from './start-path.ts'
import { transferPath } from './transfer-path.ts'

/** In the order they run; the name of each is what `--only` takes: list, get, search, visible, catalogue… */
const measures: readonly Measure[] = [
  listPath,
  getPath,
  searchPath,
  visiblePath,
  agencyPath,
  cataloguePath,
  resalePath,
  createPath,
  transferPath,
  renewalsPath,
  signInPath,
  importPath,
  startPath,
  growthPath,
  pagePath,
]

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    full: { type: 'boolean', default: false },
    rebuild: { type: 'boolean', default: false },
    only: { type: 'string' },
    chromium: { type: 'string', default: '/usr/bin/chromium' },
    report: { type: 'string' },
    'import-rows': { type: 'string' },
    seconds: { type: 'string' },
  },
})

findPgbench()
const plan = planOf({
  quick: options.quick,
  full: options.full,
  importRows: options['import-rows'],
  seconds: options.seconds,
})
const chosen =
  options.only === undefined ? measures : measures.filter((m) => options.only!.split(',').includes(m.name))
if (chosen.length === 0) throw new Error(`--only takes some of ${measures.map((m) => m.name).join(',')}`)
const startedAt = new Date()
const load = loadNow()
const cluster = await startCluster(plan.quick, options.rebuild)
const figures: Figure[] = []
// A part of the bench, or a tenth of the data, must not pass for the whole.
const target =
  options.report ?? (plan.quick || options.only !== undefined ? undefined : 'docs/performance.md')
try {
  for (const scale of ['main', 'tenth', 'hundredth'] as const)
    if (chosen.some((m) => m.uses?.includes(scale) ?? true)) await ensureDatabase(cluster, plan[scale])
  const bench: BenchRun = { cluster, plan, chromium: options.chromium }
  for (const measure of chosen) {
    console.log(`\n${measure.name}…`)
    // One path that fails must not take the figures of the others with it, nor be left out.
    const found = await measure.run(bench).catch((error: Error) => [failed(measure.name, error)])
    for (const figure of found) {
      figures.push(figure)
      printFigure(figure)
    }
    // After each path: a run cut short leaves what it measured.
    if (target !== undefined)
      writeReport(target, {
        figures,
        startedAt,
        machine: describeMachine(),
        loadBefore: load,
        loadAfter: loadNow(),
        plan,
      })
  }
} finally {
  await cluster.stop()
}
