import { useEffect, useState } from 'react'
import { Portal } from '@mantine/core'
import { IconArrowBackUp, IconX } from '@tabler/icons-react'
import { useT } from '../i18n/use-t.ts'
import { isTyping } from '../shortcuts.ts'
import { hideToast, latestUndo, useToasts } from './notice-store.ts'
import type { Toast } from './notice-store.ts'
import './notices.css'

/** The notices at the foot of the page; Ctrl+Z undoes the newest act that can be. */
export function Notices() {
  const toasts = useToasts()
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const wanted = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === 'z'
      // In a field Ctrl+Z is the field's own.
      if (!wanted || isTyping(event.target)) return
      const undo = latestUndo()
      if (!undo) return
      event.preventDefault()
      undo()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
  return (
    <Portal>
      <div className="toasts" aria-live="polite">
        {toasts.map((toast) => (
          <ToastLine key={toast.id} toast={toast} />
        ))}
      </div>
    </Portal>
  )
}

function ToastLine({ toast }: { toast: Toast }) {
  const t = useT()
  const [held, setHeld] = useState(false)
  const { id, stay } = toast
  useEffect(() => {
    if (held) return undefined
    const timer = setTimeout(() => hideToast(id), stay)
    return () => clearTimeout(timer)
  }, [id, stay, held])
  return (
    <div
      className="toast"
      data-tone={toast.tone}
      role={toast.tone === 'error' ? 'alert' : undefined}
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <div className="toast-text">{toast.message}</div>
      {toast.undo ? (
        <button type="button" className="toast-undo" onClick={toast.undo}>
          <IconArrowBackUp size={15} aria-hidden="true" />
          {t('kit.undo')}
        </button>
      ) : null}
      <button type="button" className="toast-close" aria-label={t('kit.close')} onClick={() => hideToast(id)}>
        <IconX size={15} />
      </button>
    </div>
  )
}
