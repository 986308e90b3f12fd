export { addressOf, makeCrossing } from './crossing.ts'
export { freeSlug, slugProblem } from './slugs.ts'
export { directoryHash, insertAgency } from './new-agency.ts'
