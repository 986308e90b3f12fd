import { httpLoad, type LoadResult } from './http-load.ts'
import { median, spread } from './figures.ts'
import { busyShare } from './machine.ts'
import { pgbench, type Vary } from './pgbench.ts'
import type { Sent } from './statements.ts'
import type { WireRequest } from './connection.ts'

/** Connections of both sides: as many as the application keeps to the database. */
export const connections = 8
const rounds = 3

/** A path measured against its ceilings: medians of three rounds, taken in turns. */
export type Comparison = {
  app: LoadResult
  /** Transactions a second of every statement that the request sends. */
  ceiling: number
  /** Of its own statements alone: without the session and the commit's round trip. */
  bare: number
  ratio: number
  bareRatio: number
  spread: number
  /** Share of the cores that others kept busy around it. */
  busy: number
}

/**
 * Measures a path and its two ceilings three times, one after the other in each round, so that what disturbs
 * the machine disturbs all three. The ratio of a round is taken within the round.
 */
export async function compare(given: {
  port: number
  next(): WireRequest
  databaseUrl: string
  scripts: readonly Sent[][]
  seconds: number
  own(sent: Sent): boolean
  vary?: Vary
}): Promise<Comparison> {
  const busy = await busyShare()
  const bareScripts = given.scripts.map((s) => s.filter((x) => isTenant(x) || given.own(x)))
  const common = {
    url: given.databaseUrl,
    connections,
    seconds: given.seconds,
    warmUp: 2,
    pipeline: true,
    ...(given.vary && { vary: given.vary }),
  }
  const apps: LoadResult[] = []
  const ceilings: number[] = []
  const bares: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    ceilings.push(await pgbench({ ...common, scripts: given.scripts }))
    apps.push(
      await httpLoad({
        port: given.port,
        connections,
        seconds: given.seconds,
        warmUp: round === 0 ? 3 : 1,
        next: given.next,
      }),
    )
    bares.push(await pgbench({ ...common, scripts: bareScripts }))
  }
  const ratios = apps.map((a, i) => a.perSecond / ceilings[i]!)
  return {
    app: {
      perSecond: median(apps.map((a) => a.perSecond)),
      p50: median(apps.map((a) => a.p50)),
      p95: median(apps.map((a) => a.p95)),
    },
    ceiling: median(ceilings),
    bare: median(bares),
    ratio: median(ratios),
    bareRatio: median(apps.map((a, i) => a.perSecond / bares[i]!)),
    spread: Math.max(spread(ratios), spread(ceilings)),
    busy: Math.max(busy, await busyShare()),
  }
}

/** The statement that names the transaction's tenant: without it no row is seen. */
function isTenant(sent: Sent): boolean {
  return sent.text.includes(`set_config('app.agency_id'`)
}
