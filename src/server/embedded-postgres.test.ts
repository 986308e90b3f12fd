import assert from 'node:assert/strict'
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { joinEmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts'
import { readAccess } from './postgres-cluster.ts'
import { readPostmasterFile, runsIn } from './postgres-leftover.ts'
import { findPostgres } from './postgres-binaries.ts'
import { asPostgresUser, choosePostgresUser, mayEnter } from './postgres-user.ts'

const quiet = { info: () => {}, warn: () => {} }
const program = fileURLToPath(new URL('./embedded-postgres-program.ts', import.meta.url))
const isRoot = process.getuid?.() === 0
const nobody = { uid: 65_534, gid: 65_534 }
// A clone in root's own folder cannot be run by others at all.
const isReadableByNobody = isRoot && mayEnter(nobody, program) && mayEnter(nobody, process.execPath)
const folders: string[] = []
const children: ChildProcess[] = []

after(async () => {
  for (const child of children) child.kill('SIGKILL')
  for (const folder of folders) {
    await gone(folder)
    rmSync(folder, { recursive: true, force: true })
  }
})

/** A new data folder. Its parent is private to this user (0700), as `mktemp -d` and /root are. */
function newFolder(): string {
  const folder = join(mkdtempSync(join(tmpdir(), 'canopee-embedded-')), 'data')
  folders.push(folder)
  return folder
}

/** The application reduced to its database: prints the URL when ready, `kill -9` is its only end. */
async function application(dataDir: string, as: { uid?: number; gid?: number } = {}) {
  const child = spawn(process.execPath, [program, dataDir], { stdio: ['ignore', 'pipe', 'pipe'], ...as })
  children.push(child)
  let said = ''
  child.stderr.on('data', (chunk) => (said += chunk))
  const [line] = await Promise.race([once(child.stdout, 'data'), once(child, 'exit').then(() => [said])])
  return { child, url: String(line).trim(), said: () => said }
}

function postmasterOf(dataDir: string): number | null {
  const cluster = join(dataDir, 'postgres')
  const file = existsSync(cluster) ? readPostmasterFile(cluster) : null
  return file && runsIn(file.pid, cluster) ? file.pid : null
}

/** Waits until no PostgreSQL runs in the folder. */
async function gone(dataDir: string): Promise<void> {
  for (let i = 0; i < 300 && postmasterOf(dataDir) !== null; i++) await sleep(50)
  assert.equal(postmasterOf(dataDir), null, 'PostgreSQL still runs')
}

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

test('kill -9 of the application leaves no orphan, loses no acknowledged row, and starts again at once', async () => {
  const dataDir = newFolder()
  const first = await application(dataDir)
  await query(first.url, 'create table kept (n int primary key)')
  let acknowledged = 0
  const writing = (async () => {
    const client = new pg.Client({ connectionString: first.url })
    client.on('error', () => {})
    await client.connect()
    for (let n = 1; ; n++) {
      await client.query('insert into kept values ($1)', [n])
      acknowledged = n
    }
  })().catch(() => {})
  await sleep(300)
  first.child.kill('SIGKILL')
  await writing
  assert.ok(acknowledged > 0)

  const begin = performance.now()
  const second = await application(dataDir)
  assert.ok(performance.now() - begin < 10_000, 'ready within 10 s')
  const [row] = await query(second.url, 'select count(*)::int as n, max(n) as last from kept')
  assert.ok(Number(row?.n) >= acknowledged, `${row?.n} rows of ${acknowledged} acknowledged`)
  assert.equal(row?.n, row?.last)
  assert.equal(second.url, first.url, 'port and password are remembered')
  second.child.kill('SIGKILL')
  await gone(dataDir)
})

test('application, keeper and PostgreSQL all killed at once: the next start recovers', async () => {
  const dataDir = newFolder()
  const first = await application(dataDir)
  await query(first.url, 'create table kept as select generate_series(1, 1000) as n')
  const postmaster = postmasterOf(dataDir) ?? 0
  process.kill(parentOf(postmaster), 'SIGKILL')
  first.child.kill('SIGKILL')
  process.kill(postmaster, 'SIGKILL')
  const second = await application(dataDir)
  assert.deepEqual(await query(second.url, 'select count(*)::int as n from kept'), [{ n: 1000 }])
  second.child.kill('SIGKILL')
  await gone(dataDir)
})

test('a second instance is refused with one sentence that names the folder and the process', async () => {
  const dataDir = newFolder()
  const first = await application(dataDir)
  const second = await application(dataDir)
  if (second.child.exitCode === null) await once(second.child, 'exit')
  assert.equal(second.child.exitCode, 1)
  assert.match(second.said(), /Canopée utilise déjà le dossier/)
  assert.ok(second.said().includes(dataDir))
  assert.ok(second.said().includes(`process ${first.child.pid}`))
  assert.deepEqual(await query(first.url, 'select 1 as up'), [{ up: 1 }])

  const joined = await joinEmbeddedPostgres({ dataDir, log: quiet })
  assert.equal(joined.joined, true)
  assert.equal(joined.url, first.url)
  first.child.kill('SIGKILL')
  await gone(dataDir)
})

test('a crash of PostgreSQL or of its keeper is repaired while the application runs', async () => {
  const dataDir = newFolder()
  const running = await startEmbeddedPostgres({ dataDir, log: quiet })
  await query(running.url, 'create table kept as select 1 as n')
  for (const victim of [(pid: number) => pid, parentOf]) {
    const crashed = postmasterOf(dataDir) ?? 0
    process.kill(victim(crashed), 'SIGKILL')
    const begin = performance.now()
    let rows: unknown[] = []
    while (rows.length === 0 || postmasterOf(dataDir) === crashed) {
      assert.ok(performance.now() - begin < 10_000, 'back within 10 s')
      await sleep(50)
      rows = await query(running.url, 'select n from kept').catch(() => [])
    }
    assert.deepEqual(rows, [{ n: 1 }])
  }
  await running.stop()
  assert.equal(postmasterOf(dataDir), null)
})

test('a stale process number taken by another program, and a taken port, do not prevent the start', async () => {
  const dataDir = newFolder()
  const first = await startEmbeddedPostgres({ dataDir, log: quiet })
  const port = Number(new URL(first.url).port)
  await first.stop()
  writeFileSync(
    join(dataDir, 'postgres/postmaster.pid'),
    `${process.pid}\n${dataDir}/postgres\n1\n${port}\n\n\n\nready\n`,
  )
  const squatter = createServer().listen(port, '127.0.0.1')
  await once(squatter, 'listening')
  const second = await startEmbeddedPostgres({ dataDir, log: quiet })
  assert.notEqual(Number(new URL(second.url).port), port)
  assert.equal(readAccess(dataDir)?.port, Number(new URL(second.url).port))
  await second.stop()

  const asked = startEmbeddedPostgres({ dataDir, port: (squatter.address() as AddressInfo).port, log: quiet })
  await assert.rejects(asked, /Le port \d+ demandé pour PostgreSQL est déjà utilisé/)
  squatter.close()
})

test('root gives PostgreSQL another user', { skip: !isRoot }, async () => {
  const dataDir = newFolder()
  const { child } = await application(dataDir)
  const owner = ownerOf(postmasterOf(dataDir) ?? 0)
  assert.notEqual(owner, 0)
  assert.equal(mayEnter({ uid: owner, gid: owner }, dataDir), false, 'the folder above is private to root')
  child.kill('SIGKILL')
  await gone(dataDir)
})

test(
  'an ordinary user runs PostgreSQL as itself, not what root made',
  { skip: !isReadableByNobody },
  async () => {
    const dataDir = newFolder()
    chownSync(join(dataDir, '..'), nobody.uid, nobody.gid)
    const first = await application(dataDir, nobody)
    assert.deepEqual(await query(first.url, 'select 1 as up'), [{ up: 1 }], first.said())
    assert.equal(ownerOf(postmasterOf(dataDir) ?? 0), nobody.uid)
    first.child.kill('SIGKILL')
    await gone(dataDir)

    const asRoot = newFolder()
    const second = await application(asRoot)
    second.child.kill('SIGKILL')
    await gone(asRoot)
    chmodSync(join(asRoot, '..'), 0o755)
    chmodSync(asRoot, 0o777)
    const third = await application(asRoot, nobody)
    assert.match(third.said(), /appartient à un autre utilisateur/)
  },
)

test(
  'root may have installed everything in a folder that only root can enter',
  { skip: !isRoot },
  async () => {
    const place = newFolder()
    const { initdb, root } = await findPostgres()
    cpSync(root, place, { recursive: true })
    const copy = join(place, relative(root, initdb))
    const user = choosePostgresUser(join(place, 'cluster'))
    assert.ok(user && !mayEnter(user, copy))
    const { program, args, ...ids } = asPostgresUser(user, [copy], [copy, '-N', '-D', join(place, 'cluster')])
    chownSync(place, user.uid, user.gid)
    const made = spawnSync(program, args, { ...ids, cwd: '/', encoding: 'utf8' })
    assert.equal(made.status, 0, made.stderr)
  },
)

function parentOf(pid: number): number {
  return Number(execFileSync('ps', ['-o', 'ppid=', '-p', String(pid)]).toString())
}

function ownerOf(pid: number): number {
  return Number(execFileSync('ps', ['-o', 'uid=', '-p', String(pid)]).toString())
}
