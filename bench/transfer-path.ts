import pg from 'pg'
import { closeApp, openApp } from '../src/app.ts'
import { moveMany, moveMoney, type WalletRef } from '../src/features/wallets/public.ts'
import { readConfig } from '../src/server/config.ts'
import type { App } from '../src/server/context.ts'
import { newId } from '../src/server/ids.ts'
import { runInTenant } from '../src/server/run-in-tenant.ts'
import type { BenchRun, Figure, Measure } from './bench-run.ts'
import { connections } from './compare.ts'
import { copyDatabase, dropDatabase, onServer } from './databases.ts'
import { digits, median, spread } from './figures.ts'
import { busyShare } from './machine.ts'
import { fresh, pgbench } from './pgbench.ts'
import { disturbance } from './read-paths.ts'
import type { Sent } from './statements.ts'

const rounds = 3
const agencies = 1_000
const walletsEach = 100
/** Pairs of wallets that both sides choose among at random, each in an agency of its own; pgbench takes 128 scripts. */
const pairs = 100
/** Transfers of one call out of the hot wallet. */
const batch = 500
const database = 'bench_transfers'

type Pair = { agencyId: string; from: string; to: string }

/** Money transfers, audited and idempotent: spread over 100,000 wallets, and out of one hot wallet. */
export const transferPath: Measure = {
  name: 'transfers',
  uses: ['hundredth'],
  async run(bench): Promise<Figure[]> {
    const { cluster, plan } = bench
    await copyDatabase(cluster, plan.hundredth.database, database)
    const app = openApp(
      readConfig({
        DATA_DIR: cluster.config.dataDir,
        LOG_LEVEL: 'error',
        POOL_SIZE: String(connections),
      }),
      cluster.ownerUrl(database),
    )
    try {
      const found = await fill(bench, app)
      return [await spreadFigure(bench, app, found), await hotFigure(bench, app)]
    } finally {
      await closeApp(app)
      await dropDatabase(cluster, database)
    }
  },
}

const client = (id: string): WalletRef => ({ owner: 'client', id, purpose: 'budget', unit: 'EUR' })
const bank: WalletRef = { counterpart: 'bank', unit: 'EUR' }
const move = (from: WalletRef, to: WalletRef, amount = 1n) => ({
  operationKey: `bench:${newId()}`,
  reason: 'budget.allocated',
  lines: [
    { wallet: from, amount: -amount },
    { wallet: to, amount },
  ],
})

/** Agencies with a hundred wallets each, all with money. */
async function fill(bench: BenchRun, app: App): Promise<Pair[]> {
  const found: Pair[] = []
  for (let i = 0; i < agencies; i += 1) {
    const agencyId = newId()
    await onServer(
      bench.cluster,
      (c) =>
        c.query(
          `insert into agency (agency_id, kind, name, slug, created_at) values ($1, 'agency', $2, $2, now())`,
          [agencyId, `virements-${i}`],
        ),
      database,
    )
    const ids = Array.from({ length: walletsEach }, () => newId())
    await runInTenant(app, { agencyId }, (ctx) =>
      moveMany(
        ctx,
        ids.map((id) => move(bank, client(id), 1_000_000_000n)),
      ),
    )
    if (i < pairs) found.push({ agencyId, from: ids[0]!, to: ids[1]! })
  }
  await onServer(bench.cluster, (c) => c.query('vacuum analyze'), database)
  return found
}

/** One transfer as the product makes it: its own transaction, audited. */
function transfer(app: App, { agencyId, from, to }: Pair): Promise<void> {
  return runInTenant(app, { agencyId }, async (ctx) => {
    await moveMoney(ctx, move(client(from), client(to)))
    ctx.audit({
      action: 'budget.allocated',
      clientId: to,
      entity: { kind: 'client', id: to, name: 'Banc' },
      data: { amount: 1, currency: 'EUR' },
    })
  })
}

/** Runs `work` on every connection at once for some seconds; how many it did a second. */
async function perSecond(seconds: number, work: () => Promise<number>): Promise<number> {
  const began = performance.now()
  const end = began + seconds * 1000
  let done = 0
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (performance.now() < end) {
        // Added after the wait: others add meanwhile.
        const made = await work()
        done += made
      }
    }),
  )
  return done / ((performance.now() - began) / 1000)
}

