import type { Duplex } from 'node:stream'
import type pg from 'pg'

/**
 * What `send` sends on the connection leaves in one packet. Half of the application's time on a small request
 * is spent in writing to the database's socket, so that packets count, not statements.
 */
export function inOnePacket<T>(client: pg.PoolClient, send: () => T): T {
  const stream = streamOf(client)
  stream.cork()
  try {
    return send()
  } finally {
    stream.uncork()
  }
}

/** Milliseconds that the end of a read-only transaction waits for company. */
const endWithin = 2
const unended = new WeakMap<pg.PoolClient, NodeJS.Timeout>()

/**
 * Ends a read-only transaction a little later, in the first packet of the connection's next one when that
 * comes soon. Nobody waits for it: nothing was written, and nothing can be lost.
 */
export function endSoon(client: pg.PoolClient): void {
  unended.set(client, setTimeout(() => endNow(client), endWithin).unref())
}

/** Lets no connection leave its pool with a transaction still open: its tenant must be gone with it. */
export function endBeforeUse(pool: pg.Pool): void {
  pool.on('acquire', (client) => {
    if (!unended.has(client)) return
    const stream = streamOf(client)
    stream.cork()
    endNow(client)
    // Whoever acquired it sends its own first statements in this very turn, as a rule.
    setImmediate(() => stream.uncork())
  })
}

function endNow(client: pg.PoolClient): void {
  clearTimeout(unended.get(client))
  unended.delete(client)
  // A lost connection is told to the pool's own listeners.
  client.query('commit').catch(() => undefined)
}

function streamOf(client: pg.PoolClient): Duplex {
  return (client as unknown as { connection: { stream: Duplex } }).connection.stream
}
