import { setTimeout as sleep } from 'node:timers/promises'
import { toPublicId } from '../src/contract/ids.ts'
import type { BenchRun, Figure, Measure } from './bench-run.ts'
import { signInCallers, type Caller } from './callers.ts'
import { Connection, wireRequest } from './connection.ts'
import { copyDatabase, dropDatabase, ensureFilled, onServer, type Cluster } from './databases.ts'
import { digits, median, spread } from './figures.ts'
import { busyShare } from './machine.ts'
import { oneByOne } from './one-by-one.ts'
import { startProduct } from './product.ts'
import { disturbance } from './read-paths.ts'
import { pagesOf, type Page, type Who } from './agency-pages.ts'
import { emailOf, levelSizes, makeAgencyRows, sixLevels } from './seed-agency.ts'
import { seedAgencies } from './seed.ts'
import { seededOrders, seedWork } from './seed-work.ts'

const clients = 100_000
const database = 'canopee_agency'
const used = 'canopee_agency_used'
const data = `1,000 members on ${levelSizes.length} levels, ${clients.toLocaleString('en')} clients, ${seededOrders.toLocaleString('en')} orders of a year, budgets with their ledger`

/** Place of the first member of each level, 1 to 6. */
const levels = levelSizes.map((_, i) => 1 + levelSizes.slice(0, i).reduce((sum, n) => sum + n, 0))
/** Whose pages are asked for: an owner, a manager under the root, one three levels deeper, and a consultant. */
const people = { owner: 0, top: levels[0]!, lower: levels[3]!, consultant: levels[5]! } satisfies Record<
  Who,
  number
>
type People = Record<Who, Caller>

/** The agency tab at its stated size, page by page, and what changes the tree. */
export const agencyPath: Measure = {
  name: 'agency',
  uses: [],
  async run({ cluster }: BenchRun) {
    // Orders lie in the year before now, budgets in this month and the one before.
    const month = new Date().toISOString().slice(0, 7)
    await ensureFilled(cluster, {
      database,
      mark: `agency 2: ${clients} clients, ${seededOrders} orders, ${month}`,
      what: data,
      fill: (passwordHash) => fill(cluster, passwordHash),
    })
    await copyDatabase(cluster, database, used)
    try {
      const product = await startProduct({
        dataDir: cluster.config.dataDir,
        databaseUrl: cluster.ownerUrl(used),
      })
      try {
        const who = await signIn(cluster, product.port)
        const figures: Figure[] = []
        const level = await Promise.all(levels.map((place) => memberAt(cluster, place)))
        for (const page of pagesOf({ level, client: who.consultant.clients[0]! }))
          figures.push(await time(product.port, who, page))
        figures.push(await preview(product.port, who.owner))
        figures.push(await moveBranch(cluster, product.port, who.owner))
        figures.push(await changeMode(product.port, who.owner))
        return figures
      } finally {
        await product.stop()
      }
    } finally {
      await dropDatabase(cluster, used)
    }
  },
}

async function fill(cluster: Cluster, passwordHash: string): Promise<void> {
  const rows = makeAgencyRows(0, clients, passwordHash, sixLevels)
  await seedAgencies(cluster.ownerUrl(database), [rows])
  await onServer(cluster, (c) => seedWork(c, String(rows.agency[0]![0])), database)
}

async function signIn(cluster: Cluster, port: number): Promise<People> {
  const found: Partial<People> = {}
  for (const [name, member] of Object.entries(people)) {
    const [caller] = await signInCallers(cluster, used, port, { agencies: [0], member })
    found[name as Who] = caller!
  }
  return found as People
}

/** Public id of a member by its place. */
async function memberAt(cluster: Cluster, place: number): Promise<string> {
  const { rows } = await onServer(
    cluster,
    (c) =>
      c.query<{ id: string }>(
        `select m.id from member m join realm_user u on u.agency_id = m.agency_id and u.id = m.user_id where u.email = $1`,
        [emailOf(place)],
      ),
    used,
  )
  return toPublicId('member', rows[0]!.id)
}

