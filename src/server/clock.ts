/** Real time moved by the installation's offset (sandbox clock); milliseconds. */
export function instantAt(offsetMilliseconds: number): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(Date.now() + offsetMilliseconds)
}

/** The instant as the database and the API write it: RFC 3339, milliseconds, UTC. */
export function iso(instant: Temporal.Instant): string {
  return instant.toString({ smallestUnit: 'millisecond' })
}

/** Query of the installation's clock offset in milliseconds. */
export const clockOffsetSql = `select (extract(epoch from clock_offset) * 1000)::float8 as offset from installation`
