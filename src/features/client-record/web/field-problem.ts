import { ProblemError } from '../../../web/problem-error.ts'

/** A refusal of the page itself at one field, shaped as the server's so that fields show it the same way. */
export function fieldProblem(field: string, code: string, message: string): ProblemError {
  return new ProblemError({
    type: 'about:blank',
    title: message,
    status: 422,
    code: 'input.invalid',
    detail: message,
    fields: { [field]: { code, message } },
    requestId: '',
  })
}
