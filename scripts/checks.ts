import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** What is checked without running the product, fastest first. */
const checks: [name: string, bin: string, args: string[]][] = [
  ['format', 'oxfmt', ['--check']],
  ['lint', 'oxlint', ['--type-aware', '--deny-warnings']],
  ['types of the server', 'tsc', ['-p', '.']],
  ['types of the pages', 'tsc', ['-p', 'tsconfig.web.json']],
  ['text keys', 'node', ['scripts/gen-text-keys.ts', '--check']],
  ['boundaries', 'node', ['scripts/check-boundaries.ts']],
  ['unused code', 'knip', []],
]

/** Runs every check, prints what fails, and gives how many passed and failed. */
export function runChecks(): { passed: number; failed: number } {
  const count = { passed: 0, failed: 0 }
  const path = `${join(root, 'node_modules/.bin')}:${process.env.PATH}`
  for (const [name, bin, args] of checks) {
    const begin = performance.now()
    const result = spawnSync(bin, args, { cwd: root, encoding: 'utf8', env: { ...process.env, PATH: path } })
    const passed = result.status === 0
    count[passed ? 'passed' : 'failed']++
    const seconds = ((performance.now() - begin) / 1000).toFixed(1)
    console.log(`${passed ? '✔' : '✖'} ${name} (${seconds} s)`)
    if (!passed) console.log(`${result.stdout}${result.stderr}${result.error ?? ''}`)
  }
  return count
}
