import { share } from './round.ts'

/** A tier of quantities up to and including `upTo` (null: without end), at so much a unit plus a fixed amount. */
export type Tier = { upTo: bigint | null; unit: bigint; flat: bigint }

/**
 * How a quantity becomes a price, the three ways that are usual (as Stripe's "tiered pricing" names them):
 * - `volume`: the tier that the whole quantity falls in prices all of it;
 * - `graduated`: each tier prices the units that fall in it, its fixed amount once it is entered;
 * - `package`: whole packages of `size` units, the last one begun being paid whole.
 *
 * `unit` is in minor units for `per` units (1 unless said): 45 for 10 is 4.5 cents each.
 */
export type PriceModel =
  | { model: 'volume' | 'graduated'; tiers: readonly Tier[]; per?: bigint }
  | { model: 'package'; size: bigint; price: bigint }

/**
 * The price of a quantity, minor units, before discount and VAT; rounded half-up once, at the end. Refuses
 * (RangeError) a negative quantity and one that no tier reaches.
 */
export function planPrice(model: PriceModel, quantity: bigint): bigint {
  if (quantity < 0n) throw new RangeError('a quantity is never negative')
  if (model.model === 'package') return ((quantity + model.size - 1n) / model.size) * model.price
  const per = model.per ?? 1n
  const last = model.tiers.findIndex((t) => t.upTo === null || quantity <= t.upTo)
  if (last < 0) throw new RangeError(`no tier reaches ${quantity}`)
  if (model.model === 'volume') {
    const tier = model.tiers[last]!
    return tier.flat + share(tier.unit, quantity, per)
  }
  let units = 0n
  let flat = 0n
  let below = 0n
  for (const tier of model.tiers.slice(0, last + 1)) {
    const top = tier.upTo === null || tier.upTo > quantity ? quantity : tier.upTo
    units += (top - below) * tier.unit
    // The first tier is entered from nothing on; the others by their first unit.
    if (top > below || below === 0n) flat += tier.flat
    below = top
  }
  return flat + share(units, 1n, per)
}
