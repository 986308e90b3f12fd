import type { ReactNode } from 'react'
import { translate } from '../i18n/use-t.ts'
import { OfflineError, ProblemError } from '../problem-error.ts'
import { hideToast, showToast } from './notice-store.ts'

/** How long an act can be undone, in milliseconds (interface.md, "Undo first"). */
const undoMs = 9_000

/** Says that something was done: "Invitation envoyée à lea@agence.fr." */
export function notify(message: ReactNode): void {
  showToast({ message, tone: 'done', stay: 5_000 })
}

/** Says why something was not done, in the server's words, with the request's id when it is a bug. */
export function notifyError(error: unknown): void {
  showToast({ message: reasonOf(error), tone: 'error', stay: 9_000 })
}

/**
 * Says what was just done and offers "Annuler" for 9 s, and Ctrl+Z. `undo` puts everything back; if it
 * fails the reason is shown.
 */
export function undoable(message: ReactNode, undo: () => unknown): void {
  const id = showToast({
    message,
    tone: 'done',
    stay: undoMs,
    undo: () => {
      hideToast(id)
      Promise.resolve().then(undo).catch(notifyError)
    },
  })
}

/** One or two sentences on why something failed. */
export function reasonOf(error: unknown): string {
  if (error instanceof OfflineError)
    return `${translate('kit.error.offline')}. ${translate('kit.error.offlineText')}`
  if (!(error instanceof ProblemError)) return translate('kit.error.text')
  const request = error.status >= 500 ? ` ${translate('kit.error.request')} ${error.requestId}` : ''
  return `${error.detail || translate('kit.error.text')}${request}`
}
