import { setTimeout as sleep } from 'node:timers/promises'
import { Connection, type WireRequest } from './connection.ts'
import { percentile } from './figures.ts'

/** What a load gave: answers a second, and milliseconds of one answer. */
export type LoadResult = { perSecond: number; p50: number; p95: number }

/**
 * Sends requests over `connections` for `seconds`, each connection one after the other, after `warmUp` seconds
 * that do not count. Fails on any answer that is not 2xx: a fast refusal is not speed.
 */
export async function httpLoad(given: {
  port: number
  connections: number
  seconds: number
  warmUp: number
  next(): WireRequest
}): Promise<LoadResult> {
  const took: number[] = []
  const state = { counting: false, over: false }
  const open = Array.from({ length: given.connections }, () => new Connection(given.port))
  const work = Promise.all(
    open.map(async (connection) => {
      while (!state.over) {
        const begin = performance.now()
        const { status, body } = await connection.send(given.next())
        if (status < 200 || status > 299)
          throw new Error(`answered ${status}: ${body.toString().slice(0, 500)}`)
        if (state.counting) took.push(performance.now() - begin)
      }
    }),
  )
  try {
    await Promise.race([work, sleep(given.warmUp * 1000)])
    state.counting = true
    const begin = performance.now()
    await Promise.race([work, sleep(given.seconds * 1000)])
    const elapsed = (performance.now() - begin) / 1000
    state.counting = false
    state.over = true
    await work
    return { perSecond: took.length / elapsed, p50: percentile(took, 0.5), p95: percentile(took, 0.95) }
  } finally {
    for (const connection of open) connection.close()
  }
}
