import { globSync } from 'node:fs'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'
import { startTestPostgres } from '../src/server/testing-postgres.ts'
import { runChecks } from './checks.ts'
import { ensurePages } from './pages.mjs'

type Count = { passed: number; failed: number }

/** Runs test files, each in its own process, and counts; a file that dies counts as a failure. */
async function runFiles(files: string[], concurrency: number): Promise<Count> {
  if (files.length === 0) return { passed: 0, failed: 0 }
  const stream = run({ files, concurrency, timeout: 600_000 })
  const count = { passed: 0, failed: 0 }
  stream.on('test:summary', ({ file, counts }) => {
    // One summary per file, then one for all of them.
    if (file !== undefined) return
    count.passed = counts.passed
    count.failed = counts.tests - counts.passed - counts.skipped - counts.todo
  })
  const printed = stream.compose(new spec())
  for await (const text of printed) process.stdout.write(text as string)
  return count
}

function add(...counts: Count[]): Count {
  return counts.reduce((a, b) => ({ passed: a.passed + b.passed, failed: a.failed + b.failed }))
}

const asked = process.argv.slice(2)
// Helpers of one machine may share a server; otherwise this run has its own.
const own = process.env.TEST_DATABASE_URL ? null : await startTestPostgres()
process.env.TEST_DATABASE_URL ??= own?.url
let total: Count
try {
  if (asked.length > 0) {
    total = await runFiles(asked, 2)
  } else {
    const checked = runChecks()
    ensurePages()
    const tested = await runFiles(globSync(['src/**/*.test.ts', 'scenarios/**/*.test.ts']).sort(), 2)
    const travelled = await runFiles(globSync('e2e/**/*.test.ts').sort(), 1)
    total = add(checked, tested, travelled)
  }
} finally {
  await own?.stop()
}
console.log(`${total.passed} passed, ${total.failed} failed`)
process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0)
