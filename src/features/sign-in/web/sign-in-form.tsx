import { useState } from 'react'
import { Anchor, Button, Checkbox, PasswordInput, TextInput } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { call } from '../../../web/call.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { Notice } from '../../../web/kit/notice.tsx'
import { paths } from '../../../web/paths.ts'
import { ProblemError } from '../../../web/problem-error.ts'
import { useRealm } from '../../../web/realm.ts'
import { BrandLayout } from '../../../web/shell/brand-layout.tsx'
import { useZodForm } from '../../../web/use-zod-form.ts'
import { PasskeyButton } from '../../passkeys/web/passkey-button.tsx'
import { visitBackUrl } from '../../account-access/web/visit.ts'
import { signIn } from '../contract.ts'
import { SignInHelp } from './sign-in-help.tsx'

type SignInFormProps = {
  /** What was typed before coming back here. */
  login: string
  onLocked: (login: string, waitSeconds: number) => void
  onCode: (login: string, ticket: string) => void
  onDone: () => Promise<void>
}

/** Address, password, "Rester connecté", and the ways around: forgotten password, passkey (picture 08). */
export function SignInForm(props: SignInFormProps) {
  const t = useT()
  const realm = useRealm()
  const visited = realm.kind === 'hosted_account' ? visitBackUrl() : null
  const [refused, setRefused] = useState<string>()
  const form = useZodForm({
    initialValues: { login: props.login, password: '', remember: true as boolean | undefined },
    schema: signIn.body!,
  })
  const send = form.submit(async (body) => {
    setRefused(undefined)
    try {
      const step = await call(signIn, { body })
      if (step.next === 'secondFactor') props.onCode(body.login, step.ticket)
      else await props.onDone()
    } catch (error) {
      const waits = error instanceof ProblemError ? Number(error.data['waitSeconds'] ?? 0) : 0
      if (waits > 0) props.onLocked(body.login, waits)
      else if (error instanceof ProblemError && error.code.startsWith('sign_in.')) {
        setRefused(error.detail)
        // The address stays; only the password is typed again.
        form.setFieldValue('password', '')
        document.querySelector<HTMLElement>('input[name=password]')?.focus()
      } else throw error
    }
  })
  return (
    <BrandLayout title={t('sign_in.title')} lead={t('sign_in.lead', { name: realm.name })}>
      {visited && !refused ? (
        <Notice
          tone="info"
          inline
          action={
            <Button size="sm" variant="default" component="a" href={visited}>
              {t('account_access.backToAgency')}
            </Button>
          }
        >
          {t('account_access.over')}
        </Notice>
      ) : null}
      {refused ? (
        <Notice tone="danger" inline live>
          {refused}
        </Notice>
      ) : null}
      <form ref={form.ref} onSubmit={send} noValidate>
        <TextInput
          label={t(realm.kind === 'hosted_account' ? 'sign_in.loginOrName' : 'sign_in.login')}
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          inputMode={realm.kind === 'hosted_account' ? 'text' : 'email'}
          autoFocus={props.login === ''}
          {...form.getInputProps('login')}
        />
        <PasswordInput
          label={t('sign_in.password')}
          name="password"
          autoComplete="current-password"
          autoFocus={props.login !== ''}
          visibilityToggleButtonProps={{ 'aria-label': t('sign_in.password.show') }}
          {...form.getInputProps('password')}
        />
        <div className="sign-in-line">
          <Checkbox label={t('sign_in.remember')} {...form.getInputProps('remember', { type: 'checkbox' })} />
          <Anchor renderRoot={(root) => <Link to={paths.forgotPassword} {...root} />} inherit>
            {t('sign_in.forgot')}
          </Anchor>
        </div>
        <Button type="submit" size="lg" fullWidth loading={form.submitting}>
          {t('sign_in.submit')}
        </Button>
      </form>
      {realm.passkeys ? (
        <PasskeyButton remember={form.values.remember ?? false} onDone={props.onDone} />
      ) : null}
      <SignInHelp />
    </BrandLayout>
  )
}
