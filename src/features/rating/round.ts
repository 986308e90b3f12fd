/**
 * `amount × numerator ÷ denominator`, rounded once to whole minor units, half away from zero: half-up as
 * invoices are rounded (domain.md, "Proration", "VAT"), and such that a credit note mirrors its invoice.
 * The denominator is positive.
 */
export function share(amount: bigint, numerator: bigint, denominator: bigint): bigint {
  if (denominator <= 0n) throw new RangeError('the denominator must be positive')
  const exact = amount * numerator
  const size = exact < 0n ? -exact : exact
  const rounded = (2n * size + denominator) / (2n * denominator)
  return exact < 0n ? -rounded : rounded
}
