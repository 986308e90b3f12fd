import type { App } from '../../server/context.ts'
import { iso } from '../../server/clock.ts'

/** Hours a first password waits to be shown. */
const hoursKept = 24

/** Erases first passwords that nobody looked at for a day, of every tenant. */
export async function forgetSecrets(app: App, at: Temporal.Instant): Promise<void> {
  await app.database.owner.query(
    `update account_opening set secret = null where secret is not null and ready_at < $1`,
    [iso(at.subtract({ hours: hoursKept }))],
  )
}
