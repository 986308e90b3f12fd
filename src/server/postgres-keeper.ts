import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { PostgresLog } from './embedded-postgres.ts'
import { postgresEnvironment } from './postgres-cluster.ts'
import { readPostmasterFile, runsIn, stopLeftover } from './postgres-leftover.ts'
import { StartupRefusal } from './startup-refusal.ts'

type Keeping = {
  /** Gives the whole command for the keeper's own first words. */
  command(keeper: string[]): { program: string; args: string[]; uid?: number; gid?: number }
  cluster: string
  startLog: string
  log: PostgresLog
}

/** The keeper itself; whoever runs PostgreSQL must be able to read it. */
export const keeperScript = fileURLToPath(new URL('./postgres-keeper.sh', import.meta.url))

/** Exit code of the keeper when another machine holds the folder's lock. */
const lockedElsewhere = 75

/** Starts PostgreSQL under its keeper, and again whenever it ends before `stop`. Resolves once it accepts connections. */
export async function keepPostgres(keeping: Keeping): Promise<{ stop(): Promise<void> }> {
  let stopping = false
  let current = await startOnce(keeping)
  const watching = watch()

  async function watch(): Promise<void> {
    while (true) {
      const code = await ended(current)
      if (stopping) return
      keeping.log.warn({ code }, 'embedded PostgreSQL ended unexpectedly, starting it again')
      for (let tries = 0; !stopping; tries++) {
        try {
          // The keeper alone may have been killed: what it kept is stopped first.
          await stopLeftover(keeping.cluster)
          current = await startOnce(keeping)
          keeping.log.info({ tries }, 'embedded PostgreSQL is back')
          break
        } catch (error) {
          keeping.log.warn({ error: String(error) }, 'embedded PostgreSQL did not start')
          await sleep(Math.min(5_000, 200 * 2 ** tries))
        }
      }
    }
  }

  return {
    stop: async () => {
      stopping = true
      current.stdin?.end()
      await watching
    },
  }
}

async function startOnce({ command, cluster, startLog, log }: Keeping): Promise<ChildProcess> {
  const output = openSync(startLog, 'w', 0o600)
  const { program, args, ...ids } = command(['/bin/sh', keeperScript])
  // A session of its own: the Ctrl-C typed in the terminal reaches the application alone, which then stops in order.
  const child = spawn(program, args, {
    ...ids,
    cwd: '/',
    env: postgresEnvironment(),
    detached: true,
    stdio: ['pipe', output, output],
  })
  closeSync(output)
  // Writing to a keeper that is gone is no news: its exit is what counts.
  child.stdin?.on('error', () => {})
  const failed = once(child, 'error')
  child.on('error', () => {})
  const begin = performance.now()
  let warned = false
  while (!isReady(cluster)) {
    if (child.exitCode !== null || child.signalCode !== null) throw startFailure(child, startLog)
    const error = await Promise.race([sleep(20), failed])
    if (error) throw error[0]
    if (!warned && performance.now() - begin > 10_000) {
      warned = true
      log.warn({}, 'embedded PostgreSQL is still replaying its log after a crash')
    }
  }
  return child
}

/** A crashed server leaves a file that says "ready": its process must be there too. */
function isReady(cluster: string): boolean {
  const file = readPostmasterFile(cluster)
  return file !== null && file.ready && runsIn(file.pid, cluster)
}

async function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  return child.exitCode
}

function startFailure(child: ChildProcess, startLog: string): Error {
  if (child.exitCode === lockedElsewhere) {
    return new StartupRefusal(
      'Une autre machine ou un autre conteneur fait tourner PostgreSQL dans ce dossier de données. Arrêtez-le d’abord.',
      'Another machine or container runs PostgreSQL in this data folder. Stop it first.',
    )
  }
  const lines = readFileSync(startLog, 'utf8').trim().split('\n').slice(-5)
  return new Error(
    `PostgreSQL did not start (code ${child.exitCode ?? child.signalCode}): ${lines.join(' | ')}`,
  )
}
