import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import staticFiles from '@fastify/static'
import { Refusal } from './refusal.ts'

const dist = join(import.meta.dirname, '../../dist/web')

/** Serves the built pages: hashed assets for a year, and the one document for every path of a page. */
export function pageRoutes(server: FastifyInstance): void {
  const document = join(dist, 'index.html')
  if (existsSync(dist)) {
    void server.register(staticFiles, { root: join(dist, 'assets'), prefix: '/assets/', immutable: true, maxAge: '1y', index: false, preCompressed: true })
  }
  const html = existsSync(document) ? readFileSync(document, 'utf8') : undefined
  server.setNotFoundHandler(async (request, reply) => {
    const isPage = request.method === 'GET' && !request.url.startsWith('/api/') && !request.url.startsWith('/assets/') && (request.headers.accept ?? '*/*').includes('*/*')
    if (!isPage || html === undefined) throw new Refusal(404, 'not.found')
    return reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(html)
  })
}
