export { addressOf, makeCrossing } from './crossing.ts'
export { directoryHash, insertAgency } from './new-agency.ts'
