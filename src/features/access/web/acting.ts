import { call } from '../../../web/call.ts'
import { isProblem } from '../../../web/problem-error.ts'
import { paths, safeReturn } from '../../../web/paths.ts'
import type { ActingSession } from '../../../web/slots.ts'
import { endAccessSession, renewAccessSession, setAccessSessionReadOnly } from '../contract.ts'

const key = 'canopee.acting.back'

/** Remembers the page one leaves to act as somebody, one per step of the chain; forgotten with the tab. */
export function rememberWayBack(): void {
  sessionStorage.setItem(key, JSON.stringify([...waysBack(), location.pathname + location.search]))
}

function waysBack(): string[] {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(key) ?? '[]')
    return Array.isArray(stored) ? stored.filter((v) => typeof v === 'string') : []
  } catch {
    return []
  }
}

/** What the shell's bar asks of the acting session (interface.md, "Acting-as"). */
export const acting: ActingSession = {
  async leave() {
    const stack = waysBack()
    const back = stack.pop()
    try {
      const { current } = await call(endAccessSession, {})
      // Out of everything: what is left in the memory of ways back led to steps that are over.
      sessionStorage.setItem(key, JSON.stringify(current ? stack : []))
    } catch (error) {
      // It ended by itself meanwhile: one is back already.
      if (!isProblem(error, 'acting.none')) throw error
      sessionStorage.removeItem(key)
    }
    return safeReturn(back ?? paths.home)
  },
  async setReadOnly(readOnly) {
    await call(setAccessSessionReadOnly, { body: { readOnly } })
  },
  async extend() {
    await call(renewAccessSession, {})
  },
}
