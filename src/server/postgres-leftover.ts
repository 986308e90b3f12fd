import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { StartupRefusal } from './startup-refusal.ts'

/** What PostgreSQL writes about itself in its folder. */
export type PostmasterFile = { pid: number; ready: boolean }

/** Reads `postmaster.pid`; null when there is none. */
export function readPostmasterFile(clusterDir: string): PostmasterFile | null {
  try {
    const lines = readFileSync(join(clusterDir, 'postmaster.pid'), 'utf8').split('\n')
    return { pid: Number(lines[0]), ready: lines[7]?.trim() === 'ready' }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

/**
 * Stops a PostgreSQL that a killed application left in this folder, in the way that loses nothing:
 * fast shutdown, then immediate (the next start replays its log). Call it with the instance lock held.
 */
export async function stopLeftover(clusterDir: string): Promise<void> {
  const file = readPostmasterFile(clusterDir)
  if (!file) return
  if (!runsIn(file.pid, clusterDir)) {
    // A process of another kind got the same number since (containers do that): PostgreSQL would refuse to start.
    // A number nobody has is left alone, because PostgreSQL then checks that no backend outlived its parent.
    if (exists(file.pid)) rmSync(join(clusterDir, 'postmaster.pid'), { force: true })
    return
  }
  for (const [signal, patience] of [
    ['SIGINT', 8_000],
    ['SIGQUIT', 8_000],
  ] as const) {
    const begin = performance.now()
    send(file.pid, signal, clusterDir)
    while (performance.now() - begin < patience) {
      if (!runsIn(file.pid, clusterDir)) return
      await sleep(25)
    }
  }
  throw leftoverRefusal(file.pid, clusterDir)
}

/** Whether that process is the PostgreSQL server of that folder. */
export function runsIn(pid: number, clusterDir: string): boolean {
  const command = commandOf(pid)
  return command.includes('postgres') && command.includes(clusterDir)
}

function commandOf(pid: number): string {
  try {
    if (process.platform === 'linux')
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
    return execFileSync('ps', ['-p', String(pid), '-o', 'command='], {
      stdio: ['ignore', 'pipe', 'ignore'],
    }).toString()
  } catch {
    return ''
  }
}

function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function send(pid: number, signal: NodeJS.Signals, clusterDir: string): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EPERM') throw leftoverRefusal(pid, clusterDir)
  }
}

function leftoverRefusal(pid: number, clusterDir: string): StartupRefusal {
  return new StartupRefusal(
    `Un PostgreSQL (processus ${pid}) tourne déjà dans ${clusterDir} et ne s’arrête pas. Arrêtez-le, puis relancez Canopée.`,
    `A PostgreSQL (process ${pid}) already runs in ${clusterDir} and does not stop. Stop it, then start Canopée again.`,
  )
}