/** The statements of one transfer, as they went to the database. */
async function recorded(app: App, pair: Pair): Promise<Sent[]> {
  const plain = pg.Client.prototype.query
  const sent: Sent[] = []
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    const [first, second] = args as [string | { text?: string; values?: unknown[] }, unknown[] | undefined]
    const text = typeof first === 'string' ? first : first.text
    const values = typeof first === 'string' ? second : first.values
    if (text !== undefined) sent.push({ text, values: [...(values ?? [])] })
    return (plain as (...a: unknown[]) => unknown).apply(this, args)
  } as never
  try {
    await transfer(app, pair)
    return sent.slice(sent.findIndex((s) => s.text.startsWith('begin')))
  } finally {
    pg.Client.prototype.query = plain
  }
}

const freshId = `lpad(to_hex(${fresh}), 32, '0')::uuid`

async function spreadFigure(bench: BenchRun, app: App, found: Pair[]): Promise<Figure> {
  const { seconds } = bench.plan
  const busy = await busyShare()
  const scripts: Sent[][] = []
  for (const pair of found) scripts.push(await recorded(app, pair))
  const ours: number[] = []
  const ceilings: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    ceilings.push(
      await pgbench({
        url: bench.cluster.appUrl(database),
        scripts,
        connections,
        seconds,
        warmUp: 2,
        pipeline: true,
        // Each transaction of pgbench is an operation of its own, as each of ours is.
        vary: (value, variable) => {
          if (Array.isArray(value) && String(value[0]).startsWith('bench:'))
            return `array['bench:' || (${fresh})::text]`
          const event = typeof value === 'string' ? /^\[\{"id":"([0-9a-f-]{36})"/.exec(value)?.[1] : undefined
          return event && `replace(${variable}, '${event}', ${freshId}::text)`
        },
      }),
    )
    await perSecond(1, () => one(app, found))
    ours.push(await perSecond(seconds, () => one(app, found)))
  }
  const ratios = ours.map((o, i) => o / ceilings[i]!)
  const ratio = median(ratios)
  return {
    path: 'money transfer, audited, idempotent, spread over wallets',
    data: `${(agencies * walletsEach).toLocaleString('en')} wallets, ${agencies.toLocaleString('en')} agencies`,
    measured: `${digits(median(ours))}/s; ${digits(ratio)} of the ceiling`,
    against: `pgbench ${digits(median(ceilings))}/s with the same statements, all sent at once`,
    goal: '≥ 0.6 of the same statements through pgbench',
    reached: ratio >= 0.6,
    disturbed: disturbance(Math.max(busy, await busyShare()), Math.max(spread(ratios), spread(ceilings))),
  }
}

async function one(app: App, found: Pair[]): Promise<number> {
  await transfer(app, found[Math.floor(Math.random() * found.length)]!)
  return 1
}

async function hotFigure(bench: BenchRun, app: App): Promise<Figure> {
  const { seconds } = bench.plan
  const busy = await busyShare()
  const agencyId = newId()
  await onServer(
    bench.cluster,
    (c) =>
      c.query(
        `insert into agency (agency_id, kind, name, slug, created_at) values ($1, 'agency', 'Chaud', 'virements-chaud', now())`,
        [agencyId],
      ),
    database,
  )
  const hot = newId()
  const others = Array.from({ length: 5_000 }, () => newId())
  await runInTenant(app, { agencyId }, (ctx) => moveMoney(ctx, move(bank, client(hot), 10n ** 15n)))
  await runInTenant(app, { agencyId }, (ctx) =>
    moveMany(
      ctx,
      others.map((id) => move(client(hot), client(id))),
    ),
  )
  const any = () => others[Math.floor(Math.random() * others.length)]!
  const single = () => one(app, [{ agencyId, from: hot, to: any() }])
  const many = async () => {
    await runInTenant(app, { agencyId }, async (ctx) => {
      await moveMany(
        ctx,
        Array.from({ length: batch }, () => move(client(hot), client(any()))),
      )
      ctx.audit({ action: 'budget.allocated', data: { count: batch } })
    })
    return batch
  }
  const singles: number[] = []
  const batches: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    singles.push(await perSecond(seconds, single))
    batches.push(await perSecond(seconds, many))
  }
  const ratios = batches.map((b, i) => b / singles[i]!)
  const ratio = median(ratios)
  return {
    path: 'the same out of one hot wallet, batched',
    data: `one wallet, ${others.length.toLocaleString('en')} receivers, ${batch} a batch`,
    measured: `${digits(median(batches))}/s; ${digits(ratio)} × one at a time`,
    against: `${digits(median(singles))}/s one transfer at a time over ${connections} connections`,
    goal: '≥ 5 × one transfer at a time',
    reached: ratio >= 5,
    disturbed: disturbance(Math.max(busy, await busyShare()), spread(ratios)),
  }
}
