import type { CatalogueContent } from '../contract.ts'

/**
 * Adds a contact limit in its place. Its prices are proposed between those of its neighbours, in proportion and in
 * whole units of the currency; above the last, by the last step. They are there to be changed.
 */
export function addLimit(content: CatalogueContent, limit: number): void {
  const { contactLimits } = content
  const above = contactLimits.findIndex((l) => l > limit)
  const place = above === -1 ? contactLimits.length : above
  const below = contactLimits[place - 1] ?? 0
  for (const plan of content.plans)
    for (const prices of [plan.prices.month, plan.prices.year]) {
      const low = prices[place - 1] ?? 0
      const high = prices[place]
      const step = low - (prices[place - 2] ?? 0)
      const share =
        high === undefined ? step : ((high - low) * (limit - below)) / (contactLimits[place]! - below)
      const whole = Math.round((low + share) / 100) * 100
      const proposed =
        high === undefined ? Math.max(whole, low + 1) : Math.min(Math.max(whole, low + 1), high - 1)
      prices.splice(place, 0, proposed)
    }
  contactLimits.splice(place, 0, limit)
}

/** Takes a contact limit and its prices out. Who is on it keeps the edition it was sold at. */
export function removeLimit(content: CatalogueContent, limit: number): void {
  const place = content.contactLimits.indexOf(limit)
  if (place === -1) return
  content.contactLimits.splice(place, 1)
  for (const plan of content.plans)
    for (const prices of [plan.prices.month, plan.prices.year]) prices.splice(place, 1)
}
