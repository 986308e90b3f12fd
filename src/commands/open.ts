import { openApp } from '../app.ts'
import { readConfig } from '../server/config.ts'
import type { Config } from '../server/config.ts'
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
  const { url, stop } = await reachDatabase(config, purpose)
  return { app: openApp(config, url), databaseUrl: url, stopDatabase: stop }
}

/** The same without opening the product: the owner's URL, and how to let go of the database. */
export async function reachDatabase(
  config: Config,
  purpose: 'serve' | 'visit',
): Promise<{ url: string; stop(): Promise<void> }> {
  if (config.databaseUrl !== undefined) return { url: config.databaseUrl, stop: async () => {} }
  const start = purpose === 'serve' ? startEmbeddedPostgres : joinEmbeddedPostgres
  return start({ dataDir: config.dataDir, log: openLog(config.logLevel) })
}
