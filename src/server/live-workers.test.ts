import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { LiveWorkers } from './live-workers.ts'
import { startTestApp } from './testing.ts'
import type { TestApp } from './testing.ts'

let t: TestApp

before(async () => {
  t = await startTestApp()
})

after(() => t.close())

/** Queues a job that a worker took long ago. */
async function takenBy(workerId: string): Promise<void> {
  await t.sql(`select graphile_worker.add_job('live.test', job_key := $1)`, [workerId])
  await t.sql(
    `update graphile_worker._private_jobs set locked_by = $1, locked_at = now() - interval '1 minute' where key = $1`,
    [workerId],
  )
}

async function holders(): Promise<string[]> {
  const rows = await t.sql<{ locked_by: string }>(
    `select locked_by from graphile_worker._private_jobs where locked_by is not null order by 1`,
  )
  return rows.map((row) => row.locked_by)
}

test('workers announced at once share one connection and are told apart from the dead', async () => {
  const living = new LiveWorkers(t.app.database, t.app.log)
  const other = new LiveWorkers(t.app.database, t.app.log)
  const ids = ['worker-1', 'worker-2', 'worker-3', 'worker-4']
  await Promise.all(ids.map((id) => living.announce(id)))
  for (const id of [...ids, 'worker-dead']) await takenBy(id)

  assert.equal(await other.release(), 1)
  assert.deepEqual(await holders(), ids)

  // A stopped process keeps no lock: what it held goes back to the queue.
  living.close()
  let freed = 0
  for (let tries = 0; tries < 50 && freed < ids.length; tries++) freed += await other.release()
  assert.equal(freed, ids.length)
  assert.deepEqual(await holders(), [])
  other.close()
})
