import { Button, Modal, PasswordInput, TextInput } from '@mantine/core'
import { startRegistration } from '@simplewebauthn/browser'
import { z } from 'zod'
import { line } from '../../../contract/common.ts'
import { call } from '../../../web/call.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { notify } from '../../../web/kit/notices.tsx'
import { refresh } from '../../../web/queries.ts'
import { useZodForm } from '../../../web/use-zod-form.ts'
import { currentPassword } from '../../sign-in/contract.ts'
import { addPasskey, beginPasskey, listPasskeys } from '../contract.ts'
import '../../../web/kit/dialogs.css'

type Options = Parameters<typeof startRegistration>[0]['optionsJSON']
const schema = z.object({ name: line(60), currentPassword })

/** Adds a passkey: a name, the password, then the device asks for its fingerprint or code. */
export function AddPasskeyDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const t = useT()
  return (
    <Modal opened={opened} onClose={onClose} title={t('passkeys.add')} size={440}>
      <AddPasskeyForm onClose={onClose} />
    </Modal>
  )
}

function AddPasskeyForm({ onClose }: { onClose: () => void }) {
  const t = useT()
  const form = useZodForm({ initialValues: { name: t('passkeys.thisDevice'), currentPassword: '' }, schema })
  const send = form.submit(async (values) => {
    const { ticket, options } = await call(beginPasskey, {
      body: { currentPassword: values.currentPassword },
    })
    let credential
    try {
      credential = await startRegistration({ optionsJSON: options as unknown as Options })
    } catch (error) {
      const known = error instanceof Error && error.name === 'InvalidStateError'
      form.setFieldError('name', t(known ? 'passkeys.alreadyHere' : 'passkeys.gaveUp'))
      return
    }
    await call(addPasskey, { body: { ticket, name: values.name, credential: credential as never } })
    await refresh(listPasskeys)
    notify(t('passkeys.done'))
    onClose()
  })
  return (
    <form ref={form.ref} className="dialog-body" onSubmit={send} noValidate>
      <p className="ink-2">{t('passkeys.addText')}</p>
      <TextInput
        label={t('passkeys.name')}
        description={t('passkeys.nameHelp')}
        {...form.getInputProps('name')}
      />
      <PasswordInput
        label={t('sign_in.currentPassword')}
        autoComplete="current-password"
        data-autofocus
        visibilityToggleButtonProps={{ 'aria-label': t('sign_in.password.show') }}
        {...form.getInputProps('currentPassword')}
      />
      <div className="dialog-buttons">
        <Button variant="default" onClick={onClose}>
          {t('kit.cancel')}
        </Button>
        <Button type="submit" loading={form.submitting}>
          {t('passkeys.add')}
        </Button>
      </div>
    </form>
  )
}
