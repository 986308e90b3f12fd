// `npm test`: everything that must hold. `npm run test:one -- files…`: these test files alone.
import { ensureInstalled, runAndExit } from './bootstrap.mjs'
import { ensureChromium } from './chromium.mjs'

const asked = process.argv.slice(2)
ensureInstalled('0 passed, 1 failed')
if (asked.length === 0 || asked.some((file) => file.includes('e2e/'))) ensureChromium('0 passed, 1 failed')
runAndExit(['scripts/run-tests.ts', ...asked])
