/** Prices, dates and shares as pure functions: bigint minor units, local dates, no clock and no database. */
export { applyCredits } from './apply-credits.ts'
export { planPrice, type PriceModel, type Tier } from './plan-price.ts'
export { prorate } from './prorate.ts'
export { periodOf, renewalDate, renewalDates, type Interval, type Period } from './renewal-dates.ts'
export { share } from './round.ts'
export { splitAmount } from './split-amount.ts'
export { vatBreakdown, type VatCategory, type VatGroup } from './vat-breakdown.ts'
export { discountOf, ladder, volumeDiscount, type Rung } from './volume-discount.ts'
