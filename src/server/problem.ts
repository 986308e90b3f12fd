import { randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { Locale, Problem } from '../contract/common.ts'
import { locales } from '../contract/common.ts'
import { Refusal, type FieldRefusal } from './refusal.ts'
import type { Texts } from './texts.ts'

/** Language of a request: what the caller accepts, first match, else the fallback. */
export function localeOf(header: string | undefined, fallback: Locale): Locale {
  for (const part of (header ?? '').split(',')) {
    const tag = part.split(';')[0]!.trim().slice(0, 2).toLowerCase()
    if ((locales as readonly string[]).includes(tag)) return tag as Locale
  }
  return fallback
}

/** The problem document of a refusal, its sentences in the caller's language. */
export function problemOf(refusal: Refusal, texts: Texts, locale: Locale, requestId: string): Problem {
  const { fields, values, data } = refusal.facts
  const title = texts.t(locale, `refusal.${refusal.code}`, values)
  return {
    type: `https://canopee.example/problems/${refusal.code}`,
    title,
    status: refusal.status,
    code: refusal.code,
    detail: title,
    ...(fields && {
      fields: Object.fromEntries(
        Object.entries(fields).map(([path, f]) => [path, fieldSentence(f, texts, locale)]),
      ),
    }),
    ...(data && { data }),
    requestId,
  }
}

function fieldSentence(field: FieldRefusal, texts: Texts, locale: Locale): { code: string; message: string } {
  const { code, values } = typeof field === 'string' ? { code: field, values: undefined } : field
  return { code, message: texts.t(locale, texts.has(code) ? code : 'field.invalid', values) }
}

/** 422 from what zod found: each issue at its field. Our schemas' messages are text keys already. */
export function refusalOfIssues(error: z.ZodError): Refusal {
  const fields: Record<string, FieldRefusal> = {}
  for (const issue of error.issues) {
    if (issue.code === 'unrecognized_keys')
      for (const key of issue.keys) fields[[...issue.path, key].join('.')] ??= 'field.unknown'
    else fields[issue.path.join('.') || 'body'] ??= fieldCode(issue)
  }
  return new Refusal(422, 'input.invalid', { fields })
}

function fieldCode(issue: z.core.$ZodIssue): FieldRefusal {
  if (/^[a-z_]+\.[a-z_.]+$/.test(issue.message)) return issue.message
  if (issue.code === 'invalid_type' && issue.input === undefined) return 'field.required'
  if (issue.code === 'too_big') return { code: 'field.too_big', values: { max: Number(issue.maximum) } }
  if (issue.code === 'too_small') return { code: 'field.too_small', values: { min: Number(issue.minimum) } }
  if (issue.code === 'invalid_value') return 'field.choice'
  return 'field.invalid'
}

/** Answers any error: refusals as they say, the rest as a 500 with a request id, logged once. */
export function answerError(
  request: FastifyRequest,
  reply: FastifyReply,
  error: unknown,
  texts: Texts,
  locale: Locale,
): FastifyReply {
  const refusal = error instanceof Refusal ? error : fromFastify(error)
  if (!refusal)
    request.log.error(
      { error: error instanceof Error ? error.stack : String(error), requestId: request.id },
      'unexpected error',
    )
  const answer = problemOf(refusal ?? new Refusal(500, 'server.error'), texts, locale, request.id)
  if (refusal?.facts.retryAfter !== undefined)
    void reply.header('retry-after', String(refusal.facts.retryAfter))
  return reply.status(answer.status).type('application/problem+json').send(answer)
}

const unavailable = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  '57P01',
  '57P02',
  '57P03',
  '53300',
  '53100',
  '08006',
  '08001',
])

/** Whether an error says that the database is away, stopping or full: it passes by itself. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error ? String(error.code) : ''
  return (
    unavailable.has(code) ||
    /timeout exceeded when trying to connect|Connection terminated|is not queryable/.test(error.message)
  )
}

function fromFastify(error: unknown): Refusal | undefined {
  if (!(error instanceof Error)) return undefined
  const code = 'code' in error ? String(error.code) : ''
  // Say so, with 503, so that nobody believes a write went through.
  if (isDatabaseAway(error)) return new Refusal(503, 'server.unavailable', { retryAfter: 5 })
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE' || code === 'FST_REQ_FILE_TOO_LARGE')
    return new Refusal(413, 'input.too_large')
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return new Refusal(415, 'input.media_type')
  const status = 'statusCode' in error ? Number(error.statusCode) : 500
  if (status >= 400 && status < 500) return new Refusal(400, 'input.malformed')
  return undefined
}

/** A request id of our own: a caller's is never trusted. */
export function newRequestId(): string {
  return randomUUID()
}
