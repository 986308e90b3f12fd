import { writeFileSync } from 'node:fs'
import type { Figure } from './bench-run.ts'
import type { Plan } from './scale.ts'

/** Prints a line of the table as soon as it is known. */
export function printFigure(f: Figure): void {
  const mark = f.reached === null ? ' ' : f.reached ? '✔' : '✖'
  console.log(
    `${mark} ${f.path}\n    ${f.measured}\n    against: ${f.against}\n    goal: ${f.goal}${f.disturbed === null ? '' : `\n    disturbed: ${f.disturbed}`}`,
  )
}

/** The line of a path that could not be measured. */
export function failed(name: string, error: Error): Figure {
  return {
    path: name,
    data: '',
    measured: `failed: ${error.message.split('\n')[0]}`,
    against: '',
    goal: '',
    reached: false,
    disturbed: null,
  }
}

/** What the report is made of. */
export type Report = {
  figures: readonly Figure[]
  startedAt: Date
  machine: string
  loadBefore: number
  loadAfter: number
  plan: Plan
}

/** Writes the report, goals not reached shown as such. */
export function writeReport(path: string, report: Report): void {
  writeFileSync(path, reportText(report))
}

function reportText({ figures, startedAt, machine, loadBefore, loadAfter, plan }: Report): string {
  const missed = figures.filter((f) => f.reached === false)
  const disturbed = figures.filter((f) => f.disturbed !== null)
  const rows = figures.map(
    (f) => `| ${[f.path, f.data, f.measured, f.against, f.goal, stateOf(f)].map(cell).join(' | ')} |`,
  )
  return `${head}
Measured on ${startedAt.toISOString().slice(0, 16).replace('T', ' ')} UTC, ${machine}. Load average ${loadBefore.toFixed(1)} before, ${loadAfter.toFixed(1)} after.${plan.quick ? ' **A tenth of the data (`--quick`): figures for trying, not for judging.**' : ''}
${disturbed.length === 0 ? 'The machine was quiet.' : `**Disturbed**: ${disturbed.length} of ${figures.length} lines were taken while the machine had other work, or in rounds that lie apart; each says so. Read their ratios with care: other work takes more from the application than from the database alone.`}
${missed.length === 0 ? 'Every goal was reached.' : `**Not reached**: ${missed.length} of ${figures.length}, marked below.`}

| Path | Data | Measured | Against | Goal | |
|---|---|---|---|---|---|
${rows.join('\n')}
`
}

const stateOf = (f: Figure) =>
  `${f.reached === null ? '' : f.reached ? 'reached' : '**not reached**'}${f.disturbed === null ? '' : ` (disturbed: ${f.disturbed})`}`
const cell = (text: string) => text.replaceAll('|', '\\|')

const head = `# Performance

Written by \`npm run bench\`; not edited by hand. \`npm run bench -- --quick\` tries it on a tenth of the data,
\`--only=list,get\` measures some paths, \`--full\` imports a million rows instead of a hundred thousand (or \`--import-rows=N\`). The data
is made once, from a seed, in \`data/bench\` (about 3 GB).

**How to read it.** Machines differ, so what counts is the ratio: the application and \`pgbench\`, sending the
very statements that the application sends (recorded from it, prepared, all statements of a transaction at once,
as the application's own database role under row security), over as many connections, on the same cores, taken
in turns three times; the figures are medians. "Every statement of the request" has the session, the tenant
and the commit in it; "its own alone" is only what the path is about. The caller of the application shares the
cores too, which \`pgbench\`, written in C, hardly needs. Latencies are of one caller with no other.
`
