import { createHash, randomBytes } from 'node:crypto'
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify'
import pg from 'pg'
import { buildProduct, closeApp, openApp } from '../app.ts'
import type { AnswerOf, CallOf, Endpoint } from '../contract/endpoint.ts'
import type { Problem } from '../contract/common.ts'
import type { App } from './context.ts'
import { readConfig, testDatabaseUrl } from './config.ts'
import { runDueJobs } from './jobs.ts'
import { migrate, readMigrations } from './migrate.ts'
import { apiBase } from './serve.ts'

const secret = 'a secret for tests only, long enough to derive keys from'
const baseUrl = 'http://localhost:3000'

/** A product over a database of its own, for one test file. */
export type TestApp = {
  app: App
  server: FastifyInstance
  databaseUrl: string
  /** A caller on a host: `browser('studio')` is `studio.localhost:3000`, no name the base host. */
  browser(slug?: string): Browser
  /** Runs every job that is due. */
  runJobs(): Promise<void>
  /** Moves the installation's clock forward. */
  advance(duration: Temporal.DurationLike): Promise<void>
  /** Rows through the owner's connection, past row security. */
  sql<R extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<R[]>
  close(): Promise<void>
}

/**
 * Clones a migrated template database (made once per set of migrations) and opens the product over it.
 * Needs TEST_DATABASE_URL, which `npm test` sets.
 */
export async function startTestApp(settings: NodeJS.ProcessEnv = {}): Promise<TestApp> {
  const databaseUrl = await cloneTemplate()
  const config = readConfig({
    SECRET: secret,
    BASE_URL: baseUrl,
    LOG_LEVEL: 'error',
    RATE_LIMIT: '1000000',
    POOL_SIZE: '10',
    ...settings,
  })
  const app = openApp(config, databaseUrl)
  const server = buildProduct(app)
  await server.ready()
  return {
    app,
    server,
    databaseUrl,
    browser: (slug) =>
      new Browser(server, slug === undefined ? config.baseUrl.host : `${slug}.${config.baseUrl.host}`),
    runJobs: () => runDueJobs(app),
    advance: async (duration) => {
      const d = Temporal.Duration.from(duration)
      const seconds =
        Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO('UTC').add(d).epochMilliseconds / 1000
      await app.database.owner.query(
        `update installation set clock_offset = clock_offset + make_interval(secs => $1)`,
        [seconds],
      )
      await app.database.owner.query(
        `update graphile_worker._private_jobs set run_at = run_at - make_interval(secs => $1)`,
        [seconds],
      )
    },
    sql: async (text, values) => (await app.database.owner.query(text, values)).rows,
    close: async () => {
      await server.close()
      await closeApp(app)
      await onServer((c) =>
        c.query(
          `drop database if exists ${pg.escapeIdentifier(new URL(databaseUrl).pathname.slice(1))} with (force)`,
        ),
      )
    },
  }
}

/** A caller with a cookie jar on one host, as a browser would be. */
export class Browser {
  readonly #server: FastifyInstance
  readonly host: string
  cookies: Record<string, string> = {}
  /** Sent as `Accept-Language`. */
  locale = 'fr'
  constructor(server: FastifyInstance, host: string) {
    this.#server = server
    this.host = host
  }

  /** Any request; keeps the cookies that come back. */
  async raw(options: InjectOptions): Promise<LightMyRequestResponse> {
    const response = await this.#server.inject({
      remoteAddress: '127.0.0.1',
      ...options,
      headers: { host: this.host, 'accept-language': this.locale, ...options.headers },
      cookies: { ...this.cookies, ...options.cookies },
    })
    for (const c of response.cookies) {
      if (c.value === '' || c.maxAge === 0) delete this.cookies[c.name]
      else this.cookies[c.name] = c.value
    }
    return response
  }

  /** Calls an endpoint and gives its answer; fails on a refusal. */
  async call<E extends Endpoint>(
    endpoint: E,
    input: CallOf<E>,
    headers: Record<string, string> = {},
  ): Promise<AnswerOf<E>> {
    const response = await this.send(endpoint, input, headers)
    if (response.statusCode >= 400)
      throw new Error(`${endpoint.name} refused with ${response.statusCode}: ${response.body}`)
    const body: unknown = response.body === '' ? {} : response.json()
    // Answers are checked against the contract here, so that every HTTP test also tests the document.
    return endpoint.answer.parse(body) as AnswerOf<E>
  }

  /** Calls an endpoint that must refuse; gives the problem. */
  async refusal<E extends Endpoint>(
    endpoint: E,
    input: CallOf<E>,
    headers: Record<string, string> = {},
  ): Promise<Problem> {
    const response = await this.send(endpoint, input, headers)
    if (response.statusCode < 400)
      throw new Error(
        `${endpoint.name} was expected to refuse, but answered ${response.statusCode}: ${response.body}`,
      )
    return response.json()
  }

  /** The bare response of an endpoint. */
  send<E extends Endpoint>(
    endpoint: E,
    input: CallOf<E>,
    headers: Record<string, string> = {},
  ): Promise<LightMyRequestResponse> {
    const { params, query, body } = input as {
      params?: Record<string, unknown>
      query?: Record<string, unknown>
      body?: unknown
    }
    const path = endpoint.path.replaceAll(/:(\w+)/g, (_, name: string) =>
      encodeURIComponent(String(params?.[name])),
    )
    const search = new URLSearchParams()
    for (const [k, v] of Object.entries(query ?? {}))
      if (v !== undefined) for (const one of Array.isArray(v) ? v : [v]) search.append(k, String(one))
    const suffix = search.size > 0 ? `?${search}` : ''
    return this.raw({
      method: endpoint.method,
      url: `${apiBase}${path}${suffix}`,
      headers,
      ...(body !== undefined && { payload: body as object }),
    })
  }
}

async function onServer<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(testDatabaseUrl())
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

async function cloneTemplate(): Promise<string> {
  const level = createHash('sha256')
    .update(
      readMigrations()
        .map((m) => m.hash)
        .join(),
    )
    .digest('hex')
    .slice(0, 12)
  const template = `canopee_template_${level}`
  const name = `canopee_test_${randomBytes(6).toString('hex')}`
  const urlOf = (database: string) =>
    Object.assign(new URL(testDatabaseUrl()), { pathname: `/${database}` }).href
  await onServer(async (client) => {
    // Test files start at once: the first makes the template, the others wait.
    await client.query(`select pg_advisory_lock(hashtext('canopee.template'))`)
    const { rowCount } = await client.query('select from pg_database where datname = $1 and datistemplate', [
      template,
    ])
    if (rowCount === 0) {
      await client.query(`drop database if exists ${template}`)
      await client.query(`create database ${template}`)
      const { openDatabase } = await import('./db.ts')
      const { openLog } = await import('./log.ts')
      const database = openDatabase(urlOf(template), { secret, poolSize: 4 }, openLog('error'))
      await migrate(database, secret)
      await database.close()
      await client.query(`alter database ${template} is_template true`)
    }
    await client.query(`create database ${name} template ${template}`)
    await client.query(`select pg_advisory_unlock(hashtext('canopee.template'))`)
  })
  return urlOf(name)
}
