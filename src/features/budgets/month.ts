import { agencyOf, type Ctx } from '../../server/context.ts'

/** A calendar month in the agency's time zone. */
export type Month = { name: string; starts: string; ends: string }

/** This month, or the one `back` months before. Instants are its bounds, half-open. */
export function monthOf(ctx: Ctx, back = 0): Month {
  const { timeZone } = agencyOf(ctx)
  const month = ctx.now
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
    .toPlainYearMonth()
    .subtract({ months: back })
  const start = (m: Temporal.PlainYearMonth) =>
    m.toPlainDate({ day: 1 }).toZonedDateTime(timeZone).toInstant().toString()
  return { name: month.toString(), starts: start(month), ends: start(month.add({ months: 1 })) }
}
