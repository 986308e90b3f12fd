import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type pg from 'pg'
import { runMigrations as migrateJobs } from 'graphile-worker'
import { appLogin, appRole, type Database } from './db.ts'
import { jobLogger } from './job-log.ts'

const folder = join(import.meta.dirname, '../../migrations')

/** A migration file: plain SQL, forward only, never edited once released. */
export type Migration = { name: string; sql: string; hash: string }

/** Every migration in order. */
export function readMigrations(): Migration[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .toSorted()
    .map((name) => {
      const sql = readFileSync(join(folder, name), 'utf8')
      return { name, sql, hash: createHash('sha256').update(sql).digest('hex') }
    })
}

/**
 * Brings the database to the level of this build, each file in its own transaction, under a lock so that
 * several processes may start at once. `upTo` stops after that file (restore). Refuses an edited migration.
 */
export async function migrate(database: Database, secret: string, upTo?: string): Promise<string[]> {
  const client = await database.owner.connect()
  const applied: string[] = []
  try {
    await client.query(`select pg_advisory_lock(hashtext('canopee.migrate'))`)
    await client.query(`create table if not exists schema_migration (
      name text primary key, hash text not null, applied_at timestamptz not null default now())`)
    await client.query(`comment on table schema_migration is 'Migrations applied.';
      comment on column schema_migration.name is 'File.'; comment on column schema_migration.hash is 'SHA-256 of the file then.';
      comment on column schema_migration.applied_at is 'When (real time).'`)
    const done = new Map<string, string>(
      (
        await client.query<{ name: string; hash: string }>('select name, hash from schema_migration')
      ).rows.map((r) => [r.name, r.hash]),
    )
    for (const m of readMigrations()) {
      if (upTo !== undefined && m.name > upTo) break
      const hash = done.get(m.name)
      if (hash === m.hash) continue
      if (hash !== undefined)
        throw new Error(`Migration ${m.name} was edited after it was applied; add a new one instead.`)
      await inTransaction(client, async () => {
        await client.query(m.sql)
        await client.query('insert into schema_migration (name, hash) values ($1, $2)', [m.name, m.hash])
      })
      applied.push(m.name)
    }
    await letTheApplicationIn(client, secret)
  } finally {
    await client.query(`select pg_advisory_unlock(hashtext('canopee.migrate'))`).catch(() => {})
    client.release()
  }
  await migrateJobs({ pgPool: database.owner, logger: jobLogger(undefined) })
  return applied
}

/** Whether the database is at the level of this build (readyz). */
export async function isMigrated(pool: pg.Pool): Promise<boolean> {
  const { rows } = await pool.query<{ name: string; hash: string }>('select name, hash from schema_migration')
  const done = new Map(rows.map((r) => [r.name, r.hash]))
  return readMigrations().every((m) => done.get(m.name) === m.hash)
}

async function letTheApplicationIn(client: pg.PoolClient, secret: string): Promise<void> {
  const { name, password } = appLogin(secret)
  // The name is hex and the password base64url: safe to write out, since role statements take no parameters.
  await inTransaction(client, async () => {
    // Roles belong to the whole server: migrations of two databases at once would collide on these rows.
    await client.query(`select pg_advisory_xact_lock(hashtext('canopee.role'))`)
    await client.query(`alter role ${appRole} nologin`)
    const { rowCount } = await client.query('select from pg_roles where rolname = $1', [name])
    if (rowCount === 0)
      await client.query(
        `create role ${name} nosuperuser nocreatedb nocreaterole nobypassrls inherit in role ${appRole}`,
      )
    await client.query(`alter role ${name} login password '${password}'`)
  }).catch((error: Error) => {
    if (!/tuple concurrently updated|already exists/.test(error.message)) throw error
  })
}

async function inTransaction(client: pg.PoolClient, work: () => Promise<void>): Promise<void> {
  await client.query('begin')
  try {
    await work()
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}
