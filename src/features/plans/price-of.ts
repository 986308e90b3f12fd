import { planPrice, type Interval } from '../rating/public.ts'
import { invalid } from '../../server/refusal.ts'
import type { Plan } from './catalogue.ts'
import type { PlanFeature } from './contract.ts'

/**
 * The price of one interval of a plan for a contact limit, minor units, before discount and VAT: the tier's own
 * amount (rating's `volume` model with nothing a contact). The trial is free. 422 at `contactLimit` when the
 * plan has no such limit.
 */
export function priceOf(plan: Plan, interval: Interval, contactLimit: number): bigint {
  if (!plan.contactLimits.includes(contactLimit)) throw invalid({ contactLimit: 'plans.contact_limit' })
  if (plan.prices === null) return 0n
  const flats = plan.prices[interval]
  const tiers = plan.contactLimits.map((limit, i) => ({ upTo: BigInt(limit), unit: 0n, flat: flats[i]! }))
  return planPrice({ model: 'volume', tiers }, BigInt(contactLimit))
}

/** What a plan opens in a hosted account. */
export function featuresOf(plan: Plan): ReadonlySet<PlanFeature> {
  return new Set(plan.features)
}
