import type { ReactNode } from 'react'
import { notifications } from '@mantine/notifications'
import { IconArrowBackUp } from '@tabler/icons-react'
import { translate } from '../i18n/use-t.ts'
import { OfflineError, ProblemError } from '../problem-error.ts'
import { isTyping } from '../shortcuts.ts'
import './notices.css'

/** How long an act can be undone, in milliseconds (interface.md, "Undo first"). */
const undoMs = 9_000

let latestUndo: (() => void) | undefined
let serial = 0

function close() {
  return { withCloseButton: true, closeButtonProps: { 'aria-label': translate('kit.close') } }
}

/** Says that something was done: "Invitation envoyée à lea@agence.fr." */
export function notify(message: ReactNode): void {
  notifications.show({ ...close(), color: 'brand', message, autoClose: 5_000 })
}

/** Says why something was not done, in the server's words, with the request's id when it is a bug. */
export function notifyError(error: unknown): void {
  let message: ReactNode = translate('kit.error.text')
  if (error instanceof OfflineError) message = `${translate('kit.error.offline')}. ${translate('kit.error.offlineText')}`
  if (error instanceof ProblemError) {
    const bug = error.status >= 500 ? ` ${translate('kit.error.request')} ${error.requestId}` : ''
    message = `${error.detail || translate('kit.error.text')}${bug}`
  }
  notifications.show({ ...close(), color: 'red', message, autoClose: 9_000, role: 'alert' })
}

/**
 * Says what was just done and offers "Annuler" for 9 s, and Ctrl+Z. `undo` puts everything back; if it
 * fails the reason is shown.
 */
export function undoable(message: ReactNode, undo: () => unknown): void {
  serial += 1
  const id = `undo-${serial}`
  const run = () => {
    if (latestUndo === run) latestUndo = undefined
    notifications.hide(id)
    Promise.resolve()
      .then(undo)
      .catch((error: unknown) => notifyError(error))
  }
  latestUndo = run
  notifications.show({
    ...close(),
    id,
    color: 'brand',
    autoClose: undoMs,
    onClose: () => {
      if (latestUndo === run) latestUndo = undefined
    },
    message: (
      <span className="undo-notice">
        <span>{message}</span>
        <button type="button" onClick={run}>
          <IconArrowBackUp size={15} aria-hidden="true" />
          {translate('kit.undo')}
        </button>
      </span>
    ),
  })
}

if (typeof window !== 'undefined') {
  window.addEventListener('keydown', (event) => {
    const undo = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === 'z'
    // In a field Ctrl+Z is the field's own.
    if (!undo || !latestUndo || isTyping(event.target)) return
    event.preventDefault()
    latestUndo()
  })
}
