import { useState } from 'react'
import { Button, Modal, PasswordInput } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { call } from '../../../web/call.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { DialogForm } from '../../../web/kit/dialog-form.tsx'
import { notify } from '../../../web/kit/notices.tsx'
import { RelativeDate } from '../../../web/kit/texts.tsx'
import { useMe } from '../../../web/me.ts'
import { paths } from '../../../web/paths.ts'
import { refresh, useEndpoint } from '../../../web/queries.ts'
import { useZodForm } from '../../../web/use-zod-form.ts'
import { PasswordField } from '../../passwords/web/password-field.tsx'
import { changePassword, getProfile, listSessions } from '../contract.ts'
import { ProfileSection, WhenRead } from './profile-section.tsx'

/** The password: since when, and changing it (B14, B49). */
export function PasswordSection() {
  const t = useT()
  const read = useEndpoint(getProfile)
  const [changing, setChanging] = useState(false)
  const hasPassword = read.data?.hasPassword ?? true
  return (
    <ProfileSection
      title={t('profile.password')}
      lead={t('profile.password.lead')}
      actions={
        hasPassword ? (
          <Button variant="default" onClick={() => setChanging(true)}>
            {t('profile.password.change')}
          </Button>
        ) : (
          <Button variant="default" renderRoot={(root) => <Link to={paths.forgotPassword} {...root} />}>
            {t('profile.password.choose')}
          </Button>
        )
      }
    >
      <WhenRead read={read}>
        {(profile) => (
          <p className="profile-fact">
            {profile.passwordChangedAt ? (
              <span>
                {t('profile.password.changed')} <RelativeDate value={profile.passwordChangedAt} />
              </span>
            ) : (
              <span>{t(profile.hasPassword ? 'profile.password.never' : 'profile.password.none')}</span>
            )}
          </p>
        )}
      </WhenRead>
      <Modal
        opened={changing}
        onClose={() => setChanging(false)}
        title={t('profile.password.change')}
        size={440}
      >
        <ChangePasswordForm onClose={() => setChanging(false)} />
      </Modal>
    </ProfileSection>
  )
}

function ChangePasswordForm({ onClose }: { onClose: () => void }) {
  const t = useT()
  const me = useMe()
  const form = useZodForm({
    initialValues: { currentPassword: '', password: '' },
    schema: changePassword.body!,
  })
  const send = form.submit(async (body) => {
    const { endedSessions } = await call(changePassword, { body })
    await refresh(getProfile, listSessions)
    notify(t('profile.password.done', { n: endedSessions }))
    onClose()
  })
  return (
    <DialogForm
      formRef={form.ref}
      onSubmit={send}
      onClose={onClose}
      submit={t('profile.password.change')}
      busy={form.submitting}
    >
      {/* For password managers: whose password this is. */}
      <input
        type="text"
        name="username"
        autoComplete="username"
        value={me?.user.email ?? ''}
        readOnly
        hidden
      />
      <PasswordInput
        label={t('sign_in.currentPassword')}
        autoComplete="current-password"
        data-autofocus
        visibilityToggleButtonProps={{ 'aria-label': t('sign_in.password.show') }}
        {...form.getInputProps('currentPassword')}
      />
      <PasswordField
        label={t('profile.password.new')}
        {...form.getInputProps('password')}
        value={form.values.password}
      />
      <p className="meta">{t('profile.password.others')}</p>
    </DialogForm>
  )
}
