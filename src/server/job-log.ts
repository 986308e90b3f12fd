import { Logger as JobLogger } from 'graphile-worker'
import type { Logger } from './log.ts'

/** The job queue's log, through ours; silent when there is none. */
export function jobLogger(log: Logger | undefined): JobLogger {
  return new JobLogger(() => (level, message) => {
    if (!log) return
    if (level === 'error') log.error({ part: 'jobs' }, message)
    else if (level === 'warning') log.warn({ part: 'jobs' }, message)
    else log.debug({ part: 'jobs' }, message)
  })
}
