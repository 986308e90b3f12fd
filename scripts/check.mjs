// `npm run check`: types, lint, format, boundaries, unused code.
import { ensureInstalled, runAndExit } from './bootstrap.mjs'

ensureInstalled('0 passed, 1 failed')
runAndExit(['scripts/run-checks.ts', ...process.argv.slice(2)])
