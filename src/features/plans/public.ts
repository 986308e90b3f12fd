/** The operator's plans, for whoever sells, bills or limits by them. */
export { catalogueAt, catalogueNow, planAt, planIn, type Catalogue, type Plan } from './catalogue.ts'
export { paidPlanCodes, type PlanCode, type PlanFeature } from './contract.ts'
export { featuresOf, priceOf } from './price-of.ts'
