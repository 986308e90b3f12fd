export { clientIdentity, type ClientIdentity } from './client-identity.ts'
export { readBillingRow as billingDetailsOf } from './billing-profile.ts'
export {
  checkedDetails,
  columnsOfDetails,
  completedDetails,
  detailsOfRow,
  differences,
  type BillingDetails,
} from './billing-details.ts'
