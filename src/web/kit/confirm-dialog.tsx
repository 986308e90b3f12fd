import { useState } from 'react'
import type { ReactNode } from 'react'
import { Button, Modal } from '@mantine/core'
import { useT } from '../i18n/use-t.ts'
import { notifyError } from './notices.tsx'
import './dialogs.css'

type ConfirmDialogProps = {
  opened: boolean
  onClose: () => void
  /** A question with its object: "Désactiver le sous-compte de Léa Martin ?" */
  title: ReactNode
  /** What follows, for whom, and whether it can be undone. */
  children: ReactNode
  /** Verb and object: "Désactiver le sous-compte". */
  confirmLabel: string
  danger?: boolean
  /** The dialog stays open while it runs and when it is refused; the reason is shown. */
  onConfirm: () => Promise<unknown>
}

/** Only for money, mail to people outside, rights lost; what can be undone asks nothing. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const t = useT()
  const [busy, setBusy] = useState(false)
  const confirm = async () => {
    setBusy(true)
    try {
      await props.onConfirm()
      props.onClose()
    } catch (error) {
      notifyError(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Modal opened={props.opened} onClose={props.onClose} title={props.title} size={460}>
      <div className="dialog-body">
        <div className="dialog-content">{props.children}</div>
        <div className="dialog-buttons">
          <Button variant="default" onClick={props.onClose} data-autofocus={props.danger || undefined}>
            {t('kit.cancel')}
          </Button>
          <Button
            {...(props.danger ? { color: 'red' } : {})}
            loading={busy}
            data-autofocus={props.danger ? undefined : true}
            onClick={() => void confirm()}
          >
            {props.confirmLabel}
          </Button>
        </div>
      </div>
    </Modal>
  )
}
