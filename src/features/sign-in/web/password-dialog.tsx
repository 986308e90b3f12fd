import type { ReactNode } from 'react'
import { Button, Modal, PasswordInput } from '@mantine/core'
import { z } from 'zod'
import { useT } from '../../../web/i18n/use-t.ts'
import { useZodForm } from '../../../web/use-zod-form.ts'
import { currentPassword } from '../contract.ts'
import '../../../web/kit/dialogs.css'

type PasswordDialogProps = {
  opened: boolean
  onClose: () => void
  title: string
  /** What is about to change, and what follows. */
  children?: ReactNode
  /** Verb and object. */
  confirmLabel: string
  danger?: boolean
  /** Gets the password; a wrong one is said under the field and the dialog stays. */
  onConfirm: (currentPassword: string) => Promise<unknown>
}

const schema = z.object({ currentPassword })

/** Asks for the password again before a means of sign-in changes: a session left open is not enough. */
export function PasswordDialog(props: PasswordDialogProps) {
  return (
    <Modal opened={props.opened} onClose={props.onClose} title={props.title} size={440}>
      <PasswordForm {...props} />
    </Modal>
  )
}

// Mounted with the dialog, so that a password typed and given up is not there the next time.
function PasswordForm(props: PasswordDialogProps) {
  const t = useT()
  const form = useZodForm({ initialValues: { currentPassword: '' }, schema })
  return (
    <form
      ref={form.ref}
      className="dialog-body"
      noValidate
      onSubmit={form.submit((body) => props.onConfirm(body.currentPassword))}
    >
      {props.children}
      <PasswordInput
        label={t('sign_in.currentPassword')}
        autoComplete="current-password"
        data-autofocus
        visibilityToggleButtonProps={{ 'aria-label': t('sign_in.password.show') }}
        {...form.getInputProps('currentPassword')}
      />
      <div className="dialog-buttons">
        <Button variant="default" onClick={props.onClose}>
          {t('kit.cancel')}
        </Button>
        <Button type="submit" loading={form.submitting} {...(props.danger ? { color: 'red' } : {})}>
          {props.confirmLabel}
        </Button>
      </div>
    </form>
  )
}
