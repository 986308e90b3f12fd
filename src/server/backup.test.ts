import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { backUp, copyOut, steadyReads } from './backup.ts'
import { testDatabaseUrl } from './config.ts'
import { openLog } from './log.ts'
import { restore } from './restore.ts'
import { startTestApp } from './testing.ts'
import type { TestApp } from './testing.ts'

const folder = mkdtempSync(join(tmpdir(), 'canopee-backup-'))
const file = join(folder, 'all.canopee')
const log = openLog('error')
const made: string[] = []
let source: TestApp
let secret: string

before(async () => {
  source = await startTestApp()
  secret = source.app.config.secret
  await source.sql(`insert into agency (agency_id, slug, name, kind, created_at)
    select gen_random_uuid(), 'a' || n, 'Agence n° ' || n, 'agency', now() from generate_series(1, 2000) n`)
  await source.sql(
    `select graphile_worker.add_job('demo.task', json_build_object('n', n)) from generate_series(1, 50) n`,
  )
  await source.sql(
    `update graphile_worker._private_jobs set locked_at = now(), locked_by = 'a dead worker' where id % 2 = 0`,
  )
})

after(async () => {
  await source.close()
  for (const name of made) await onServer(`drop database if exists ${name} with (force)`)
  rmSync(folder, { recursive: true, force: true })
})

/** An empty database of its own. */
async function newDatabase(): Promise<string> {
  const name = `canopee_restored_${randomBytes(4).toString('hex')}`
  made.push(name)
  await onServer(`create database ${name}`)
  return Object.assign(new URL(testDatabaseUrl()), { pathname: `/${name}` }).href
}

async function onServer(sql: string): Promise<void> {
  await rowsOf(testDatabaseUrl(), sql)
}

async function rowsOf(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

test('a backup taken while rows are written is one instant, and comes back as it was', async () => {
  await source.sql(
    `create table writing (n bigint generated always as identity, note text not null, twice bigint generated always as (n * 2) stored)`,
  )
  await source.sql(`create table writing_total (n bigint not null); insert into writing_total values (0)`)
  let stop = false
  let written = 0
  const writers = [1, 2].map(async () => {
    while (!stop) {
      // Two tables that one transaction moves together: a torn copy shows as a difference.
      await source.sql(`with added as (insert into writing (note) select repeat('é', 500) from generate_series(1, 10))
        update writing_total set n = n + 10`)
      written++
    }
  })
  while (written < 100) await new Promise((resolve) => setTimeout(resolve, 5))
  const before = written
  const sums = await backUp({ url: source.databaseUrl, secret }, file)
  assert.ok(written > before, 'rows were written during the backup')
  stop = true
  await Promise.all(writers)
  assert.equal(statSync(file).mode & 0o777, 0o600)

  // These two tables are the test's own, not a migration's.
  const target = await newDatabase()
  const refused = restore(file, { url: target, force: false, log })
  await assert.rejects(refused, /relation "public\.writing" does not exist/)
  const [left] = await rowsOf(target, `select count(*)::int as n from agency where kind = 'agency'`)
  assert.deepEqual(left, { n: 0 }, 'a failed load leaves nothing behind')
  await rowsOf(
    target,
    `create table writing (n bigint generated always as identity, note text not null, twice bigint generated always as (n * 2) stored)`,
  )
  await rowsOf(target, 'create table writing_total (n bigint not null)')
  const restored = await restore(file, { url: target, force: false, log })
  assert.equal(restored.secret, secret)

  const [state] = await rowsOf(
    target,
    `select (select count(*) from writing)::int as rows, (select n from writing_total)::int as total,
    (select bool_and(twice = n * 2) from writing) as computed, nextval(pg_get_serial_sequence('writing', 'n')) > (select max(n) from writing) as free`,
  )
  assert.equal(state?.rows, state?.total, 'the two tables are of the same instant')
  assert.equal(state?.computed, true)
  assert.equal(state?.free, true, 'numbers go on after those used')
  for (const table of sums.filter((s) => !s.name.startsWith('graphile_worker'))) {
    assert.deepEqual(await sumOf(target, table.name, file), table)
  }
  const [jobs] = await rowsOf(
    target,
    `select count(*)::int as n, count(locked_at)::int as locked from graphile_worker._private_jobs`,
  )
  assert.deepEqual(jobs, { n: 50, locked: 0 })
  await source.sql('drop table writing, writing_total')
})

test('what is there is lost only when asked, and never while somebody uses it', async () => {
  rmSync(file)
  await backUp({ url: source.databaseUrl, secret }, file)
  const target = await newDatabase()
  await restore(file, { url: target, force: false, log })
  await assert.rejects(
    restore(file, { url: target, force: false, log }),
    /contient déjà des données.*--force/s,
  )
  await rowsOf(target, `delete from agency where kind = 'agency' and slug <> 'a1'`)
  await restore(file, { url: target, force: true, log })
  assert.deepEqual(await rowsOf(target, `select count(*)::int as n from agency where kind = 'agency'`), [
    { n: 2000 },
  ])

  const user = new pg.Client({ connectionString: target })
  await user.connect()
  await assert.rejects(restore(file, { url: target, force: true, log }), /utilise cette base de données/)
  await user.end()

  const foreign = await newDatabase()
  await rowsOf(foreign, 'create table somebody_elses as select 1 as n')
  await assert.rejects(restore(file, { url: foreign, force: true, log }), /qui ne sont pas celles de Canopée/)
  assert.deepEqual(await rowsOf(foreign, 'select n from somebody_elses'), [{ n: 1 }])
})

test('a damaged or cut file, another secret and another build are refused before anything is touched', async () => {
  const target = await newDatabase()
  const whole = readFileSync(file)
  const bad = join(folder, 'bad.canopee')
  const damaged = Buffer.from(whole)
  damaged[damaged.length >> 1]! ^= 0x10
  for (const bytes of [
    whole.subarray(0, whole.length - 40),
    damaged,
    Buffer.from('hello'),
    Buffer.alloc(0),
  ]) {
    writeFileSync(bad, bytes)
    await assert.rejects(
      restore(bad, { url: target, force: true, log }),
      /n’est pas une sauvegarde utilisable/,
    )
  }
  await assert.rejects(
    restore(file, { url: target, force: false, fixedSecret: 'x'.repeat(32), log }),
    /SECRET/,
  )
  await source.sql(`insert into schema_migration (name, hash) values ('9999_later.sql', 'unknown')`)
  await backUp({ url: source.databaseUrl, secret }, bad)
  await source.sql(`delete from schema_migration where name = '9999_later.sql'`)
  await assert.rejects(
    restore(bad, { url: target, force: false, log }),
    /autre version de Canopée \(migration 9999_later/,
  )
  assert.deepEqual(
    await rowsOf(target, `select count(*)::int as n from pg_tables where schemaname = 'public'`),
    [{ n: 0 }],
  )
})

/** Sums a table of the restored database up as the backup did. */
async function sumOf(url: string, name: string, backup: string) {
  const { inspectBackup } = await import('./inspect-backup.ts')
  const table = (await inspectBackup(backup)).manifest.tables.find((t) => t.name === name)
  assert.ok(table)
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query('begin')
  await steadyReads(client)
  const sum = await copyOut(client, table, async () => {})
  await client.end()
  return sum
}
