export { payerDetails, readAgencyProfile, refuseIncomplete, type Payer, type PayerDetails } from './payer.ts'
