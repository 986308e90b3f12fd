import { z } from 'zod'

/** An IANA time zone that this runtime can count days in, e.g. `Europe/Paris`. */
export const timeZone = z.string().max(60).refine(isTimeZone, 'field.time_zone')

function isTimeZone(name: string): boolean {
  try {
    // Offsets such as +02:00 are accepted here too, but have no daylight saving: only names pass.
    return (
      /^[A-Z][A-Za-z0-9_+/-]*$/.test(name) &&
      Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
    )
  } catch {
    return false
  }
}
