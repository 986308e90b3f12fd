import { useState } from 'react'
import { Button, Modal, PasswordInput, TextInput } from '@mantine/core'
import { call } from '../../../web/call.ts'
import { T } from '../../../web/i18n/rich-text.tsx'
import { useT } from '../../../web/i18n/use-t.ts'
import { DialogForm } from '../../../web/kit/dialog-form.tsx'
import { StatusBadge } from '../../../web/kit/badges.tsx'
import { Notice } from '../../../web/kit/notice.tsx'
import { notify, notifyError } from '../../../web/kit/notices.tsx'
import { refresh, useEndpoint } from '../../../web/queries.ts'
import { useZodForm } from '../../../web/use-zod-form.ts'
import { cancelEmailChange, getProfile, requestEmailChange, resendEmailConfirmation } from '../contract.ts'
import { ProfileSection, WhenRead } from './profile-section.tsx'

/** The address one signs in by: proved or not, and changing it. */
export function EmailSection() {
  const t = useT()
  const read = useEndpoint(getProfile)
  const [changing, setChanging] = useState(false)
  const resend = () =>
    call(resendEmailConfirmation).then(() => notify(t('profile.email.resent')), notifyError)
  const cancel = () => call(cancelEmailChange).then(() => refresh(getProfile), notifyError)
  const profile = read.data
  return (
    <ProfileSection
      title={t('profile.email')}
      lead={t('profile.email.lead')}
      actions={
        <>
          <Button variant="default" onClick={() => setChanging(true)} disabled={!profile?.hasPassword}>
            {t('profile.email.change')}
          </Button>
          {profile && !profile.emailConfirmed ? (
            <Button variant="subtle" onClick={() => void resend()}>
              {t('profile.email.resend')}
            </Button>
          ) : null}
        </>
      }
    >
      <WhenRead read={read}>
        {({ email, emailConfirmed, pendingEmail }) => (
          <>
            <p className="profile-fact">
              <span>{email}</span>
              {emailConfirmed ? (
                <StatusBadge tone="ok">{t('profile.email.confirmed')}</StatusBadge>
              ) : (
                <StatusBadge tone="warn">{t('profile.email.unconfirmed')}</StatusBadge>
              )}
            </p>
            {pendingEmail === null ? null : (
              <Notice
                tone="info"
                inline
                action={
                  <Button variant="default" size="sm" onClick={() => void cancel()}>
                    {t('profile.email.cancel')}
                  </Button>
                }
              >
                <T id="profile.email.pending" values={{ email: pendingEmail }} />
              </Notice>
            )}
          </>
        )}
      </WhenRead>
      <Modal
        opened={changing}
        onClose={() => setChanging(false)}
        title={t('profile.email.change')}
        size={440}
      >
        <ChangeEmailForm onClose={() => setChanging(false)} />
      </Modal>
    </ProfileSection>
  )
}

function ChangeEmailForm({ onClose }: { onClose: () => void }) {
  const t = useT()
  const form = useZodForm({
    initialValues: { email: '', currentPassword: '' },
    schema: requestEmailChange.body!,
  })
  const send = form.submit(async (body) => {
    await call(requestEmailChange, { body })
    await refresh(getProfile)
    notify(t('profile.email.asked', { email: body.email.trim() }))
    onClose()
  })
  return (
    <DialogForm
      formRef={form.ref}
      onSubmit={send}
      onClose={onClose}
      submit={t('profile.email.submit')}
      busy={form.submitting}
    >
      <p className="ink-2">{t('profile.email.how')}</p>
      <TextInput
        label={t('profile.email.new')}
        type="email"
        inputMode="email"
        autoComplete="email"
        data-autofocus
        {...form.getInputProps('email')}
      />
      <PasswordInput
        label={t('sign_in.currentPassword')}
        autoComplete="current-password"
        visibilityToggleButtonProps={{ 'aria-label': t('sign_in.password.show') }}
        {...form.getInputProps('currentPassword')}
      />
    </DialogForm>
  )
}
