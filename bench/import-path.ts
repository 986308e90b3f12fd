import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { importFields } from '../src/features/imports/contract.ts'
import { chunkBytes } from '../src/contract/import-endpoints.ts'
import type { BenchRun, Figure, Measure } from './bench-run.ts'
import { signInCallers, type Caller } from './callers.ts'
import { Connection, wireRequest } from './connection.ts'
import { copyDatabase, dropDatabase } from './databases.ts'
import { digits, median, spread } from './figures.ts'
import { busyShare } from './machine.ts'
import { startProduct, type Product } from './product.ts'
import { disturbance } from './read-paths.ts'
import { copyRows } from './seed.ts'
import type { Row } from './seed-agency.ts'
import { makeFirm } from './seed-names.ts'
import { SeededRandom } from './seed-random.ts'

const copy = 'canopee_import'
type Seconds = { read: number; check: number; run: number; all: number }

/** Import a CSV file of clients, from its first byte to its last client, against COPY of the clean rows. */
export const importPath: Measure = {
  name: 'import',
  async run(bench): Promise<Figure[]> {
    const { importRows } = bench.plan
    const file = makeFile(importRows)
    const busy = await busyShare()
    const rounds = bench.plan.quick || importRows >= 1_000_000 ? 1 : 3
    const imports: Seconds[] = []
    const copies: number[] = []
    const peaks: number[] = []
    for (let round = 0; round < rounds; round += 1) {
      copies.push(await measureCopy(bench, importRows))
      const { seconds, peak } = await measureImport(bench, file)
      imports.push(seconds)
      peaks.push(peak)
    }
    const ratios = imports.map((s, i) => copies[i]! / s.all)
    const stage = (name: keyof Seconds) => digits(median(imports.map((s) => s[name])))
    const peak = Math.max(...peaks)
    return [
      {
        path: 'import a CSV file of clients, with its check',
        data: `${importRows.toLocaleString('en')} rows, ${digits(file.length / 1e6)} MB`,
        measured: `${digits(importRows / median(imports.map((s) => s.all)))} rows/s (${stage('all')} s: sending and reading ${stage('read')}, check ${stage('check')}, import ${stage('run')}), ${digits(median(ratios))} of COPY; ${digits(peak)} MiB at most`,
        against: `COPY of the clean rows into the same table: ${digits(importRows / median(copies))} rows/s`,
        goal: '≥ 0.5 of `\\copy`, ≤ 250 MB',
        reached: median(ratios) >= 0.5 && peak * 1.048_576 <= 250,
        disturbed: disturbance(busy, rounds > 1 ? spread(ratios) : 0),
      },
    ]
  },
}

async function measureImport(bench: BenchRun, file: Buffer): Promise<{ seconds: Seconds; peak: number }> {
  const { cluster, plan } = bench
  await copyDatabase(cluster, plan.hundredth.database, copy)
  const product = await startProduct({ dataDir: cluster.config.dataDir, databaseUrl: cluster.ownerUrl(copy) })
  try {
    const [caller] = await signInCallers(cluster, copy, product.port, { agencies: [0], member: 0 })
    return { seconds: await importFile(product, caller!, file), peak: product.peakMemory() }
  } finally {
    await product.stop()
    await dropDatabase(cluster, copy)
  }
}

async function importFile(product: Product, caller: Caller, file: Buffer): Promise<Seconds> {
  const connection = new Connection(product.port)
  const call = async (method: string, path: string, body?: unknown): Promise<Record<string, unknown>> => {
    const answer = await connection.send(
      wireRequest({ method, path: `/api/v1${path}`, host: caller.host, cookie: caller.token, body }),
    )
    if (answer.status > 299) throw new Error(`${path} answered ${answer.status}: ${answer.body.toString()}`)
    return answer.body.length === 0 ? {} : (JSON.parse(answer.body.toString()) as Record<string, unknown>)
  }
  const until = async (path: string, state: string): Promise<Record<string, unknown>> => {
    for (;;) {
      const found = await call('GET', path)
      if (found['state'] === state) return found
      if (found['state'] === 'failed')
        throw new Error(`the import failed: ${JSON.stringify(found['failure'])}`)
      await sleep(100)
    }
  }
  const begin = performance.now()
  const since = () => (performance.now() - begin) / 1000
  const { id } = await call('POST', '/imports', { fileName: 'clients.csv', size: file.length })
  const path = `/imports/${String(id)}`
  for (let number = 0; number * chunkBytes < file.length; number += 1)
    await call('PUT', `${path}/chunks/${number}`, {
      data: file.subarray(number * chunkBytes, (number + 1) * chunkBytes).toString('base64'),
    })
  await call('POST', `${path}/read`, {})
  await until(path, 'mapping')
  const read = since()
  await call('POST', `${path}/check`, {
    mapping: Object.fromEntries(columns.map((field, i) => [String(i), field])),
  })
  await until(path, 'checked')
  const check = since()
  await call('POST', `${path}/run`, {})
  const done = await until(path, 'done')
  connection.close()
  const { created, faulty } = done['counts'] as { created: number; faulty: number }
  if (created + faulty !== done['rowCount'] || faulty > Number(done['rowCount']) / 10)
    throw new Error(`imported ${created}, faulty ${faulty} of ${String(done['rowCount'])}`)
  return { read, check: check - read, run: since() - check, all: since() }
}

const columns = [
  'name',
  'city',
  'sector',
  'email',
  'website',
] as const satisfies readonly (typeof importFields)[number][]

function firms(count: number): ReturnType<typeof makeFirm>[] {
  const random = new SeededRandom(99)
  // A number of its own keeps each row a client of its own.
  return Array.from({ length: count }, (_, i) => {
    const firm = makeFirm(random)
    return { ...firm, name: `${firm.name} ${i}` }
  })
}

function makeFile(count: number): Buffer {
  const lines = firms(count).map((f, i) =>
    [f.name, f.city, f.sector, `c${i}@${f.website}`, f.website].join(';'),
  )
  return Buffer.from(`Nom;Ville;Secteur;E-mail;Site web\n${lines.join('\n')}\n`)
}

/** Seconds to copy the same clients, clean already, into the same table of the same database. */
async function measureCopy(bench: BenchRun, count: number): Promise<number> {
  const { cluster, plan } = bench
  await copyDatabase(cluster, plan.hundredth.database, copy)
  const client = new pg.Client({ connectionString: cluster.ownerUrl(copy) })
  await client.connect()
  try {
    const { rows } = await client.query<{ id: string }>(
      'select agency_id as id from agency order by agency_id limit 1',
    )
    const random = new SeededRandom(5)
    const now = new Date().toISOString()
    const clean = firms(count).map((f, i): Row => [
      rows[0]!.id,
      random.id(Date.now() + i),
      f.name,
      f.city,
      f.sector,
      `c${i}@${f.website}`,
      f.website,
      now,
      now,
      now,
    ])
    const begin = performance.now()
    await copyRows(
      client,
      'client (agency_id, id, name, city, sector, email, website, last_activity_at, created_at, updated_at)',
      clean,
    )
    return (performance.now() - begin) / 1000
  } finally {
    await client.end()
    await dropDatabase(cluster, copy)
  }
}
