// `npm run check`: types, lint, format, boundaries, unused code.
import { ensureInstalled, runAndExit } from './bootstrap.mjs'

ensureInstalled()
runAndExit(['scripts/run-checks.ts', ...process.argv.slice(2)])
