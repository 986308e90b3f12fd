import { setTimeout as sleep } from 'node:timers/promises'
import type { App } from './context.ts'
import { clockOffsetSql, iso } from './clock.ts'
import { runDueJobs } from './jobs.ts'
import { presentOf, runTimetable, type Recurring } from './timetable.ts'

/** Stops on the way to one target: more is a timetable that never gets anywhere. */
const mostStops = 100_000

/** Looks, 50 ms apart, at jobs that others have in hand before the clock goes on without them. */
const mostWaits = 200

/**
 * Moves a sandbox installation's clock forward to `target`, stopping wherever a job or recurring work is due
 * and running it there, in order, as if the time had passed. Never backwards, never on a live installation.
 */
export async function moveClock(
  app: App,
  timetable: readonly Recurring[],
  target: Temporal.Instant,
): Promise<void> {
  const onTheWay = timetable.filter((work) => !work.watches)
  await runTimetable(app, onTheWay)
  for (let stop = 0; stop < mostStops; stop++) {
    const next = await nextDue(app, onTheWay)
    if (!next || Temporal.Instant.compare(next, target) > 0) break
    await setClock(app, next)
    await runTimetable(app, onTheWay)
    await finishDueJobs(app)
  }
  await setClock(app, target)
  await runTimetable(app, timetable)
  await finishDueJobs(app)
}

/** The next job's time, or the next turn at which recurring work has something to do. */
async function nextDue(app: App, timetable: readonly Recurring[]): Promise<Temporal.Instant | undefined> {
  const { rows } = await app.database.owner.query<{ name: string | null; at: string }>(
    `select null as name, run_at + (select clock_offset from installation) as at
       from graphile_worker._private_jobs where is_available
     union all select name, next_run_at from recurring_work where name = any($1)`,
    [timetable.map((w) => w.name)],
  )
  let first: Temporal.Instant | undefined
  for (const { name, at } of rows) {
    const due = await dueAt(
      app,
      Temporal.Instant.from(at),
      timetable.find((w) => w.name === name),
    )
    if (due && (!first || Temporal.Instant.compare(due, first) < 0)) first = due
  }
  return first
}

async function dueAt(
  app: App,
  turn: Temporal.Instant,
  work: Recurring | undefined,
): Promise<Temporal.Instant | undefined> {
  if (!work?.nextWork) return turn
  const next = await work.nextWork(app)
  return next && Temporal.Instant.compare(next, turn) < 0 ? turn : next
}

/** Works off what is due now; the process's own workers may have a part of it in hand, which is waited for. */
async function finishDueJobs(app: App): Promise<void> {
  for (let wait = 0; wait < mostWaits; wait++) {
    const { rows } = await app.database.owner.query<{ waiting: boolean }>(
      `select exists (select from graphile_worker._private_jobs
         where run_at <= now() and attempts < max_attempts) as waiting`,
    )
    if (!rows[0]!.waiting) return
    await runDueJobs(app)
    if (wait > 0) await sleep(50)
  }
}

/** Sets the offset so that the present is `to`, and brings waiting jobs nearer by as much; never back. */
async function setClock(app: App, to: Temporal.Instant): Promise<void> {
  const by = to.since(await presentOf(app.database.owner)).total('second')
  if (by <= 0) return
  const client = await app.database.owner.connect()
  try {
    await client.query('begin')
    await client.query(`update installation set clock_offset = clock_offset + make_interval(secs => $1)`, [
      by,
    ])
    // Jobs wait in real time: what was due in two days of ours is now due that much sooner.
    await client.query(
      `update graphile_worker._private_jobs set run_at = run_at - make_interval(secs => $1) where is_available`,
      [by],
    )
    // Nobody really waited: whoever is signed in stays so.
    await client.query(
      `update session set last_seen_at = last_seen_at + make_interval(secs => $1), expires_at = expires_at + make_interval(secs => $1)`,
      [by],
    )
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }
}

/** Where the clock stands: the installation's present and how far it was moved, in seconds. */
export async function clockOf(app: App): Promise<{ now: string; movedSeconds: number; sandbox: boolean }> {
  const { rows } = await app.database.owner.query<{ offset: number; sandbox: boolean }>(
    clockOffsetSql.replace(' as offset', ' as offset, sandbox'),
  )
  return {
    now: iso(await presentOf(app.database.owner)),
    movedSeconds: Math.round((rows[0]?.offset ?? 0) / 1000),
    sandbox: rows[0]?.sandbox ?? false,
  }
}
