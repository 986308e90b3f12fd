import { call } from '../../../web/call.ts'
import { ProblemError } from '../../../web/problem-error.ts'
import { forgetDrafts } from '../../../web/use-draft.ts'
import { signOut as endpoint } from '../contract.ts'

/** Ends the session (B15); one that has already ended is as good. */
export async function signOut(): Promise<void> {
  try {
    await call(endpoint, {}, { keepOn401: true })
  } catch (error) {
    if (!(error instanceof ProblemError && error.status === 401)) throw error
  }
  forgetDrafts()
}
