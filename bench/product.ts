import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '../src/server/postgres-cluster.ts'

const root = join(import.meta.dirname, '..')

/** A running process of the product. */
export type Product = {
  port: number
  /** Seconds from its start to the first "ready". */
  readyAfter: number
  /** Resident memory now, MiB; NaN where /proc is not there. */
  memory(): number
  /** The most memory it ever had, MiB. */
  peakMemory(): number
  /** Ends it as Ctrl+C does. */
  stop(): Promise<void>
  /** Ends it as a crash does. */
  kill(): Promise<void>
}

/**
 * Starts the real application process as an installation runs it, and waits until it is ready. Without
 * `databaseUrl` it keeps its own embedded server in `dataDir`.
 */
export async function startProduct(settings: { dataDir: string; databaseUrl?: string }): Promise<Product> {
  const port = (await freePort(0))!
  const begin = performance.now()
  // With the flags that `npm run bench` got, which are those of `npm start` (scripts/bootstrap.mjs).
  const child = spawn(process.execPath, [...process.execArgv, join(root, 'src/main.ts'), 'start'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/compiled'),
      NODE_ENV: 'production',
      PORT: String(port),
      BASE_URL: `http://localhost:${port}`,
      DATA_DIR: settings.dataDir,
      DATABASE_URL: settings.databaseUrl,
      LOG_LEVEL: 'warn',
      RATE_LIMIT: '1000000000',
    },
  })
  await ready(child, port)
  return {
    port,
    readyAfter: (performance.now() - begin) / 1000,
    memory: () => memoryOf(child.pid!, 'VmRSS'),
    peakMemory: () => memoryOf(child.pid!, 'VmHWM'),
    stop: () => end(child, 'SIGTERM'),
    kill: () => end(child, 'SIGKILL'),
  }
}

async function ready(child: ChildProcess, port: number): Promise<void> {
  const deadline = performance.now() + 120_000
  while (performance.now() < deadline) {
    if (child.exitCode !== null)
      throw new Error(`the application ended with ${child.exitCode} before it was ready`)
    const answer = await fetch(`http://localhost:${port}/readyz`).catch(() => undefined)
    await answer?.arrayBuffer()
    if (answer?.ok) return
    await sleep(20)
  }
  child.kill('SIGKILL')
  throw new Error('the application was not ready within two minutes')
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill(signal)
  await exited
}

function memoryOf(pid: number, field: 'VmRSS' | 'VmHWM'): number {
  try {
    const line = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
    return Number(line?.[1]) / 1024
  } catch {
    return Number.NaN
  }
}
