// `npm test`: everything that must hold. `npm run test:one -- files…`: these test files alone.
import { ensureInstalled, runAndExit } from './bootstrap.mjs'

ensureInstalled('0 passed, 1 failed')
runAndExit(['scripts/run-tests.ts', ...process.argv.slice(2)])
