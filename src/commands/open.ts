import { openApp } from '../app.ts'
import { readConfig } from '../server/config.ts'
import type { App } from '../server/context.ts'
import { startEmbeddedPostgres, joinEmbeddedPostgres } from '../server/embedded-postgres.ts'
import { openLog } from '../server/log.ts'

/** An opened product and how to let go of its database. */
export type Opened = { app: App; databaseUrl: string; stopDatabase(): Promise<void> }

/**
 * Opens the product over DATABASE_URL, or over the embedded server of the data folder: started and kept for
 * `serve`, joined when an application already keeps it for `visit` (commands).
 */
export async function openProduct(purpose: 'serve' | 'visit'): Promise<Opened> {
  const config = readConfig()
  if (config.databaseUrl !== undefined) return { app: openApp(config, config.databaseUrl), databaseUrl: config.databaseUrl, stopDatabase: async () => {} }
  const log = openLog(config.logLevel)
  const start = purpose === 'serve' ? startEmbeddedPostgres : joinEmbeddedPostgres
  const embedded = await start({ dataDir: config.dataDir, log })
  return { app: openApp(config, embedded.url), databaseUrl: embedded.url, stopDatabase: () => embedded.stop() }
}
