import Fastify, { LogController, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import cookie from '@fastify/cookie'
import multipart from '@fastify/multipart'
import type { App, Ctx, SessionFacts } from './context.ts'
import type { Tx } from './db.ts'
import type { Route } from './route.ts'
import type { Endpoint } from '../contract/endpoint.ts'
import { opens } from '../contract/rights.ts'
import { detachedFrom } from './detached.ts'
import { HostTable, type Realm } from './hosts.ts'
import { identify } from './identify.ts'
import { hashToken } from './keys.ts'
import { markSeen } from './last-seen.ts'
import { letThrough } from './let-through.ts'
import { once } from './idempotency.ts'
import { answerError, localeOf, newRequestId, refusalOfIssues } from './problem.ts'
import { RateLimit } from './rate-limit.ts'
import { Refusal, invalid, notFound } from './refusal.ts'
import { runInTenant } from './run-in-tenant.ts'
import { securityHeaders } from './security-headers.ts'
import { sessionCookieName } from './session-cookie.ts'

/** Base path of the API. */
export const apiBase = '/api/v1'

/** Builds the HTTP server over a list of routes. Pages and operational paths are added by the caller. */
export function buildServer(app: App, routes: readonly Route[]): FastifyInstance {
  const server = Fastify({
    loggerInstance: app.log as never,
    // One line a request, ours: Fastify's own would carry the whole URL, search words included.
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: newRequestId,
    trustProxy: app.config.trustProxy ?? false,
    bodyLimit: 1024 * 1024,
    // Fastify's defaults never time out: slow headers and bodies would hold connections for good.
    requestTimeout: 10_000,
    connectionTimeout: 0,
    keepAliveTimeout: 30_000,
    http: { headersTimeout: 5_000, connectionsCheckingInterval: 1_000 },
    forceCloseConnections: 'idle',
    return503OnClosing: true,
  } as never) as unknown as FastifyInstance
  const hosts = new HostTable(app.database.app, app.config)
  const limits: Limits = {
    caller: new RateLimit(app.config.rateLimit),
    address: new RateLimit(app.config.rateLimit * 10),
    dear: new RateLimit(Math.max(1, Math.round(app.config.rateLimit / 100))),
  }
  void server.register(cookie)
  void server.register(multipart, {
    throwFileSizeLimit: true,
    limits: { files: 1, fields: 20, fieldSize: 20_000, headerPairs: 50 },
  })
  server.addHook('onRequest', async (request, reply) => {
    securityHeaders(request, reply, app.config)
    if (
      request.url.startsWith('/healthz') ||
      request.url.startsWith('/readyz') ||
      request.url.startsWith('/metrics')
    )
      return
    const realm = await hosts.resolve(request.headers.host)
    if (!realm) throw new Refusal(421, 'host.unknown')
    ;(request as Located).realm = realm
  })
  server.addHook('onResponse', async (request, reply) => {
    app.log.info(
      {
        requestId: request.id,
        route: request.routeOptions.url ?? 'none',
        method: request.method,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
      },
      'request',
    )
  })
  server.setErrorHandler((error, request, reply) =>
    answerError(request, reply, error, app.texts, localeOf(request.headers['accept-language'], 'fr')),
  )
  for (const r of routes) {
    server.route({
      method: r.endpoint.method,
      url: apiBase + r.endpoint.path,
      handler: (request, reply) => handle(app, limits, r, request as Located, reply),
    })
  }
  return server
}

/** Requests a minute: of one session (or address without one), and of one address whatever cookies it shows. */
type Limits = { caller: RateLimit; address: RateLimit; dear: RateLimit }

type Located = FastifyRequest & { realm: Realm }

async function handle(
  app: App,
  limits: Limits,
  r: Route,
  request: Located,
  reply: FastifyReply,
): Promise<unknown> {
  const { endpoint } = r
  const { realm } = request
  const language = localeOf(request.headers['accept-language'], 'fr')
  let locale = language
  try {
    if (!endpoint.realms.includes(realm.kind)) throw notFound()
    if (endpoint.method !== 'GET') sameOrigin(request)
    const token = request.cookies[sessionCookieName(app.config)]
    // A cookie costs nothing to invent: whatever it says, an address has a wider limit of its own.
    if (token !== undefined) limited(limits.address, request.ip, reply)
    if (endpoint.dear) limited(limits.dear, `${endpoint.name} ${request.ip}`, reply)
    // Its hash, because a header may be long and is remembered.
    limited(limits.caller, token === undefined ? request.ip : hashToken(token).toString('base64'), reply)
    const known = {
      agencyId: realm.agencyId,
      requestId: request.id,
      realm,
      locale,
      ip: request.ip,
      userAgent: request.headers['user-agent']?.slice(0, 300) ?? null,
      readOnly: r.readOnly ?? false,
    }
    const work = async (ctx: Ctx) => {
      permitted(endpoint, ctx)
      const input = parse(endpoint, request)
      const key = request.headers['idempotency-key']
      const run = () => r.run(ctx, input as never, { request, reply })
      if (typeof key === 'string' && endpoint.method === 'POST' && !endpoint.upload && !endpoint.streams)
        return once(ctx, key, endpoint.name, input, run)
      if (endpoint.idempotencyKey === 'required') throw new Refusal(422, 'idempotency.required')
      return run()
    }
    let seen: SessionFacts | null = null
    const who = async (tx: Tx) => {
      const identity = await identify(tx, realm, token)
      if (identity.seenDue) seen = identity.session ?? null
      // The language asked for wins: pages ask in the user's own.
      if (request.headers['accept-language'] === undefined && identity.userLocale)
        locale = identity.userLocale
      return identity
    }
    const answer = r.detached
      ? await runDetached(
          r,
          await runInTenant(app, known, async (ctx) => (permitted(endpoint, ctx), detachedFrom(ctx)), who),
          { request, reply },
        )
      : // The operator's calls open transactions in other tenants, which are let through each by itself.
        realm.kind === 'operator' || endpoint.upload || endpoint.streams
        ? await runInTenant(app, known, work, who)
        : await letThrough(() => runInTenant(app, known, work, who))
    if (seen) await rememberSeen(app, realm.agencyId, seen)
    // oxlint-disable-next-line typescript/return-await -- a reply is thenable, but waits for the client
    if (reply.sent || endpoint.streams) return reply
    // oxlint-disable-next-line typescript/return-await -- the same
    return reply.status(endpoint.status ?? 200).send(endpoint.status === 204 ? undefined : answer)
  } catch (error) {
    return answerError(request, reply, error, app.texts, language)
  }
}

function rememberSeen(app: App, agencyId: string, session: SessionFacts): Promise<void> {
  return runInTenant(app, { agencyId }, (ctx) => markSeen(ctx.tx, agencyId, session, ctx.nowIso))
}

/** Runs a use case that opens its own transactions: what is slow in it holds no connection meanwhile. */
function runDetached(
  r: Route,
  ctx: Ctx,
  exchange: { request: FastifyRequest; reply: FastifyReply },
): Promise<unknown> {
  return r.run(ctx, parse(r.endpoint, exchange.request) as never, exchange)
}

function permitted(endpoint: Endpoint, ctx: Ctx): void {
  // Whose place it is may be asked at any door; nothing else answers at a closed one, whoever asks.
  if (ctx.account?.door === 'closed' && endpoint.name !== 'getRealm') throw new Refusal(403, 'account.closed')
  if (endpoint.may === 'anyone') return
  if (!ctx.actor) throw new Refusal(401, 'session.required')
  if (ctx.account?.door === 'readOnly' && endpoint.method !== 'GET' && !endpoint.ofThePerson)
    throw new Refusal(403, 'account.read_only')
  // A page that still believes it writes in somebody else's name must not write in one's own instead.
  if (ctx.session?.actingEnded && endpoint.method !== 'GET' && !endpoint.allowedWhenReadOnly)
    throw new Refusal(409, 'acting.ended')
  if (ctx.acting && endpoint.refusedWhileActing) throw new Refusal(403, 'acting.forbidden')
  if (ctx.acting?.readOnly && endpoint.method !== 'GET' && !endpoint.allowedWhenReadOnly)
    throw new Refusal(403, 'acting.read_only')
  if (endpoint.may !== 'signedIn' && !opens(ctx.agency?.kind, endpoint.may)) throw notFound()
  if (endpoint.may !== 'signedIn' && !ctx.may(endpoint.may)) throw new Refusal(403, 'right.missing')
}

function parse(
  endpoint: Endpoint,
  request: FastifyRequest,
): { params: unknown; query: unknown; body: unknown } {
  const params = endpoint.params?.safeParse(request.params)
  // An id that is no id is an id that does not exist.
  if (params && !params.success) throw notFound()
  // No text of ours holds it and PostgreSQL takes none that does: refused here, once for every field.
  for (const part of [request.query, endpoint.upload ? {} : request.body])
    for (const [field, value] of Object.entries(part ?? {}))
      if (holdsNul(value)) throw invalid({ [field]: 'field.control_characters' })
  const query = endpoint.query?.safeParse(request.query)
  if (query && !query.success) throw refusalOfIssues(query.error)
  const body = endpoint.upload ? undefined : endpoint.body?.safeParse(request.body ?? {})
  if (body && !body.success) throw refusalOfIssues(body.error)
  return { params: params?.data, query: query?.data, body: body?.data }
}

function holdsNul(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\0')
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsNul)
}

/** A write from a page must come from that very host: cookies alone prove nothing (CSRF). */
function sameOrigin(request: FastifyRequest): void {
  const { origin, host } = request.headers
  const site = request.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none')
    throw new Refusal(403, 'origin.foreign')
  if (origin !== undefined && (!URL.canParse(origin) || new URL(origin).host !== host))
    throw new Refusal(403, 'origin.foreign')
}

function limited(limit: RateLimit, key: string, reply: FastifyReply): void {
  const state = limit.take(key)
  void reply.headers({
    'ratelimit-limit': state.limit,
    'ratelimit-remaining': state.remaining,
    'ratelimit-reset': state.reset,
  })
  if (!state.allowed)
    throw new Refusal(429, 'rate.limited', { retryAfter: Math.max(1, Math.ceil(60 / state.limit)) })
}
