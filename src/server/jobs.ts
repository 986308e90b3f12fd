import { EventEmitter } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { run, runOnce, type Runner, type TaskList, type WorkerEvents } from 'graphile-worker'
import type { z } from 'zod'
import type { App, Ctx } from './context.ts'
import { runInTenant } from './run-in-tenant.ts'
import type { Envelope } from './enqueue-job.ts'
import { jobLogger } from './job-log.ts'
import { LiveWorkers } from './live-workers.ts'

/**
 * Work done outside a request, at least once: handlers must be idempotent.
 * `run` gets a transaction of the payload's agency; long work may open more through `runInTenant`.
 */
export type Job<Payload = unknown> = {
  /** `<feature>.<verb>`; kept for good, since queued rows carry it. */
  name: string
  payload: z.ZodType<Payload>
  /** In one transaction of the tenant. Give either `run` or `runApart`. */
  run?(ctx: Ctx, payload: Payload): Promise<void>
  /** Without a transaction: the handler opens its own, one a batch. */
  runApart?(app: App, agencyId: string, payload: Payload): Promise<void>
}

/** When and how often a job runs. */
export type EnqueueOptions = {
  /** In the installation's time; at once when absent. */
  runAt?: Temporal.Instant
  /** A waiting job of the same key is replaced. */
  key?: string
  /** Jobs of one queue run one after the other. */
  queue?: string
  /** Tries in all; 25 when absent, each later than the one before. */
  maxAttempts?: number
}

/** Declares a job, keeping its payload's type. */
export function job<Payload>(j: Job<Payload>): Job<Payload> {
  return j
}

function taskList(app: App): TaskList {
  const tasks: TaskList = {}
  for (const j of app.jobs) {
    tasks[j.name] = async (raw) => {
      const envelope = raw as Envelope
      const payload = j.payload.parse(envelope.data)
      try {
        if (j.runApart) await j.runApart(app, envelope.agencyId, payload)
        else await runInTenant(app, { agencyId: envelope.agencyId }, (ctx) => j.run!(ctx, payload))
      } catch (error) {
        app.log.error({ job: j.name, error: (error as Error).stack }, 'job failed')
        throw error
      }
    }
  }
  return tasks
}

/**
 * Works the queue until `stop`. The queue's own runner gives up when it loses the database: it is begun
 * again. Jobs of workers that died are taken over within seconds.
 */
export async function startWorker(app: App, concurrency = 4): Promise<{ stop(): Promise<void> }> {
  const live = new LiveWorkers(app.database, app.log)
  let stopping = false
  let turn = await beginRunner(app, concurrency, live)
  const supervised = (async () => {
    while (!stopping) {
      await turn.runner.promise.catch((error: Error) =>
        app.log.warn({ error: error.message }, 'the job runner gave up'),
      )
      await live.retire(turn.workerIds)
      while (!stopping) {
        await sleep(1000, undefined, { ref: false })
        const next = await beginRunner(app, concurrency, live).catch(() => undefined)
        if (!next) continue
        turn = next
        break
      }
    }
  })()
  live.watch()
  return {
    stop: async () => {
      stopping = true
      await turn.runner.stop().catch(() => {})
      await supervised
      live.close()
    },
  }
}

async function beginRunner(
  app: App,
  concurrency: number,
  live: LiveWorkers,
): Promise<{ runner: Runner; workerIds: string[] }> {
  const events = new EventEmitter() as WorkerEvents
  const workerIds: string[] = []
  events.on('worker:create', ({ worker }) => {
    workerIds.push(worker.workerId)
    void live.announce(worker.workerId)
  })
  const runner = await run({
    pgPool: app.database.queue,
    taskList: taskList(app),
    concurrency,
    pollInterval: 1000,
    noHandleSignals: true,
    logger: jobLogger(app.log),
    events,
  })
  return { runner, workerIds }
}

/** Runs every job that is due, then returns (tests, moving the clock). */
export async function runDueJobs(app: App): Promise<void> {
  await runOnce({
    pgPool: app.database.queue,
    taskList: taskList(app),
    logger: jobLogger(undefined),
    noHandleSignals: true,
  })
}
