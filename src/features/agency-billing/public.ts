export { readAgencyProfile, refuseIncomplete, type Payer } from './payer.ts'
