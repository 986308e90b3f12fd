import { createHash } from 'node:crypto'
import { realpathSync, rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import type { Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { StartupRefusal } from './startup-refusal.ts'

/** Held by the one process that runs the embedded database of a data folder. */
export type InstanceLock = {
  /** Tells a process that asks meanwhile that waiting is worth it. */
  announceStop(): void
  release(): Promise<void>
}

/** What the holder answers to a process that asks. */
type Holder = { pid: number | null; stopping: boolean }

/** How long a holder that says it is stopping is waited for, in ms. */
const stopPatience = 15_000

/**
 * Takes the lock of a data folder, or gives back who holds it after `patience` ms.
 * It is a listening socket, so it dies with its process, `kill -9` included, and never goes stale.
 */
export async function tryInstanceLock(dataDir: string, patience = 0): Promise<InstanceLock | Holder> {
  const path = lockPath(dataDir)
  const begin = performance.now()
  while (true) {
    const lock = await listen(path)
    if (lock) return lock
    const holder = await ask(path)
    if (holder === 'nobody') {
      // Only a socket kept as a file outlives its process; an abstract one is gone already.
      if (!path.startsWith('\0')) rmSync(path, { force: true })
    } else if (performance.now() - begin > (holder.stopping ? stopPatience : patience)) {
      return holder
    }
    await sleep(100)
  }
}

/** Takes the lock of a data folder; refuses (`StartupRefusal`) when another process holds it. */
export async function takeInstanceLock(dataDir: string): Promise<InstanceLock> {
  // Long enough for one whose `npm start` was killed to notice and say that it is stopping.
  const lock = await tryInstanceLock(dataDir, 1_500)
  if ('release' in lock) return lock
  const folder = realpathSync(dataDir)
  throw new StartupRefusal(
    `Canopée utilise déjà le dossier ${folder} (processus ${lock.pid ?? '?'}). Arrêtez-la d’abord, ou choisissez un autre dossier avec DATA_DIR.`,
    `Canopée already uses the folder ${folder} (process ${lock.pid ?? '?'}). Stop it first, or choose another folder with DATA_DIR.`,
  )
}

/** Linux: an abstract socket, which has no file. Elsewhere: a file in the temporary folder. */
function lockPath(dataDir: string): string {
  const hash = createHash('sha256').update(realpathSync(dataDir)).digest('hex').slice(0, 32)
  return process.platform === 'linux' ? `\0canopee-${hash}` : join(tmpdir(), `canopee-${hash}.sock`)
}

async function listen(path: string): Promise<InstanceLock | null> {
  let stopping = false
  const server: Server = createServer((socket) => {
    socket.on('error', () => {})
    socket.end(JSON.stringify({ pid: process.pid, stopping }))
  })
  const taken = await new Promise<boolean>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(false) : reject(error),
    )
    server.listen(path, () => resolve(true))
  })
  if (!taken) return null
  server.unref()
  return {
    announceStop: () => void (stopping = true),
    release: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

async function ask(path: string): Promise<Holder | 'nobody'> {
  return new Promise((resolve) => {
    let answer = ''
    const socket = connect(path)
    const silent: Holder = { pid: null, stopping: false }
    socket.setTimeout(2_000, () => {
      socket.destroy()
      resolve(silent)
    })
    socket.on('data', (chunk) => (answer += chunk.toString()))
    socket.on('end', () => resolve(answer ? (JSON.parse(answer) as Holder) : silent))
    socket.on('error', (error: NodeJS.ErrnoException) =>
      resolve(['ECONNREFUSED', 'ENOENT', 'ECONNRESET'].includes(error.code ?? '') ? 'nobody' : silent),
    )
  })
}
