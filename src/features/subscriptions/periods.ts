import { renewalDate, type Interval } from '../rating/public.ts'

/** The period that begins `n` intervals after the anchor: both ends come from the anchor, so that a 31st never drifts. */
export function periodFrom(
  anchor: Temporal.PlainDate,
  interval: Interval,
  n: number,
): { start: Temporal.PlainDate; end: Temporal.PlainDate } {
  return { start: renewalDate(anchor, interval, n), end: renewalDate(anchor, interval, n + 1) }
}

/** The instant a local day begins in a zone. */
export function startOfDay(day: Temporal.PlainDate | string, timeZone: string): string {
  return Temporal.PlainDate.from(day).toZonedDateTime(timeZone).toInstant().toString()
}

/** The local day an instant is in. */
export function dayIn(now: Temporal.Instant, timeZone: string): Temporal.PlainDate {
  return now.toZonedDateTimeISO(timeZone).toPlainDate()
}