async function time(port: number, who: People, { path, goal, asks }: Page): Promise<Figure> {
  const busy = await busyShare()
  const took: { ask: string; p50: number; p95: number }[] = []
  for (const [name, ask] of asks) {
    const latency = await oneByOne(port, [request(who[name], 'GET', ask)], 40)
    took.push({ ask: `${name} ${ask}`, ...latency })
    console.log(`    ${digits(latency.p50).padStart(6)} ${digits(latency.p95).padStart(6)}  ${name} ${ask}`)
  }
  const worst = took.toSorted((a, b) => b.p95 - a.p95)[0]!
  return {
    path,
    data,
    measured: `${took.length} requests: p50 ${digits(median(took.map((t) => t.p50)))} ms; the slowest, \`${worst.ask}\`: p50 ${digits(worst.p50)} ms, p95 ${digits(worst.p95)} ms`,
    against: 'one caller over HTTP, each request by itself',
    goal: `p95 ≤ ${goal} ms, each`,
    reached: worst.p95 <= goal,
    disturbed: disturbance(busy, 0),
  }
}

const request = (caller: Caller, method: string, path: string, body?: unknown) =>
  wireRequest({
    method,
    path: `/api/v1/${path}`,
    host: caller.host,
    cookie: caller.token,
    ...(body !== undefined && { body }),
  })

async function send<Answer>(port: number, wire: Buffer): Promise<{ took: number; answer: Answer }> {
  const connection = new Connection(port)
  try {
    const begin = performance.now()
    const { status, body } = await connection.send(wire)
    if (status > 299) throw new Error(`answered ${status}: ${body.toString().slice(0, 500)}`)
    return { took: performance.now() - begin, answer: JSON.parse(body.toString()) as Answer }
  } finally {
    connection.close()
  }
}

/** Everything a change to the simple mode would do, said beforehand. */
async function preview(port: number, owner: Caller): Promise<Figure> {
  const busy = await busyShare()
  const wire = request(owner, 'POST', 'agency/mode/preview', { mode: 'simple' })
  const took: number[] = []
  let marks = 0
  for (let round = 0; round < 4; round += 1) {
    const sent = await send<{ marks: { added: number } }>(port, wire)
    if (round > 0) took.push(sent.took)
    marks = sent.answer.marks.added
  }
  return {
    path: 'preview of a change to the simple mode',
    data,
    measured: `${digits(median(took))} ms; ${marks.toLocaleString('en')} assignments to come`,
    against: 'one caller over HTTP',
    goal: '≤ 3 s',
    reached: median(took) <= 3_000,
    disturbed: disturbance(busy, spread(took)),
  }
}

/** A manager of the second level goes from one manager of the first to another, and back, with its 10,000 clients. */
async function moveBranch(cluster: Cluster, port: number, owner: Caller): Promise<Figure> {
  const busy = await busyShare()
  const branch = await memberAt(cluster, levels[1]!)
  const homes = [await memberAt(cluster, levels[0]! + 1), await memberAt(cluster, levels[0]!)]
  const member = () => send<{ version: number }>(port, request(owner, 'GET', `members/${branch}`))
  const took: number[] = []
  for (let round = 0; round < 6; round += 1) {
    const { version } = (await member()).answer
    const body = { parentId: homes[round % 2]!, version }
    took.push((await send(port, request(owner, 'PUT', `members/${branch}/parent`, body))).took)
  }
  return {
    path: 'a branch of 10,000 clients moves below another manager',
    data,
    measured: `${digits(median(took))} ms, at most ${digits(Math.max(...took))} ms`,
    against: 'one caller over HTTP',
    goal: '< 2 s',
    reached: Math.max(...took) < 2_000,
    disturbed: disturbance(busy, spread(took)),
  }
}

/** To the simple mode as long work, until it is done, and back. */
async function changeMode(port: number, owner: Caller): Promise<Figure> {
  const busy = await busyShare()
  const took: number[] = []
  for (const mode of ['simple', 'full']) {
    const begin = performance.now()
    const { answer } = await send<{ jobId: string | null }>(
      port,
      request(owner, 'POST', 'agency/mode', { mode }),
    )
    for (let state = 'queued'; state !== 'done'; await sleep(100)) {
      const job = await send<{ state: string; done: number; total: number | null }>(
        port,
        request(owner, 'GET', `jobs/${answer.jobId}`),
      )
      state = job.answer.state
      if (state === 'failed' || state === 'cancelled') throw new Error(`the change of mode ${state}`)
    }
    took.push(performance.now() - begin)
  }
  return {
    path: 'the mode changes to simple, and back, as long work',
    data,
    measured: took.map((t) => `${digits(t / 1000)} s`).join(' and '),
    against: 'one caller over HTTP, from the click to the end of the job',
    goal: 'in the background, with its progress',
    reached: null,
    disturbed: disturbance(busy, 0),
  }
}
