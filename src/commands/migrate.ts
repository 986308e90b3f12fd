import { closeApp } from '../app.ts'
import { migrate } from '../server/migrate.ts'
import { openProduct } from './open.ts'

/** `migrate`: brings the database to the level of this build and says what it did. */
export async function migrateCommand(): Promise<void> {
  const { app, stopDatabase } = await openProduct('visit')
  const applied = await migrate(app.database, app.config.secret)
  console.log(applied.length === 0 ? 'Nothing to do.' : applied.join('\n'))
  await closeApp(app)
  await stopDatabase()
}
