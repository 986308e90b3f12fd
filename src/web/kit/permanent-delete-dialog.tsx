import { useState } from 'react'
import type { ReactNode } from 'react'
import { Button, Modal, TextInput } from '@mantine/core'
import { T } from '../i18n/rich-text.tsx'
import { useT } from '../i18n/use-t.ts'
import { notifyError } from './notices.tsx'
import './dialogs.css'

type PermanentDeleteDialogProps = {
  opened: boolean
  onClose: () => void
  title: ReactNode
  /** What must be typed to go on. */
  name: string
  /** What goes (n deals, amount) and what stays (n contacts). */
  goes: ReactNode
  stays?: ReactNode
  /** The safer ways, as buttons: "Archiver plutôt". */
  saferWays?: ReactNode
  confirmLabel: string
  onConfirm: () => Promise<unknown>
}

/** The last word before a loss for good: the name typed, what goes, what stays, the safer way beside. */
export function PermanentDeleteDialog(props: PermanentDeleteDialogProps) {
  const t = useT()
  const [typed, setTyped] = useState('')
  const [busy, setBusy] = useState(false)
  const same = typed.trim().localeCompare(props.name.trim(), undefined, { sensitivity: 'base' }) === 0
  const close = () => {
    setTyped('')
    props.onClose()
  }
  const confirm = async () => {
    if (!same) return
    setBusy(true)
    try {
      await props.onConfirm()
      close()
    } catch (error) {
      notifyError(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Modal opened={props.opened} onClose={close} title={props.title} size={480}>
      <form
        className="dialog-body"
        onSubmit={(event) => {
          event.preventDefault()
          void confirm()
        }}
      >
        <div>{props.goes}</div>
        {props.stays ? <div>{props.stays}</div> : null}
        {props.saferWays ? <div className="dialog-safer">{props.saferWays}</div> : null}
        <TextInput
          data-autofocus
          autoComplete="off"
          label={<T id="kit.delete.type" values={{ name: props.name }} />}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <div className="dialog-buttons">
          <Button variant="default" onClick={close}>
            {t('kit.cancel')}
          </Button>
          <Button type="submit" color="red" disabled={!same} loading={busy}>
            {props.confirmLabel}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
