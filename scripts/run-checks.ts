import { runChecks } from './checks.ts'

const { passed, failed } = runChecks()
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed ? 1 : 0)
