import { share } from './round.ts'

/**
 * What a change in the middle of a paid period gives back and costs, minor units (domain.md, "Proration"):
 * local dates, half-open; the day of the change belongs to the new plan; the denominator is the period's real
 * number of days; each amount is rounded half-up by itself. `creditLeft` caps the credit: what is left of the
 * original line after earlier credits. Refuses (RangeError) a day outside the period.
 */
export function prorate(p: {
  periodStart: Temporal.PlainDate
  periodEnd: Temporal.PlainDate
  changeOn: Temporal.PlainDate
  oldPrice: bigint
  newPrice: bigint
  creditLeft?: bigint
}): { credit: bigint; charge: bigint; daysLeft: number; days: number } {
  const days = p.periodStart.until(p.periodEnd, { largestUnit: 'day' }).days
  const daysLeft = p.changeOn.until(p.periodEnd, { largestUnit: 'day' }).days
  if (days <= 0 || daysLeft <= 0 || daysLeft > days)
    throw new RangeError(`${p.changeOn} is not in the period from ${p.periodStart} to ${p.periodEnd}`)
  const credit = share(p.oldPrice, BigInt(daysLeft), BigInt(days))
  return {
    credit: p.creditLeft !== undefined && credit > p.creditLeft ? p.creditLeft : credit,
    charge: share(p.newPrice, BigInt(daysLeft), BigInt(days)),
    daysLeft,
    days,
  }
}
