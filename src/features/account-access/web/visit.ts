import { call } from '../../../web/call.ts'
import { ProblemError } from '../../../web/problem-error.ts'
import { paths } from '../../../web/paths.ts'
import type { ActingSession } from '../../../web/slots.ts'
import { leaveAccount, renewVisit, setVisitReadOnly } from '../contract.ts'

const key = 'canopee.visit.back'

/** Remembers the agency's page one came from, for this tab: a visit may end without being asked. */
export function rememberVisit(backUrl: string): void {
  sessionStorage.setItem(key, backUrl)
}

/** The agency's page one came from; null when this tab was in no visit. */
export function visitBackUrl(): string | null {
  const url = sessionStorage.getItem(key)
  return url !== null && /^https?:\/\//.test(url) ? url : null
}

/** What the shell's bar asks of a visit to a hosted account (interface.md, "Acting-as"). */
export const visit: ActingSession = {
  async leave() {
    const remembered = visitBackUrl()
    try {
      const { url } = await call(leaveAccount, {}, { keepOn401: true })
      sessionStorage.removeItem(key)
      return url
    } catch (error) {
      // It ended by itself meanwhile: one goes back all the same.
      if (!(error instanceof ProblemError) || ![401, 403, 409].includes(error.status)) throw error
      sessionStorage.removeItem(key)
      return remembered ?? paths.signIn
    }
  },
  async setReadOnly(readOnly) {
    await call(setVisitReadOnly, { body: { readOnly } })
  },
  async extend() {
    await call(renewVisit, {})
  },
}
