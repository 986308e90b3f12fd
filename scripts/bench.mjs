// `npm run bench`: measures the product against the database's own limit (docs/performance.md).
import { ensureInstalled, runAndExit } from './bootstrap.mjs'
import { ensurePages } from './pages.mjs'

ensureInstalled()
if (!ensurePages()) process.exit(1)
runAndExit(['bench/main.ts', ...process.argv.slice(2)])
