import { globSync } from 'node:fs'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'
import { startTestPostgres } from '../src/server/testing-postgres.ts'
import { runChecks } from './checks.ts'
import { ensurePages } from './pages.mjs'

const namePattern = process.argv.find((arg) => arg.startsWith('--test-name-pattern='))?.split('=')[1]

type Count = { passed: number; failed: number }

/** Runs test files, each in its own process, and counts; a file that dies counts as a failure. */
async function runFiles(files: string[], concurrency: number): Promise<Count> {
  if (files.length === 0) return { passed: 0, failed: 0 }
  const stream = run({
    files,
    concurrency,
    timeout: 600_000,
    ...(namePattern && { testNamePatterns: namePattern }),
  })
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

/** Types, lint, pages, then everything that runs, cheapest first. */
async function runEverything(): Promise<Count> {
  const checked = runChecks()
  const built = ensurePages() ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
  const tested = await runFiles(globSync(['src/**/*.test.ts', 'scenarios/**/*.test.ts']).sort(), 2)
  const travelled = await runFiles(globSync('e2e/**/*.test.ts').sort(), 1)
  return add(checked, built, tested, travelled)
}

const asked = process.argv.slice(2).filter((arg) => !arg.startsWith('--'))
let total: Count = { passed: 0, failed: 1 }
let own: Awaited<ReturnType<typeof startTestPostgres>> | undefined
try {
  // People who share a machine may share a server; otherwise this run has its own.
  if (!process.env.TEST_DATABASE_URL) own = await startTestPostgres()
  process.env.TEST_DATABASE_URL ||= own?.url
  if (asked.some((file) => file.startsWith('e2e/'))) ensurePages()
  total = asked.length > 0 ? await runFiles(asked, 2) : await runEverything()
} catch (error) {
  console.error(error)
} finally {
  await own?.stop()
}
console.log(`${total.passed} passed, ${total.failed} failed`)
process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0)
