export { clientIdentity, type ClientIdentity } from './client-identity.ts'
export { readBillingRow as billingDetailsOf } from './billing-profile.ts'
