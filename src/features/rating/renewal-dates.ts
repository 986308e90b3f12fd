/** How often a subscription renews. */
export type Interval = 'month' | 'year'

/** One billed span of days: `start` belongs to it, `end` is the next renewal day and does not. */
export type Period = { index: number; start: Temporal.PlainDate; end: Temporal.PlainDate }

/**
 * The day of the n-th renewal, in the account's local calendar; n = 0 is the anchor itself. Counted from the
 * anchor and never from the renewal before (domain.md, "Renewals"): an account opened on 31 January renews on
 * 28 or 29 February, then on 31 March; one opened on 29 February renews yearly on the 28th, and on the 29th
 * when there is one.
 */
export function renewalDate(anchor: Temporal.PlainDate, interval: Interval, n: number): Temporal.PlainDate {
  return anchor.add(interval === 'month' ? { months: n } : { years: n }, { overflow: 'constrain' })
}

/** The next `count` renewal days after `after`, which is not one of them. */
export function renewalDates(
  anchor: Temporal.PlainDate,
  interval: Interval,
  after: Temporal.PlainDate,
  count: number,
): Temporal.PlainDate[] {
  const first =
    Temporal.PlainDate.compare(after, anchor) < 0 ? 0 : periodOf(anchor, interval, after).index + 1
  return Array.from({ length: count }, (_, i) => renewalDate(anchor, interval, first + i))
}

/** The period that a day is in; refuses (RangeError) days before the anchor. */
export function periodOf(anchor: Temporal.PlainDate, interval: Interval, on: Temporal.PlainDate): Period {
  if (Temporal.PlainDate.compare(on, anchor) < 0) throw new RangeError(`${on} is before the anchor ${anchor}`)
  const months = (on.year - anchor.year) * 12 + on.month - anchor.month
  // The calendar's months or years passed, or one less when the day of the month is still to come.
  let index = interval === 'month' ? months : on.year - anchor.year
  if (Temporal.PlainDate.compare(renewalDate(anchor, interval, index), on) > 0) index -= 1
  return {
    index,
    start: renewalDate(anchor, interval, index),
    end: renewalDate(anchor, interval, index + 1),
  }
}
