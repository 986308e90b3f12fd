import type pg from 'pg'
import type { Database } from './db.ts'
import type { Logger } from './log.ts'

/** Something open pages want to know at once. Carries ids only; pages then read what they may see. */
export type AppEvent = {
  agencyId: string
  /** Whom it is for; everybody of the agency when absent. */
  userIds?: string[]
  /** The hosted account whose pages it is for; those of the agency when absent. */
  realmId?: string
  /** `job`, `notification`, `clients`… */
  kind: string
  id?: string
}

type Listener = (event: AppEvent) => void
const channel = 'canopee_events'

/**
 * Events between processes, over LISTEN/NOTIFY: sent with the commit that caused them.
 * A lost connection is opened again; pages refetch when they reconnect, so that nothing hangs on a lost event.
 */
export class Events {
  readonly #database: Database
  readonly #log: Logger
  readonly #listeners = new Map<string, Set<Listener>>()
  #client: pg.PoolClient | undefined
  #closed = false
  #starting: Promise<void> | undefined
  constructor(database: Database, log: Logger) {
    this.#database = database
    this.#log = log
  }

  /** Adds the event to a transaction. */
  static async send(client: pg.PoolClient, event: AppEvent): Promise<void> {
    await client.query({
      name: 'notify',
      text: 'select pg_notify($1, $2)',
      values: [channel, JSON.stringify(event)],
    })
  }

  /** Calls `listener` for each event of the agency until the returned function is called. */
  listen(agencyId: string, listener: Listener): () => void {
    const set = this.#listeners.get(agencyId) ?? new Set()
    set.add(listener)
    this.#listeners.set(agencyId, set)
    this.#starting ??= this.#connect()
    return () => {
      set.delete(listener)
      if (set.size === 0) this.#listeners.delete(agencyId)
    }
  }

  async #connect(): Promise<void> {
    while (!this.#closed) {
      try {
        const client = await this.#database.owner.connect()
        this.#client = client
        client.on('notification', (n) => this.#deliver(n.payload))
        const lost = new Promise<void>((done) => {
          client.once('error', () => done())
          client.once('end', () => done())
        })
        await client.query(`listen ${channel}`)
        await lost
        this.#client = undefined
        client.release(true)
      } catch (error) {
        this.#log.warn({ error: (error as Error).message }, 'event connection lost')
      }
      if (!this.#closed) await new Promise((done) => setTimeout(done, 1000))
    }
  }

  #deliver(payload: string | undefined): void {
    if (!payload) return
    const event = JSON.parse(payload) as AppEvent
    for (const listener of this.#listeners.get(event.agencyId) ?? []) listener(event)
  }

  /** Stops listening. */
  close(): void {
    this.#closed = true
    this.#client?.release(true)
    this.#client = undefined
  }
}
