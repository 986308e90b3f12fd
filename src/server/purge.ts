import type { App } from './context.ts'
import { iso } from './clock.ts'

/** How long things are kept once they are of no more use, days. The audit is kept (quality.md, "Reliability"). */
const keptDays: [table: string, condition: string, days: number][] = [
  ['one_time_token', 'expires_at < $1', 30],
  // Challenges of passkeys: anybody may ask for one.
  ['one_time_token', `purpose = 'webauthn' and expires_at < $1`, 1],
  ['session', 'expires_at < $1', 1],
  // Counters of logins that nobody has failed with since: anybody may make one too.
  ['sign_in_guard', 'day < $1::timestamptz::date and (locked_until is null or locked_until < $1)', 2],
  ['idempotency_key', 'created_at < $1', 30],
  ['mail', `created_at < $1 and state <> 'queued'`, 90],
  ['notification', 'created_at < $1', 180],
  ['long_job', 'finished_at < $1', 90],
  ['import', 'created_at < $1', 30],
]

/** Takes away what is of no more use, of every tenant. */
export async function purge(app: App, at: Temporal.Instant): Promise<void> {
  for (const [table, condition, days] of keptDays)
    await app.database.owner.query(`delete from ${table} where ${condition}`, [
      iso(at.subtract({ hours: days * 24 })),
    ])
}
