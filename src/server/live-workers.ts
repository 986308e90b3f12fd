import type pg from 'pg'
import type { Database } from './db.ts'
import type { Logger } from './log.ts'

const space = 20_261 // advisory lock class of worker ids, ours alone
const takeLock = 'select pg_advisory_lock($1, hashtext($2))'

/**
 * Gives the jobs of dead workers back to the living within seconds: the queue itself would wait four hours.
 * Each worker's id is held as an advisory lock on one connection, which dies with its process; an id that
 * holds jobs but whose lock is free belongs to nobody any more. Five seconds of grace cover a worker that
 * took a job before its lock.
 */
export class LiveWorkers {
  readonly #database: Database
  readonly #log: Logger
  #client: Promise<pg.PoolClient> | undefined
  #turn: Promise<unknown> = Promise.resolve()
  #timer: NodeJS.Timeout | undefined
  #closed = false
  readonly #ids = new Set<string>()
  constructor(database: Database, log: Logger) {
    this.#database = database
    this.#log = log
  }

  /** Announces a worker of this process. When the database is away, the next look announces it. */
  async announce(workerId: string): Promise<void> {
    this.#ids.add(workerId)
    await this.#inTurn((client) => client.query(takeLock, [space, workerId])).catch((error: Error) =>
      this.#log.warn({ error: error.message }, 'could not announce a worker yet'),
    )
  }

  /** Workers of this process that work no more: what they held is anybody's. */
  async retire(workerIds: readonly string[]): Promise<void> {
    for (const id of workerIds) {
      this.#ids.delete(id)
      await this.#inTurn((client) =>
        client.query('select pg_advisory_unlock($1, hashtext($2))', [space, id]),
      ).catch(() => {})
    }
  }

  /** Looks for dead workers every `seconds`, and at once. */
  watch(seconds = 3): void {
    const look = () =>
      void this.release().catch((error: Error) =>
        this.#log.warn({ error: error.message }, 'could not look for dead workers'),
      )
    look()
    this.#timer = setInterval(look, seconds * 1000)
    this.#timer.unref()
  }

  /** Unlocks the jobs of workers that died; gives how many workers that were. */
  async release(): Promise<number> {
    return this.#closed ? 0 : this.#inTurn((client) => this.#releaseWith(client))
  }

  async #releaseWith(client: pg.PoolClient): Promise<number> {
    const { rows } = await client.query<{ locked_by: string }>(
      `select distinct locked_by from graphile_worker._private_jobs where locked_at < now() - interval '5 seconds'
       union select distinct locked_by from graphile_worker._private_job_queues where locked_at < now() - interval '5 seconds'`,
    )
    const dead: string[] = []
    for (const { locked_by: id } of rows) {
      if (this.#ids.has(id)) continue
      const { rows: tried } = await client.query<{ got: boolean }>(
        'select pg_try_advisory_lock($1, hashtext($2)) as got',
        [space, id],
      )
      if (!tried[0]?.got) continue
      dead.push(id)
      await client.query('select pg_advisory_unlock($1, hashtext($2))', [space, id])
    }
    if (dead.length > 0) await client.query('select graphile_worker.force_unlock_workers($1::text[])', [dead])
    return dead.length
  }

  /** Statements of one connection run one after the other. */
  async #inTurn<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    const turn = this.#turn.then(async () => work(await this.#connection()))
    this.#turn = turn.catch(() => {})
    return turn
  }

  /** The one connection that holds the locks: two of them would wait for each other's. */
  #connection(): Promise<pg.PoolClient> {
    return (this.#client ??= this.#open())
  }

  async #open(): Promise<pg.PoolClient> {
    try {
      const client = await this.#database.owner.connect()
      client.once('error', () => {
        // `close` gives it back itself; twice would throw where nobody catches.
        if (this.#closed) return
        this.#client = undefined
        client.release(true)
      })
      // After a lost connection (the database restarted) the locks are gone with it: take them again.
      for (const id of this.#ids) await client.query(takeLock, [space, id])
      return client
    } catch (error) {
      this.#client = undefined
      throw error
    }
  }

  /** Lets go of the locks. */
  close(): void {
    this.#closed = true
    clearInterval(this.#timer)
    void this.#client?.then(
      (client) => client.release(true),
      () => {},
    )
    this.#client = undefined
  }
}
