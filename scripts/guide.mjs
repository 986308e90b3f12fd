// `npm run guide`: takes the guide's pictures anew from the running product (docs/guide/images).
import { ensureInstalled, runAndExit } from './bootstrap.mjs'
import { ensurePages } from './pages.mjs'

ensureInstalled()
if (!ensurePages()) process.exit(1)
runAndExit(['scripts/guide-screenshots.ts', ...process.argv.slice(2)])
