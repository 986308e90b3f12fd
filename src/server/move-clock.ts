import type { App } from './context.ts'
import { clockOffsetSql, iso } from './clock.ts'
import { runDueJobs } from './jobs.ts'
import { presentOf, runTimetable, type Recurring } from './timetable.ts'

/** Stops on the way to one target: more is a timetable that never gets anywhere. */
const mostStops = 100_000

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
    await runDueJobs(app)
  }
  await setClock(app, target)
  await runTimetable(app, timetable)
  await runDueJobs(app)
}

async function nextDue(app: App, timetable: readonly Recurring[]): Promise<Temporal.Instant | undefined> {
  const { rows } = await app.database.owner.query<{ at: string | null }>(
    `select min(at) as at from (
       select run_at + (select clock_offset from installation) as at from graphile_worker._private_jobs where is_available
       union all select next_run_at from recurring_work where name = any($1)) due`,
    [timetable.map((w) => w.name)],
  )
  return rows[0]?.at ? Temporal.Instant.from(rows[0].at) : undefined
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
