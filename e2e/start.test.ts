import assert from 'node:assert/strict'
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

// The two commands, as a person types them and as a machine kills them.

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'canopee-start-'))
const dataDir = join(folder, 'data')
const running: ChildProcess[] = []
let lastWords = () => ''
const port = await freePort()
const address = `http://localhost:${port}`

after(() => {
  for (const pid of processes()) process.kill(pid, 'SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

/** Runs an npm script in the test's own data folder. */
function launch(script: string, args: string[] = [], dir = dataDir): ChildProcess & { said(): string } {
  const env = { PATH: process.env.PATH, HOME: folder, PORT: String(port), DATA_DIR: dir }
  const child = spawn('npm', ['run', '--silent', script, '--', ...args], {
    cwd: root,
    env,
    stdio: 'pipe',
    detached: true,
  })
  running.push(child)
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk))
  lastWords = () => said
  return Object.assign(child, { said: lastWords })
}

async function isReady(): Promise<boolean> {
  return fetch(`${address}/readyz`).then(
    (response) => response.status === 200,
    () => false,
  )
}

async function until(what: string, holds: () => boolean | Promise<boolean>, seconds = 30): Promise<void> {
  const end = performance.now() + seconds * 1000
  while (!(await holds())) {
    assert.ok(performance.now() < end, `${what}, within ${seconds} s; said: ${lastWords()}`)
    await sleep(100)
  }
}

/** Processes of the test's own data folder, by their environment or their words. */
function processes(name = ''): number[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number)
    .filter((pid) => {
      try {
        const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
        const settings = readFileSync(`/proc/${pid}/environ`, 'utf8')
        return pid !== process.pid && words.includes(name) && `${words}${settings}`.includes(folder)
      } catch {
        return false
      }
    })
}

test('npm start serves and says where', async () => {
  const started = launch('start')
  await until('ready', isReady)
  await until('address printed', () => started.said().includes(address))
  const page = await fetch(address)
  assert.equal(page.status, 200)
  assert.match(await page.text(), /<div id="root"/)

  const second = launch('start')
  if (second.exitCode === null) await once(second, 'exit')
  assert.equal(second.exitCode, 1)
  assert.ok(second.said().includes(`Canopée utilise déjà le dossier ${dataDir}`), second.said())
})

test('PostgreSQL killed: ready again while the application stays', async () => {
  const [application] = processes('src/main.ts')
  const postmaster = Number(readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[0])
  process.kill(postmaster, 'SIGKILL')
  await until('noticed', async () => !processes('postgres').includes(postmaster))
  await until('ready', isReady)
  assert.deepEqual(processes('src/main.ts'), [application])
})

test('a backup of the running application restores in another folder', async () => {
  const file = join(folder, 'backup')
  const restored = join(folder, 'restored')
  const backup = launch('canopee', ['backup', file])
  await once(backup, 'exit')
  assert.equal(backup.exitCode, 0, backup.said())
  const restore = launch('canopee', ['restore', file], restored)
  await once(restore, 'exit')
  assert.equal(restore.exitCode, 0, restore.said())
  assert.equal(readFileSync(join(restored, 'secret'), 'utf8'), readFileSync(join(dataDir, 'secret'), 'utf8'))
  assert.equal(spawnSync('tar', ['--zstd', '-tf', file]).status, 0)
})

test('kill -9 of the application, or of npm start: nothing is left, and the next start is ready', async () => {
  for (const victim of ['src/main.ts', 'scripts/start.mjs', 'npm run']) {
    execFileSync('kill', ['-9', ...processes(victim).map(String)])
    await until('nothing is left', () => processes().length === 0)
    launch('start')
    await until('ready', isReady)
  }
})

test('Ctrl+C stops everything in order', async () => {
  const started = running.at(-1)
  // A terminal signals the whole group.
  process.kill(-(started?.pid ?? 0), 'SIGINT')
  await until('stopped', () => processes().length === 0)
  const log = readFileSync(
    join(dataDir, 'postgres/log', readdirSync(join(dataDir, 'postgres/log'))[0] ?? ''),
    'utf8',
  )
  assert.match(log.trim().split('\n').at(-1) ?? '', /database system is shut down/)
})

async function freePort(): Promise<number> {
  const server = createServer().listen(0)
  await once(server, 'listening')
  const { port: free } = server.address() as AddressInfo
  server.close()
  return free
}
