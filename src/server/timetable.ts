import type pg from 'pg'
import type { App } from './context.ts'
import { clockOffsetSql, instantAt, iso } from './clock.ts'

/** Work done again and again, whatever tenant; the list is src/timetable.ts. `run` must bear being run twice. */
export type Recurring = {
  name: string
  every: Temporal.DurationLike
  /** Watches or tidies the installation: when a sandbox's clock is moved, it runs once, at the end. */
  watches?: true
  /**
   * The first instant after the present at which it has something to do, none if never: a moved clock stops
   * there instead of at every turn. Too early an answer only costs a stop.
   */
  nextWork?(app: App): Promise<Temporal.Instant | undefined>
  run(app: App, at: Temporal.Instant): Promise<void>
}

/** The installation's present. */
export async function presentOf(pool: pg.Pool | pg.PoolClient): Promise<Temporal.Instant> {
  const { rows } = await pool.query<{ offset: number }>(clockOffsetSql)
  return instantAt(rows[0]!.offset)
}

/**
 * Runs what is due, each once on whichever process gets its row; missed turns are not made up for, the next
 * is counted from now. Gives when the next is due.
 */
export async function runTimetable(
  app: App,
  timetable: readonly Recurring[],
): Promise<Temporal.Instant | undefined> {
  const pool = app.database.owner
  const present = iso(await presentOf(pool))
  const names = timetable.map((w) => w.name)
  await pool.query(
    `insert into recurring_work (name, next_run_at) select n, $2 from unnest($1::text[]) n on conflict do nothing`,
    [names, present],
  )
  const { rows: due } = await pool.query<{ name: string }>(
    `select name from recurring_work where name = any($1) and next_run_at <= $2`,
    [names, present],
  )
  for (const work of timetable) {
    if (due.some((d) => d.name === work.name)) await runTurn(app, work)
  }
  const { rows } = await pool.query<{ next: string | null }>(
    `select min(next_run_at) as next from recurring_work where name = any($1)`,
    [names],
  )
  return rows[0]?.next ? Temporal.Instant.from(rows[0].next) : undefined
}

/** One turn of a work, unless another process has it in hand or had it. */
async function runTurn(app: App, work: Recurring): Promise<void> {
  const client = await app.database.owner.connect()
  try {
    await client.query('begin')
    const now = await presentOf(client)
    const { rowCount } = await client.query(
      `select from recurring_work where name = $1 and next_run_at <= $2 for update skip locked`,
      [work.name, iso(now)],
    )
    if (rowCount === 1) {
      await work.run(app, now)
      await client.query(`update recurring_work set next_run_at = $2 where name = $1`, [
        work.name,
        iso(later(now, work.every)),
      ])
    }
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => {})
    app.log.error({ work: work.name, error: (error as Error).stack }, 'recurring work failed')
  } finally {
    client.release()
  }
}

function later(from: Temporal.Instant, by: Temporal.DurationLike): Temporal.Instant {
  return from.toZonedDateTimeISO('UTC').add(by).toInstant()
}

/** Looks at the timetable every `seconds` until the returned function is called. */
export function keepTimetable(app: App, timetable: readonly Recurring[], seconds = 20): () => void {
  let running = false
  const look = async () => {
    if (running) return
    running = true
    await runTimetable(app, timetable).catch((error: Error) =>
      app.log.warn({ error: error.message }, 'could not look at the timetable'),
    )
    running = false
  }
  void look()
  const timer = setInterval(() => void look(), seconds * 1000)
  timer.unref()
  return () => clearInterval(timer)
}
