import { Connection, type WireRequest } from './connection.ts'
import { percentile } from './figures.ts'

/** Milliseconds of one answer, nobody else asking. */
export type Latency = { p50: number; p95: number }

/** Sends the requests one after the other over one connection, `times` over, after one round that does not count. */
export async function oneByOne(
  port: number,
  requests: readonly WireRequest[],
  times: number,
): Promise<Latency> {
  const connection = new Connection(port)
  const took: number[] = []
  try {
    for (let round = 0; round <= times; round += 1)
      for (const request of requests) {
        const begin = performance.now()
        const { status, body } = await connection.send(request)
        if (status > 299) throw new Error(`answered ${status}: ${body.toString().slice(0, 500)}`)
        if (round > 0) took.push(performance.now() - begin)
      }
  } finally {
    connection.close()
  }
  return { p50: percentile(took, 0.5), p95: percentile(took, 0.95) }
}
