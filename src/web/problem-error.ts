import type { Problem } from '../contract/common.ts'

/** A refusal or a failure the server answered, as `application/problem+json` says it. */
export class ProblemError extends Error {
  readonly status: number
  readonly code: string
  readonly title: string
  /** One sentence in the user's language: what, why, what to do. */
  readonly detail: string
  /** Field path → code and sentence, when the input was at fault. */
  readonly fields: Record<string, { code: string; message: string }>
  readonly data: Record<string, unknown>
  /** What support looks for in the logs. */
  readonly requestId: string

  constructor(problem: Problem) {
    super(`${problem.status} ${problem.code}`)
    this.name = 'ProblemError'
    this.status = problem.status
    this.code = problem.code
    this.title = problem.title
    this.detail = problem.detail
    this.fields = problem.fields ?? {}
    this.data = problem.data ?? {}
    this.requestId = problem.requestId
  }
}

/** The server could not be reached: nothing is known to have been written. */
export class OfflineError extends Error {
  constructor(cause: unknown) {
    super('offline', { cause })
    this.name = 'OfflineError'
  }
}

/** Whether an error is this refusal, e.g. `isProblem(error, 'client.archived')`. */
export function isProblem(error: unknown, code: string): error is ProblemError {
  return error instanceof ProblemError && error.code === code
}
