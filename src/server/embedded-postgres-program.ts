// The smallest application around the embedded database, for the tests that kill it.
import { startEmbeddedPostgres } from './embedded-postgres.ts'

const log = { info: () => {}, warn: (_: object, message: string) => console.error(message) }
try {
  const { url } = await startEmbeddedPostgres({ dataDir: process.argv[2] ?? '', log })
  console.log(url)
} catch (error) {
  console.error((error as Error).message)
  process.exit(1)
}
