import type { Problem } from '../contract/common.ts'
import type { AnswerOf, CallOf, Endpoint } from '../contract/endpoint.ts'
import { takeEarly } from './early.ts'
import { activeLanguage } from './i18n/catalogue.ts'
import { OfflineError, ProblemError } from './problem-error.ts'
import { actingEnded, doorClosed, sessionLost } from './session-lost.ts'

type AnyEndpoint = Pick<Endpoint, 'name' | 'method' | 'path'>

/** What goes with a call beside the endpoint's own input. */
export type CallOptions = {
  /** Same key and body give the same answer, however often it is sent (api.md, "Writes"). */
  idempotencyKey?: string
  signal?: AbortSignal
  /** A 401 stays the caller's business instead of leading to sign-in. */
  keepOn401?: boolean
}

/** Address of an endpoint below the current host, for links and downloads as well as calls. */
export function endpointUrl(
  endpoint: Pick<Endpoint, 'path'>,
  input: { params?: unknown; query?: unknown } = {},
): string {
  const params = (input.params ?? {}) as Record<string, unknown>
  const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name])))
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries((input.query ?? {}) as Record<string, unknown>)) {
    if (value === undefined || value === null || value === '') continue
    for (const one of Array.isArray(value) ? value : [value]) query.append(name, String(one))
  }
  const search = query.toString()
  return `/api/v1${path}${search ? `?${search}` : ''}`
}

/**
 * Calls an endpoint with the input its contract declares and gives its answer.
 * Throws `ProblemError` for a refusal, `OfflineError` when the server cannot be reached.
 */
export async function call<E extends AnyEndpoint>(
  endpoint: E,
  ...[input, options = {}]: undefined extends CallOf<E>['params'] & CallOf<E>['body']
    ? [input?: CallOf<E>, options?: CallOptions]
    : [input: CallOf<E>, options?: CallOptions]
): Promise<AnswerOf<E>> {
  const { body } = (input ?? {}) as { body?: unknown }
  const response = await send(endpointUrl(endpoint as never, input as never), {
    method: endpoint.method,
    body: body === undefined ? null : JSON.stringify(body),
    headers: {
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...(options.idempotencyKey ? { 'Idempotency-Key': options.idempotencyKey } : {}),
    },
    signal: options.signal ?? null,
  })
  return read(response, options) as Promise<AnswerOf<E>>
}

type Sent = Omit<RequestInit, 'headers'> & { headers: Record<string, string> }

async function send(url: string, init: Sent): Promise<Response> {
  try {
    const early = init.method === 'GET' ? takeEarly(url) : undefined
    if (early) return await early
    return await fetch(url, {
      ...init,
      credentials: 'same-origin',
      headers: { Accept: 'application/json', 'Accept-Language': activeLanguage(), ...init.headers },
    })
  } catch (error) {
    if (init.signal?.aborted) throw error
    throw new OfflineError(error)
  }
}

async function read(response: Response, options: CallOptions): Promise<unknown> {
  const isJson = /[/+]json/.test(response.headers.get('Content-Type') ?? '')
  const answer: unknown = isJson ? await response.json() : {}
  if (response.ok) return answer
  const problem = isJson ? (answer as Problem) : unknownProblem(response)
  const error = new ProblemError(problem)
  if (error.status === 401 && !options.keepOn401 && error.code.startsWith('session.')) sessionLost()
  if (error.code === 'acting.ended') actingEnded()
  if (error.code === 'account.closed') doorClosed()
  throw error
}

/** A gateway's answer, or the server's own before it could write a problem. */
function unknownProblem(response: Response): Problem {
  const requestId = response.headers.get('X-Request-Id') ?? '–'
  return {
    type: 'about:blank',
    title: '',
    status: response.status,
    code: 'server.failed',
    detail: '',
    requestId,
  }
}
