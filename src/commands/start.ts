import { buildProduct, closeApp } from '../app.ts'
import type { App } from '../server/context.ts'
import { startWorker } from '../server/jobs.ts'
import { isDatabaseAway } from '../server/problem.ts'
import { migrate } from '../server/migrate.ts'
import { keepTimetable } from '../server/timetable.ts'
import { listenRefusal } from '../server/startup-refusal.ts'
import { openProduct, type Opened } from './open.ts'

/** `start`: migrates, serves pages and API, and works the jobs until told to stop. */
export async function startCommand(args: string[]): Promise<void> {
  const opened = await openProduct('serve')
  const { app } = opened
  await migrate(app.database, app.config.secret)
  await settleSandbox(app)
  const server = buildProduct(app)
  await listen(app, server)
  const worker = args.includes('--no-jobs') ? undefined : await workJobs(app)
  const port = (server.server.address() as { port: number }).port
  const address =
    app.config.baseUrl.port === ''
      ? app.config.baseUrl.origin
      : `${app.config.baseUrl.protocol}//${app.config.baseUrl.hostname}:${port}`
  console.log(`\n  Canopée est prête : ${address}\n  Canopée is ready. Ctrl+C stops it.\n`)
  stopOnSignal(opened, async () => {
    await server.close()
    await worker?.stop()
  })
}

/** `work`: works the jobs only; many processes may. */
export async function workCommand(): Promise<void> {
  const opened = await openProduct('visit')
  await migrate(opened.app.database, opened.app.config.secret)
  const worker = await workJobs(opened.app)
  console.log('Canopée works its jobs. Ctrl+C stops it.')
  stopOnSignal(opened, () => worker.stop())
}

/** Works the queue and keeps the timetable until stopped. */
async function workJobs(app: App): Promise<{ stop(): Promise<void> }> {
  outliveTheDatabase(app)
  const worker = await startWorker(app)
  const stopTimetable = keepTimetable(app, app.timetable)
  return {
    stop: async () => {
      stopTimetable()
      await worker.stop()
    },
  }
}

/** Sample data lets anybody in and a moved clock renews early: a real installation must have neither. */
async function settleSandbox(app: App): Promise<void> {
  await app.database.owner.query('update installation set sandbox = $1 where sandbox <> $1', [
    app.config.sandbox,
  ])
}

async function listen(app: App, server: ReturnType<typeof buildProduct>): Promise<void> {
  await server.listen({ port: app.config.port, host: app.config.host }).catch((error: unknown) => {
    throw listenRefusal(error, app.config.port)
  })
}

/**
 * The job queue lets a promise go when the database leaves while it reports a failed job. That must not end
 * the process, which is ready again when the database is; any other loose end is a bug, and does.
 */
function outliveTheDatabase(app: App): void {
  process.on('unhandledRejection', (error) => {
    if (isDatabaseAway(error)) return app.log.warn({ error: (error as Error).message }, 'the database left')
    app.log.fatal({ error: error instanceof Error ? error.stack : String(error) }, 'unhandled rejection')
    process.exit(1)
  })
}

/** Stops taking work, lets what runs end, closes the database, then leaves; a second signal leaves at once. */
function stopOnSignal(opened: Opened, stop: () => Promise<void>): void {
  let since: number | undefined
  const leave = async () => {
    // One Ctrl+C may arrive twice: from the terminal, and passed on by `npm start`.
    if (since !== undefined && performance.now() - since < 1_000) return
    if (since !== undefined) process.exit(130)
    since = performance.now()
    const deadline = setTimeout(() => process.exit(1), 20_000)
    deadline.unref()
    await stop()
    await closeApp(opened.app)
    await opened.stopDatabase()
    process.exit(0)
  }
  process.on('SIGINT', () => void leave())
  process.on('SIGTERM', () => void leave())
  process.on('SIGHUP', () => void leave())
  // `npm start` was killed and cannot tell (scripts/bootstrap.mjs).
  process.once('disconnect', () => void leave())
}
