import { Modal, TextInput } from '@mantine/core'
import { call } from '../../../web/call.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { DialogForm } from '../../../web/kit/dialog-form.tsx'
import { notify } from '../../../web/kit/notices.tsx'
import { OptionCards } from '../../../web/kit/option-card.tsx'
import { refresh } from '../../../web/queries.ts'
import { useRealm } from '../../../web/realm.ts'
import { useZodForm } from '../../../web/use-zod-form.ts'
import { inviteAccountUser, listAccountUsers } from '../contract.ts'

/** Invites somebody into the account by mail. */
export function InviteDialog(props: { opened: boolean; onClose: () => void }) {
  const t = useT()
  return (
    <Modal opened={props.opened} onClose={props.onClose} title={t('account_users.invite')} size={520}>
      {props.opened ? <InviteForm onClose={props.onClose} /> : null}
    </Modal>
  )
}

function InviteForm({ onClose }: { onClose: () => void }) {
  const t = useT()
  const { name } = useRealm()
  const form = useZodForm({
    initialValues: { name: '', email: '', role: 'user' as 'admin' | 'user' | undefined },
    schema: inviteAccountUser.body!,
  })
  const send = form.submit(async (body) => {
    await call(inviteAccountUser, { body })
    await refresh(listAccountUsers)
    notify(t('account_users.invited', { email: body.email }))
    onClose()
  })
  return (
    <DialogForm
      formRef={form.ref}
      onSubmit={send}
      onClose={onClose}
      submit={t('account_users.send')}
      busy={form.submitting}
    >
      <TextInput
        label={t('account_users.name')}
        data-autofocus
        autoComplete="off"
        {...form.getInputProps('name')}
      />
      <TextInput
        label={t('account_users.email')}
        description={t('account_users.emailHelp', { name })}
        inputMode="email"
        autoComplete="off"
        {...form.getInputProps('email')}
      />
      <OptionCards
        legend={t('account_users.role')}
        name="role"
        options={(['user', 'admin'] as const).map((value) => ({
          value,
          title: t(`account_users.role.${value}`),
          detail: t(`account_users.roleText.${value}`),
        }))}
        value={form.values.role ?? 'user'}
        onChange={(role) => form.setFieldValue('role', role)}
      />
    </DialogForm>
  )
}
