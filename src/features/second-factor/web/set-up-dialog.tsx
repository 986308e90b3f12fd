import { useState } from 'react'
import { Button, Modal, TextInput } from '@mantine/core'
import type { AnswerOf } from '../../../contract/endpoint.ts'
import { call } from '../../../web/call.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { useZodForm } from '../../../web/use-zod-form.ts'
import { PasswordDialog } from '../../sign-in/web/password-dialog.tsx'
import { beginTotp, confirmTotp } from '../contract.ts'
import './second-factor.css'
import '../../../web/kit/dialogs.css'

type Begun = AnswerOf<typeof beginTotp>
type SetUpDialogProps = { opened: boolean; onClose: () => void; onDone: (recoveryCodes: string[]) => void }

/** The set-up: the password, then the QR code and a first code of the application. */
export function SetUpDialog({ opened, onClose, onDone }: SetUpDialogProps) {
  const t = useT()
  const [begun, setBegun] = useState<Begun>()
  const close = () => {
    setBegun(undefined)
    onClose()
  }
  return (
    <>
      <PasswordDialog
        opened={opened && begun === undefined}
        onClose={close}
        title={t('second_factor.on')}
        confirmLabel={t('second_factor.continue')}
        onConfirm={async (currentPassword) => setBegun(await call(beginTotp, { body: { currentPassword } }))}
      >
        <p className="ink-2">{t('second_factor.onText')}</p>
      </PasswordDialog>
      <Modal
        opened={opened && begun !== undefined}
        onClose={close}
        title={t('second_factor.scan')}
        size={440}
      >
        {begun ? (
          <FirstCode
            begun={begun}
            onClose={close}
            onDone={(codes) => {
              setBegun(undefined)
              onDone(codes)
            }}
          />
        ) : null}
      </Modal>
    </>
  )
}

function FirstCode({
  begun,
  onClose,
  onDone,
}: {
  begun: Begun
  onClose: () => void
  onDone: (codes: string[]) => void
}) {
  const t = useT()
  const form = useZodForm({ initialValues: { code: '' }, schema: confirmTotp.body! })
  return (
    <form
      ref={form.ref}
      className="dialog-body"
      noValidate
      onSubmit={form.submit(async (body) => onDone((await call(confirmTotp, { body })).recoveryCodes))}
    >
      <p className="ink-2">{t('second_factor.scanText')}</p>
      <div className="totp-code">
        <img src={begun.qrCode} width={180} height={180} alt={t('second_factor.qr')} />
        <p className="meta">
          {t('second_factor.byHand')}
          <code>{begun.secret.match(/.{1,4}/g)?.join(' ')}</code>
        </p>
      </div>
      <TextInput
        label={t('second_factor.firstCode')}
        autoComplete="one-time-code"
        inputMode="numeric"
        maxLength={7}
        data-autofocus
        {...form.getInputProps('code')}
      />
      <div className="dialog-buttons">
        <Button variant="default" onClick={onClose}>
          {t('kit.cancel')}
        </Button>
        <Button type="submit" loading={form.submitting}>
          {t('second_factor.on')}
        </Button>
      </div>
    </form>
  )
}
