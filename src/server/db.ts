import pg from 'pg'
import {
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type DatabaseConnection,
  type Driver,
  type CompiledQuery,
  type QueryResult,
} from 'kysely'
import type { DB } from './schema.gen.ts'
import type { Config } from './config.ts'
import type { Logger } from './log.ts'
import { deriveKey } from './keys.ts'
import { endBeforeUse, inOnePacket } from './packets.ts'

// Instants travel as RFC 3339 text: parsing them into Date costs a quarter of a list's speed.
// PostgreSQL writes `2026-11-22 09:10:32.123+00` under TimeZone UTC.
pg.types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, (v) => `${v.slice(0, 10)}T${v.slice(11, -3)}Z`)
pg.types.setTypeParser(pg.types.builtins.DATE, (v) => v)
pg.types.setTypeParser(pg.types.builtins.INT8, BigInt)

/**
 * The ways in: `app` cannot bypass row security; `owner` migrates, verifies, listens; `queue` is the owner for
 * the job queue, which writes the numbers it reads as JSON and so cannot take them as bigint.
 */
export type Database = { app: pg.Pool; owner: pg.Pool; queue: pg.Pool; close(): Promise<void> }

const queueTypes = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    oid === pg.types.builtins.INT8 ? String : pg.types.getTypeParser(oid, format as 'text'),
}

/** The role that holds the application's rights; nobody signs in as it. */
export const appRole = 'canopee_app'

/**
 * The login of this installation's processes, a member of `canopee_app`, and its password. Both come from the
 * secret, so that every process knows them and two installations on one server never take each other's.
 */
export function appLogin(secret: string): { name: string; password: string } {
  const key = deriveKey(secret, 'app-role')
  return { name: `${appRole}_${key.toString('hex', 0, 6)}`, password: key.toString('base64url') }
}

/** Opens both pools on `url` (the owner's). Connections are made on first use. */
export function openDatabase(
  url: string,
  config: Pick<Config, 'secret' | 'poolSize'>,
  log: Logger,
): Database {
  const appUrl = new URL(url)
  const login = appLogin(config.secret)
  appUrl.username = login.name
  appUrl.password = login.password
  const common = {
    options: '-c TimeZone=UTC -c DateStyle=ISO',
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
  }
  const app = new pg.Pool({
    ...common,
    connectionString: appUrl.href,
    max: config.poolSize,
    pipeline: true,
    statement_timeout: 60_000,
  } as pg.PoolConfig)
  const owner = new pg.Pool({
    ...common,
    connectionString: url,
    max: Math.max(4, Math.ceil(config.poolSize / 2)),
  })
  const queue = new pg.Pool({
    ...common,
    connectionString: url,
    max: Math.max(4, Math.ceil(config.poolSize / 2)),
    types: queueTypes as never,
  })
  // Without a listener, an idle connection that the server drops kills the process.
  for (const pool of [app, owner, queue]) {
    pool.on('error', (error) => log.warn({ error: error.message }, 'idle database connection lost'))
    pool.on('connect', (client) =>
      client.on('error', (error) => log.warn({ error: error.message }, 'database connection lost')),
    )
  }
  endBeforeUse(app)
  return {
    app,
    owner,
    queue,
    close: async () => {
      await Promise.all([app.end(), owner.end(), queue.end()])
    },
  }
}

/** One transaction of one tenant. `db` builds queries; `query` runs a named, prepared statement (hot paths). */
export type Tx = {
  readonly client: pg.PoolClient
  readonly db: Kysely<DB>
  query<Row>(name: string, text: string, values: readonly unknown[]): Promise<Row[]>
}

class BoundConnection implements DatabaseConnection {
  readonly #client: pg.PoolClient
  constructor(client: pg.PoolClient) {
    this.#client = client
  }
  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const result = await this.#client.query(query.sql, [...query.parameters])
    return { rows: result.rows as R[], numAffectedRows: BigInt(result.rowCount ?? 0) }
  }
  // oxlint-disable-next-line require-yield -- cursors cannot share a pipelined connection
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('read by keyset pages instead of streaming')
  }
}

class BoundDriver implements Driver {
  readonly #connection: BoundConnection
  constructor(client: pg.PoolClient) {
    this.#connection = new BoundConnection(client)
  }
  init = async () => {}
  acquireConnection = async () => this.#connection
  // The kernel begins and ends transactions; nested ones would end ours behind its back.
  beginTransaction = async () => {
    throw new Error('already in a transaction')
  }
  commitTransaction = this.beginTransaction
  rollbackTransaction = this.beginTransaction
  releaseConnection = async () => {}
  destroy = async () => {}
}

const adapter = new PostgresAdapter()
const compiler = new PostgresQueryCompiler()

/** A transaction's two query styles over an open connection. */
export function boundTo(client: pg.PoolClient): Tx {
  let db: Kysely<DB> | undefined
  return {
    client,
    get db() {
      return (db ??= new Kysely<DB>({
        dialect: {
          createAdapter: () => adapter,
          createDriver: () => new BoundDriver(client),
          createIntrospector: (k) => new PostgresIntrospector(k),
          createQueryCompiler: () => compiler,
        },
      }))
    },
    async query<Row>(name: string, text: string, values: readonly unknown[]) {
      const result = await client.query({ name, text, values: [...values] })
      return result.rows as Row[]
    },
  }
}

/**
 * Runs `work` in one transaction that sees only the rows of `agencyId` (wall 2).
 * Commits when it resolves, rolls back when it throws.
 */
export async function inTenant<T>(pool: pg.Pool, agencyId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    await inOnePacket(client, () => Promise.all([client.query('begin'), setTenant(client, agencyId)]))
    const result = await work(boundTo(client))
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback').catch((e: Error) => (broken = e))
    throw error
  } finally {
    client.release(broken)
  }
}

/** Names the transaction's tenant; local to the transaction, so nothing is left on the connection. */
export function setTenant(client: pg.PoolClient, agencyId: string): Promise<pg.QueryResult> {
  return client.query({
    name: 'set_tenant',
    text: `select set_config('app.agency_id', $1, true)`,
    values: [agencyId],
  })
}

/** PostgreSQL's error code of a failed statement, if it is one. */
export function sqlState(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}
