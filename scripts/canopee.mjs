// `npm run canopee -- <command>`: backup, restore, verify, migrate, openapi, work, start.
import { ensureInstalled, runAndExit } from './bootstrap.mjs'
import { ensurePages } from './pages.mjs'

ensureInstalled()
if (process.argv[2] === 'start' && !ensurePages()) process.exit(1)
runAndExit(['src/main.ts', ...process.argv.slice(2)])
