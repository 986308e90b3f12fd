import type { FastifyReply } from 'fastify'
import type { Config } from './config.ts'

/** `__Host-session` binds the cookie to one host over TLS; plain http is for localhost only and cannot carry it. */
export function sessionCookieName(config: Pick<Config, 'baseUrl'>): string {
  return config.baseUrl.protocol === 'https:' ? '__Host-session' : 'session'
}

/** Sets the cookie for `maxAgeSeconds`, or until the browser closes when undefined. */
export function setSessionCookie(
  reply: FastifyReply,
  config: Config,
  token: string,
  maxAgeSeconds?: number,
): void {
  void reply.setCookie(sessionCookieName(config), token, {
    ...options(config),
    ...(maxAgeSeconds !== undefined && { maxAge: maxAgeSeconds }),
  })
}

/** Takes the cookie away. */
export function clearSessionCookie(reply: FastifyReply, config: Config): void {
  void reply.clearCookie(sessionCookieName(config), options(config))
}

function options(config: Config) {
  return { path: '/', httpOnly: true, sameSite: 'lax', secure: config.baseUrl.protocol === 'https:' } as const
}
