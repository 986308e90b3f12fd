import { existsSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import pg from 'pg'
import { hash } from '@node-rs/argon2'
import { readConfig, type Config } from '../src/server/config.ts'
import { appLogin, openDatabase } from '../src/server/db.ts'
import { startEmbeddedPostgres } from '../src/server/embedded-postgres.ts'
import { openLog } from '../src/server/log.ts'
import { migrate } from '../src/server/migrate.ts'
import type { Scale } from './scale.ts'
import { seed } from './seed.ts'

/** The password of every member of the bench's data. */
export const benchPassword = 'quatre moulins au bord du canal'

/** The bench's own PostgreSQL, in its own data folder. */
export type Cluster = {
  config: Config
  /** The superuser's URL of a database. */
  ownerUrl(database: string): string
  /** The application's: row security holds for it, as it does for the product. */
  appUrl(database: string): string
  stop(): Promise<void>
}

/** Starts the server of `data/bench` (or `data/bench-quick`), with the settings that the product gives it. */
export async function startCluster(quick: boolean, rebuild: boolean): Promise<Cluster> {
  const dataDir = resolve(quick ? 'data/bench-quick' : 'data/bench')
  if (rebuild && existsSync(dataDir)) rmSync(dataDir, { recursive: true })
  const server = await startEmbeddedPostgres({ dataDir, log: openLog('error') })
  const config = readConfig({ DATA_DIR: dataDir, LOG_LEVEL: 'error' })
  const ownerUrl = (database: string) => Object.assign(new URL(server.url), { pathname: `/${database}` }).href
  const login = appLogin(config.secret)
  return {
    config,
    ownerUrl,
    appUrl: (database) =>
      Object.assign(new URL(ownerUrl(database)), { username: login.name, password: login.password }).href,
    stop: server.stop,
  }
}

/** Makes and fills a database unless it is there already, built from this very schema. */
export async function ensureDatabase(cluster: Cluster, scale: Scale): Promise<void> {
  await ensureFilled(cluster, {
    database: scale.database,
    mark: `bench 1: ${scale.clients} clients, ${scale.agencies} agencies, ${scale.biggest}, ${scale.second}`,
    what: `${scale.clients.toLocaleString('en')} clients in ${scale.agencies.toLocaleString('en')} agencies`,
    fill: (passwordHash) => seed(cluster.ownerUrl(scale.database), scale, passwordHash),
  })
}

/** A database of the bench: `mark` says what is in it, so that it is made again when that changes. */
export type Filling = {
  database: string
  mark: string
  what: string
  fill(passwordHash: string): Promise<void>
}

/** Makes and fills a database unless it is there already under the same mark. */
export async function ensureFilled(cluster: Cluster, given: Filling): Promise<void> {
  if (await isBuilt(cluster, given)) return
  console.log(`Building ${given.database}: ${given.what}…`)
  await onServer(cluster, async (c) => {
    await c.query(`drop database if exists ${given.database} with (force)`)
    await c.query(`create database ${given.database}`)
  })
  await bringUp(cluster, given.database)
  // The product's own cost: one hash serves all, since signing in computes one whatever it finds.
  await given.fill(await hash(benchPassword, { memoryCost: 19_456, timeCost: 2, parallelism: 1 }))
  await onServer(cluster, (c) => c.query(`comment on database ${given.database} is '${given.mark}'`))
}

/** Brings a database to the level of this build. */
async function bringUp(cluster: Cluster, database: string): Promise<void> {
  const pools = openDatabase(cluster.ownerUrl(database), cluster.config, openLog('error'))
  await migrate(pools, cluster.config.secret)
  await pools.close()
}

/** A fresh copy of a database, for measures that write much; dropped and made again when it exists. */
export async function copyDatabase(cluster: Cluster, from: string, to: string): Promise<void> {
  await onServer(cluster, async (c) => {
    await c.query(`drop database if exists ${to} with (force)`)
    await c.query(`create database ${to} template ${from} strategy file_copy`)
  })
}

/** Drops a copy. */
export async function dropDatabase(cluster: Cluster, name: string): Promise<void> {
  await onServer(cluster, (c) => c.query(`drop database if exists ${name} with (force)`))
}

async function isBuilt(cluster: Cluster, { database, mark }: Filling): Promise<boolean> {
  const found = await onServer(cluster, (c) =>
    c.query<{ mark: string | null }>(
      `select shobj_description(oid, 'pg_database') as mark from pg_database where datname = $1`,
      [database],
    ),
  )
  if (found.rows[0]?.mark !== mark) return false
  // Migrations added since are applied to the data that is there, as an installation would.
  await bringUp(cluster, database)
  return true
}

/** Runs `work` on a superuser's connection to the server. */
export async function onServer<T>(
  cluster: Cluster,
  work: (client: pg.Client) => Promise<T>,
  database = 'postgres',
): Promise<T> {
  const client = new pg.Client({ connectionString: cluster.ownerUrl(database) })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** Path of a file in the bench's data folder. */
export function benchFile(cluster: Cluster, name: string): string {
  return join(cluster.config.dataDir, name)
}
