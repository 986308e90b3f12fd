import type { Interval } from './terms.ts'

/** Local days of one period, half-open. */
export type Period = { start: Temporal.PlainDate; end: Temporal.PlainDate }

/** The period that begins `n` intervals after the anchor: both ends come from the anchor, so that a 31st never drifts. */
export function periodFrom(anchor: Temporal.PlainDate, interval: Interval, n: number): Period {
  return { start: dateFrom(anchor, interval, n), end: dateFrom(anchor, interval, n + 1) }
}

function dateFrom(anchor: Temporal.PlainDate, interval: Interval, n: number): Temporal.PlainDate {
  return anchor.add(interval === 'month' ? { months: n } : { years: n })
}

/** The instant a local day begins in a zone. */
export function startOfDay(day: Temporal.PlainDate | string, timeZone: string): string {
  return Temporal.PlainDate.from(day).toZonedDateTime(timeZone).toInstant().toString()
}

/** The local day an instant is in. */
export function dayIn(now: Temporal.Instant, timeZone: string): Temporal.PlainDate {
  return now.toZonedDateTimeISO(timeZone).toPlainDate()
}
