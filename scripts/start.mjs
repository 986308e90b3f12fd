// `npm start`: installs, builds the pages when they are stale, starts the application.
import { ensureInstalled, runAndExit } from './bootstrap.mjs'
import { ensurePages } from './pages.mjs'

ensureInstalled()
if (!ensurePages()) process.exit(1)
runAndExit(['src/main.ts', 'start', ...process.argv.slice(2)])
