import type { Ctx } from '../../server/context.ts'
import { keyedHash } from '../../server/keys.ts'
import { Refusal } from '../../server/refusal.ts'

/** Wrong attempts that lock a login (B53). */
export const attemptsPerRound = 5
/** How long it is locked then, even for the right password (B55). */
export const lockMinutes = 5
/** Wrong attempts a UTC day, however spread. */
export const attemptsPerDay = 25

/** What attempts are counted on: a login as typed, known or not, or one user's own secret; never an address of the network. */
export type GuardKey = Buffer

/** The counter of one login, or of one user's second factor, in this realm. */
export function guardKey(ctx: Ctx, kind: 'login' | 'factor', of: string): GuardKey {
  return keyedHash(ctx.app.config.secret, 'sign-in-guard', `${kind}:${ctx.realm.realmId}:${of}`)
}

const reserveSql = `
insert into sign_in_guard as g (agency_id, realm_id, login_hash, failures, locked_until, day, day_failures)
values ($1, $2, $3, 1, null, $5, 1)
on conflict (agency_id, realm_id, login_hash) do update set
  failures = case when g.day <> $5 or g.locked_until is not null then 1 else g.failures + 1 end,
  locked_until = case when g.day = $5 and g.locked_until is null and g.failures + 1 >= ${attemptsPerRound}
    then $4::timestamptz + interval '${lockMinutes} minutes' end,
  day = $5,
  day_failures = case when g.day <> $5 then 1 else g.day_failures + 1 end
where (g.locked_until is null or g.locked_until <= $4) and (g.day <> $5 or g.day_failures < ${attemptsPerDay})
returning failures, locked_until, day_failures`

/** An attempt that may go on: how many are left after it; if none, from when on again, and in how many seconds. */
export type Attempt = { left: number; retryAt: string | null; waitSeconds: number | null }

/**
 * Reserves an attempt before any password is computed: one statement, so that of a hundred at once only the
 * first five pass. Refuses with 429 `sign_in.locked` while the login is locked. The transaction must commit
 * whatever comes of the attempt: call it in `ctx.apart`.
 */
export async function reserveAttempt(ctx: Ctx, key: GuardKey): Promise<Attempt> {
  const today = ctx.now.toZonedDateTimeISO('UTC').toPlainDate()
  const values = [ctx.agencyId, ctx.realm.realmId, key, ctx.nowIso, today.toString()]
  const [row] = await ctx.tx.query<{ failures: number; locked_until: string | null; day_failures: number }>(
    'reserve_attempt',
    reserveSql,
    values,
  )
  const tomorrow = today.add({ days: 1 }).toZonedDateTime('UTC').toInstant()
  if (row) {
    const left = Math.min(attemptsPerRound - row.failures, attemptsPerDay - row.day_failures)
    if (left > 0) return { left, retryAt: null, waitSeconds: null }
    const until = row.day_failures >= attemptsPerDay ? tomorrow : Temporal.Instant.from(row.locked_until!)
    return { left: 0, retryAt: until.toString(), waitSeconds: secondsTo(ctx, until) }
  }
  const [lock] = await ctx.tx.query<{ locked_until: string | null }>(
    'read_lock',
    `select locked_until from sign_in_guard where agency_id = $1 and realm_id = $2 and login_hash = $3`,
    values.slice(0, 3),
  )
  const until = lock?.locked_until ? Temporal.Instant.from(lock.locked_until) : undefined
  throw locked(ctx, until && Temporal.Instant.compare(until, ctx.now) > 0 ? until : tomorrow)
}

function locked(ctx: Ctx, until: Temporal.Instant): Refusal {
  const waitSeconds = secondsTo(ctx, until)
  return new Refusal(429, 'sign_in.locked', {
    retryAfter: waitSeconds,
    values: { minutes: Math.ceil(waitSeconds / 60) },
    data: { retryAt: until.toString(), waitSeconds },
  })
}

// Pages count down from this: their own clock may differ from the installation's.
function secondsTo(ctx: Ctx, until: Temporal.Instant): number {
  return Math.max(1, Math.ceil(until.since(ctx.now).total('seconds')))
}

/** The attempt proved right: the round starts anew, and it does not count in the day. */
export async function attemptSucceeded(ctx: Ctx, key: GuardKey): Promise<void> {
  await ctx.tx.query(
    'attempt_succeeded',
    `update sign_in_guard set failures = 0, locked_until = null, day_failures = greatest(0, day_failures - 1) where agency_id = $1 and realm_id = $2 and login_hash = $3`,
    [ctx.agencyId, ctx.realm.realmId, key],
  )
}

/** The attempt was never tried (too many were waiting): it does not count. */
export async function giveAttemptBack(ctx: Ctx, key: GuardKey): Promise<void> {
  await ctx.tx.query(
    'give_attempt_back',
    `update sign_in_guard set failures = greatest(0, failures - 1), locked_until = null, day_failures = greatest(0, day_failures - 1)
     where agency_id = $1 and realm_id = $2 and login_hash = $3`,
    [ctx.agencyId, ctx.realm.realmId, key],
  )
}

/** Takes a user's lock off after somebody else gave them a new password; the context is in the user's realm. */
export function liftLockOf(ctx: Ctx, emailKey: string): Promise<void> {
  return liftLock(ctx, guardKey(ctx, 'login', emailKey))
}

/** Takes the lock off: somebody proved to be the holder by another way (reset). */
export async function liftLock(ctx: Ctx, key: GuardKey): Promise<void> {
  await ctx.tx.query(
    'lift_lock',
    `delete from sign_in_guard where agency_id = $1 and realm_id = $2 and login_hash = $3`,
    [ctx.agencyId, ctx.realm.realmId, key],
  )
}
