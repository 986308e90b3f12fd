import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Config } from './config.ts'

// Mantine writes its variables into style elements: styles may be inline, scripts never.
const policy = [
  `default-src 'none'`,
  `script-src 'self'`,
  `style-src 'self' 'unsafe-inline'`,
  `img-src 'self' data: blob:`,
  `font-src 'self'`,
  `connect-src 'self'`,
  `manifest-src 'self'`,
  `object-src 'none'`,
  `frame-src 'self'`,
  `base-uri 'none'`,
  `form-action 'self'`,
  `frame-ancestors 'none'`,
].join('; ')

/** Headers of every answer: strict content policy, no sniffing, no framing, no referrer, nothing kept of API answers. */
export function securityHeaders(request: FastifyRequest, reply: FastifyReply, config: Config): void {
  void reply.headers({
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'x-frame-options': 'DENY',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=()',
    'x-request-id': request.id,
  })
  if (config.baseUrl.protocol === 'https:')
    void reply.header('strict-transport-security', 'max-age=31536000; includeSubDomains')
  if (request.url.startsWith('/api/')) void reply.header('cache-control', 'no-store')
}
