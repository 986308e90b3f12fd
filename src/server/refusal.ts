/** A field's refusal: a text key and the values its sentence needs. */
export type FieldRefusal = string | { code: string; values?: Record<string, unknown> }

type Facts = {
  fields?: Record<string, FieldRefusal>
  /** Values of the sentence `refusal.<code>`. */
  values?: Record<string, unknown>
  /** Facts the page may use to offer a way on; sent as `data`. */
  data?: Record<string, unknown>
  /** Seconds, for `Retry-After`. */
  retryAfter?: number
}

/**
 * A "no" with a reason, answered as application/problem+json.
 * 404 outside your view, 403 visible but not permitted, 409 state, 410 spent link, 422 input, 429 too many.
 * The transaction is rolled back.
 */
export class Refusal extends Error {
  readonly status: number
  readonly code: string
  readonly facts: Facts
  constructor(status: number, code: string, facts: Facts = {}) {
    super(code)
    this.status = status
    this.code = code
    this.facts = facts
  }
}

/** It does not exist for you: outside your sight, or nowhere. */
export function notFound(): Refusal {
  return new Refusal(404, 'not.found')
}

/** 422 on one or several fields; keys are paths in the body such as `email` or `billing.siren`. */
export function invalid(fields: Record<string, FieldRefusal>): Refusal {
  return new Refusal(422, 'input.invalid', { fields })
}
