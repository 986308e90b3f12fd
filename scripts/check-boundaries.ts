import { spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

type Cruise = {
  modules: { source: string; dependencies: unknown[] }[]
  summary: { violations: { rule: { name: string }; from: string; to: string; cycle?: { name: string }[] }[] }
}

const root = fileURLToPath(new URL('..', import.meta.url))
const cruiser = `${root}node_modules/dependency-cruiser/bin/dependency-cruiser.mjs`
const { stdout, stderr } = spawnSync(
  process.execPath,
  [cruiser, 'src', '--config', '.dependency-cruiser.cjs', '--output-type', 'json'],
  { cwd: root, encoding: 'utf8', maxBuffer: 1024 * 1024 * 1024 },
)
if (!stdout) throw new Error(stderr)
const { modules, summary } = JSON.parse(stdout) as Cruise

for (const { rule, from, to, cycle } of summary.violations) {
  console.error(`${rule.name}: ${from} → ${cycle ? cycle.map((c) => c.name).join(' → ') : to}`)
}

// Without a parser for TypeScript the tool reads nothing and finds nothing wrong: that must not pass.
const read = new Map(modules.map((m) => [m.source, m.dependencies.length]))
const files = globSync('src/**/*.{ts,tsx}', { cwd: root })
const unread = files.filter((file) => !read.has(file))
const imports = files.reduce((total, file) => total + (read.get(file) ?? 0), 0)
if (unread.length > 0) console.error(`not read: ${unread.slice(0, 5).join(', ')}`)
if (imports < files.length) console.error(`only ${imports} imports found in ${files.length} files`)
process.exitCode = summary.violations.length > 0 || unread.length > 0 || imports < files.length ? 1 : 0
