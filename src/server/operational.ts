import type { FastifyInstance } from 'fastify'
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { App } from './context.ts'
import { isMigrated } from './migrate.ts'
import { sameSecret } from './keys.ts'

/** Fixed paths for whoever runs the installation: `/healthz`, `/readyz`, `/metrics` (operator's token). */
export function operationalRoutes(server: FastifyInstance, app: App): void {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const seconds = new Histogram({
    name: 'http_request_seconds',
    help: 'Time to answer',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
    registers: [registry],
  })
  const failures = new Counter({
    name: 'http_server_errors_total',
    help: 'Answers of 500 and above',
    registers: [registry],
  })
  new Gauge({
    name: 'database_connections',
    help: 'Connections of the application pool',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      this.set({ state: 'open' }, app.database.app.totalCount)
      this.set({ state: 'idle' }, app.database.app.idleCount)
      this.set({ state: 'waiting' }, app.database.app.waitingCount)
    },
  })
  server.addHook('onResponse', async (request, reply) => {
    seconds.observe(
      { method: request.method, route: request.routeOptions.url ?? 'none', status: String(reply.statusCode) },
      reply.elapsedTime / 1000,
    )
    if (reply.statusCode >= 500) failures.inc()
  })
  server.get('/healthz', async () => ({ status: 'up' }))
  server.get('/readyz', async (_request, reply) => {
    const migrated = await isMigrated(app.database.owner).catch(() => false)
    return reply.status(migrated ? 200 : 503).send({ status: migrated ? 'ready' : 'not ready' })
  })
  server.get('/metrics', async (request, reply) => {
    const given = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1]
    if (!app.config.operatorToken || !given || !sameSecret(given, app.config.operatorToken))
      return reply.status(401).send({ status: 'operator token required' })
    return reply.type(registry.contentType).send(await registry.metrics())
  })
}
