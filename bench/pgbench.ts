import { execFile, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { median } from './figures.ts'
import type { Sent } from './statements.ts'

/** Whether pgbench is there; says what to install when it is not. */
export function findPgbench(): void {
  if (spawnSync('pgbench', ['--version']).status === 0) return
  throw new Error(
    'pgbench is missing. Debian and Ubuntu: apt-get install postgresql-contrib. Elsewhere it comes with PostgreSQL itself.',
  )
}

/**
 * What stands in for a value that must differ each time (the id and name of a new client): SQL over
 * `variable`, which holds the value recorded, and over `fresh`, a number new in each transaction.
 */
export type Vary = (value: unknown, variable: string) => string | undefined

/** A number new in each transaction of pgbench. */
export const fresh = ':fresh::bigint'

/**
 * Runs scripts of statements through pgbench, prepared, one transaction a script, for `seconds` after `warmUp`:
 * transactions a second, the median of its seconds. With `pipeline`, all statements of a transaction are sent
 * at once, which is the most that the database can give.
 */
export async function pgbench(given: {
  url: string
  scripts: readonly Sent[][]
  connections: number
  seconds: number
  warmUp: number
  pipeline: boolean
  vary?: Vary
}): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'canopee-bench-'))
  try {
    const args: string[] = []
    for (const [i, statements] of given.scripts.entries()) {
      const file = join(folder, `${i}.sql`)
      const { text, variables } = scriptOf(statements, i, given.pipeline, given.vary)
      writeFileSync(file, text)
      args.push('-f', file, ...variables.flatMap((v) => ['-D', v]))
    }
    const total = given.seconds + given.warmUp
    const command = [
      '-n',
      '-M',
      'prepared',
      '-c',
      String(given.connections),
      '-j',
      '2',
      '-T',
      String(total),
      '-P',
      '1',
      ...args,
      given.url,
    ]
    const { stderr } = await promisify(execFile)('pgbench', command, { maxBuffer: 64 * 1024 * 1024 }).catch(
      (error: { stderr?: string }) => {
        throw new Error(`pgbench: ${String(error.stderr).slice(0, 1_000)}`)
      },
    )
    if (/aborted/.test(stderr)) throw new Error(`pgbench: ${stderr.slice(0, 1_000)}`)
    const seconds = [...stderr.matchAll(/^progress: [\d.]+ s, ([\d.]+) tps/gm)].map((m) => Number(m[1]))
    return median(seconds.slice(given.warmUp))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** A script of pgbench and its variables. Each value is a variable, so that statements are prepared with parameters. */
function scriptOf(
  statements: readonly Sent[],
  script: number,
  pipeline: boolean,
  vary?: Vary,
): { text: string; variables: string[] } {
  const variables: string[] = []
  const lines = vary ? ['\\set fresh random(1, 4000000000000000000)'] : []
  if (pipeline) lines.push('\\startpipeline')
  for (const [n, { text, values }] of statements.entries()) {
    const names = values.map((value, k) => {
      if (value === null || value === undefined) return 'null'
      const name = `v${script}_${n}_${k}`
      const varied = vary?.(value, `:${name}`)
      if (varied === undefined || varied.includes(name)) variables.push(`${name}=${textOf(value)}`)
      return varied ?? `:${name}`
    })
    const replaced = withoutColons(text).replaceAll(/\$(\d+)/g, (_, k: string) => names[Number(k) - 1]!)
    lines.push(`${replaced.trim().replace(/;$/, '')};`)
  }
  if (pipeline) lines.push('\\endpipeline')
  return { text: `${lines.join('\n')}\n`, variables }
}

/** pgbench takes `:MI` for a variable, even inside a literal. */
function withoutColons(text: string): string {
  return text.replaceAll(/'(?:[^']|'')*'/g, (literal) => literal.replaceAll(/:(?=\w)/g, `'||':'||'`))
}

/** A value as PostgreSQL reads it from text. */
function textOf(value: unknown): string {
  if (Buffer.isBuffer(value)) return `\\x${value.toString('hex')}`
  if (Array.isArray(value))
    return `{${value.map((v) => (v === null ? 'NULL' : `"${textOf(v).replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`)).join(',')}}`
  return String(value)
}
