import type { Ctx } from '../../server/context.ts'
import { invalid } from '../../server/refusal.ts'

/** Some whole months: the first, the last, and the first day after them. */
export type Period = { from: string; to: string; firstDay: string; dayAfter: string; months: string[] }

/** Longest period, months. */
const longest = 60

/**
 * The months asked for, in the agency's own calendar: the twelve up to now when nothing is said. 422 when they are
 * the wrong way round or more than five years.
 */
export function periodOf(ctx: Ctx, asked: { from?: string | undefined; to?: string | undefined }): Period {
  const now = ctx.now
    .toZonedDateTimeISO(ctx.agency?.timeZone ?? 'Europe/Paris')
    .toPlainDate()
    .toPlainYearMonth()
  const to = asked.to === undefined ? now : Temporal.PlainYearMonth.from(asked.to)
  const from =
    asked.from === undefined ? to.subtract({ months: 11 }) : Temporal.PlainYearMonth.from(asked.from)
  const count = from.until(to, { largestUnit: 'month' }).months + 1
  if (count < 1 || count > longest) throw invalid({ to: 'following.fault.period' })
  return {
    from: from.toString(),
    to: to.toString(),
    firstDay: from.toPlainDate({ day: 1 }).toString(),
    dayAfter: to.add({ months: 1 }).toPlainDate({ day: 1 }).toString(),
    months: Array.from({ length: count }, (_, i) => from.add({ months: i }).toString()),
  }
}
