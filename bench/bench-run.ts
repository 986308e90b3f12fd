import type { Cluster } from './databases.ts'
import type { Plan } from './scale.ts'

/** What every measure gets: where the data is, and the plan. */
export type BenchRun = { cluster: Cluster; plan: Plan; chromium: string }

/** A line of the report. */
export type Figure = {
  path: string
  data: string
  /** What was measured, with its unit. */
  measured: string
  /** What it was measured against, with its figure. */
  against: string
  goal: string
  /** Null when the goal could not be judged. */
  reached: boolean | null
  /** Why the figure is to be read with care: other work on the machine, rounds that lie apart. */
  disturbed: string | null
}

/**
 * A measure: its name on the command line, and its lines. `uses` are the databases of the plan it reads, all when
 * absent: those that no measure asked for reads are not built.
 */
export type Measure = {
  name: string
  uses?: readonly ('main' | 'tenth' | 'hundredth')[]
  run(bench: BenchRun): Promise<Figure[]>
}
