import { pino, type Logger } from 'pino'

export type { Logger }

/** Structured log on standard output: request ids, never names, addresses, bodies or query strings. */
export function openLog(level: string): Logger {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime })
}
