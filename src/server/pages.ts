import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { extname, join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import staticFiles from '@fastify/static'
import { Refusal } from './refusal.ts'

const dist = join(import.meta.dirname, '../../dist/web')

const types: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
}

/**
 * Serves the built pages: hashed assets for a year, the few files beside the document (icon, first script), and
 * the one document for every path of a page.
 */
export function pageRoutes(server: FastifyInstance): void {
  const document = join(dist, 'index.html')
  if (existsSync(dist)) {
    void server.register(staticFiles, {
      root: join(dist, 'assets'),
      prefix: '/assets/',
      immutable: true,
      maxAge: '1y',
      index: false,
      preCompressed: true,
    })
    for (const name of readdirSync(dist)) {
      const type = types[extname(name)]
      if (type === undefined) continue
      const content = readFileSync(join(dist, name))
      server.get(`/${name}`, async (_, reply) =>
        reply.type(type).header('cache-control', 'public, max-age=3600').send(content),
      )
    }
  }
  const html = existsSync(document) ? readFileSync(document, 'utf8') : undefined
  server.setNotFoundHandler(async (request, reply) => {
    const isPage =
      request.method === 'GET' &&
      !request.url.startsWith('/api/') &&
      !request.url.startsWith('/assets/') &&
      (request.headers.accept ?? '*/*').includes('*/*')
    if (!isPage || html === undefined) throw new Refusal(404, 'not.found')
    return reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(html)
  })
}
