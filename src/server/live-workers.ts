import type pg from 'pg'
import type { Database } from './db.ts'
import type { Logger } from './log.ts'

const space = 20_261 // advisory lock class of worker ids, ours alone

/**
 * Gives the jobs of dead workers back to the living within seconds: the queue itself would wait four hours.
 * Each worker's id is held as an advisory lock on one connection, which dies with its process; an id that
 * holds jobs but whose lock is free belongs to nobody any more. Five seconds of grace cover a worker that
 * took a job before its lock.
 */
export class LiveWorkers {
  readonly #database: Database
  readonly #log: Logger
  #client: pg.PoolClient | undefined
  #timer: NodeJS.Timeout | undefined
  #closed = false
  readonly #ids = new Set<string>()
  constructor(database: Database, log: Logger) {
    this.#database = database
    this.#log = log
  }

  /** Announces a worker of this process. */
  async announce(workerId: string): Promise<void> {
    this.#ids.add(workerId)
    const client = await this.#connection()
    await client.query('select pg_advisory_lock($1, hashtext($2))', [space, workerId])
  }

  /** Looks for dead workers every `seconds`, and at once. */
  watch(seconds = 3): void {
    const look = () => void this.release().catch((error: Error) => this.#log.warn({ error: error.message }, 'could not look for dead workers'))
    look()
    this.#timer = setInterval(look, seconds * 1000)
    this.#timer.unref()
  }

  /** Unlocks the jobs of workers that died; gives how many workers that were. */
  async release(): Promise<number> {
    if (this.#closed) return 0
    const client = await this.#connection()
    const { rows } = await client.query<{ locked_by: string }>(
      `select distinct locked_by from graphile_worker._private_jobs where locked_at < now() - interval '5 seconds'
       union select distinct locked_by from graphile_worker._private_job_queues where locked_at < now() - interval '5 seconds'`,
    )
    const dead: string[] = []
    for (const { locked_by: id } of rows) {
      if (this.#ids.has(id)) continue
      const { rows: tried } = await client.query<{ got: boolean }>('select pg_try_advisory_lock($1, hashtext($2)) as got', [space, id])
      if (!tried[0]?.got) continue
      dead.push(id)
      await client.query('select pg_advisory_unlock($1, hashtext($2))', [space, id])
    }
    if (dead.length > 0) await client.query('select graphile_worker.force_unlock_workers($1::text[])', [dead])
    return dead.length
  }

  async #connection(): Promise<pg.PoolClient> {
    if (this.#client) return this.#client
    const client = await this.#database.owner.connect()
    this.#client = client
    client.once('error', () => {
      this.#client = undefined
      client.release(true)
    })
    // After a lost connection (the database restarted) the locks are gone with it: take them again.
    for (const id of this.#ids) await client.query('select pg_advisory_lock($1, hashtext($2))', [space, id])
    return client
  }

  /** Lets go of the locks. */
  close(): void {
    this.#closed = true
    clearInterval(this.#timer)
    this.#client?.release(true)
    this.#client = undefined
  }
}
