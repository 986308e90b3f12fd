import { readFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, release, totalmem } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'

/** The machine in one line. */
export function describeMachine(): string {
  const memory = Math.round(totalmem() / 2 ** 30)
  return `${availableParallelism()} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), ${memory} GiB, ${process.platform} ${release()}, Node ${process.versions.node}`
}

/** Share of the cores that others keep busy while we do nothing; NaN where it cannot be told. */
export async function busyShare(): Promise<number> {
  const before = ticks()
  await sleep(1_500)
  const after = ticks()
  return (after.busy - before.busy) / (after.all - before.all)
}

/** Beyond this share of others' work, figures are called disturbed. */
export const quietBelow = 0.1

/** The load average of the last minute. */
export function loadNow(): number {
  return loadavg()[0]!
}

function ticks(): { busy: number; all: number } {
  try {
    const [user, nice, system, idle, wait, irq, soft, steal] = readFileSync('/proc/stat', 'utf8')
      .split('\n')[0]!
      .split(/\s+/)
      .slice(1)
      .map(Number) as number[]
    const busy = user! + nice! + system! + irq! + soft! + steal!
    return { busy, all: busy + idle! + wait! }
  } catch {
    return { busy: Number.NaN, all: Number.NaN }
  }
}
