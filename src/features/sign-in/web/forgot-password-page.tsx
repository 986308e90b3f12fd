import { useState } from 'react'
import { Anchor, Button, TextInput } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { call } from '../../../web/call.ts'
import { T } from '../../../web/i18n/rich-text.tsx'
import { useT } from '../../../web/i18n/use-t.ts'
import { paths } from '../../../web/paths.ts'
import { useRealm } from '../../../web/realm.ts'
import { BrandLayout } from '../../../web/shell/brand-layout.tsx'
import { useZodForm } from '../../../web/use-zod-form.ts'
import { requestPasswordReset } from '../contract.ts'
import './sign-in.css'

/** `/mot-de-passe-oublie` (B50): asks for the address; the page says the same whether it is known. */
export function ForgotPasswordPage() {
  const t = useT()
  const realm = useRealm()
  const [sent, setSent] = useState<string>()
  const form = useZodForm({ initialValues: { login: '' }, schema: requestPasswordReset.body! })
  if (sent !== undefined)
    return (
      <BrandLayout title={t('sign_in.forgot.sent')}>
        <p className="reading" role="status">
          <T id="sign_in.forgot.sentText" values={{ login: sent }} />
        </p>
        <p className="meta">{t('sign_in.forgot.sentHelp')}</p>
        <Button variant="default" size="lg" onClick={() => setSent(undefined)}>
          {t('sign_in.forgot.again')}
        </Button>
        <BackToSignIn />
      </BrandLayout>
    )
  return (
    <BrandLayout title={t('sign_in.forgot.title')} lead={t('sign_in.forgot.lead')}>
      <form
        ref={form.ref}
        noValidate
        onSubmit={form.submit(async (body) => {
          await call(requestPasswordReset, { body })
          setSent(body.login.trim())
        })}
      >
        <TextInput
          label={t(realm.kind === 'hosted_account' ? 'sign_in.loginOrName' : 'sign_in.login')}
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
          {...form.getInputProps('login')}
        />
        <Button type="submit" size="lg" fullWidth loading={form.submitting}>
          {t('sign_in.forgot.submit')}
        </Button>
      </form>
      <BackToSignIn />
    </BrandLayout>
  )
}

/** The way back to the sign-in form. */
export function BackToSignIn() {
  const t = useT()
  return (
    <Anchor renderRoot={(root) => <Link to={paths.signIn} {...root} />} size="sm">
      {t('sign_in.toForm')}
    </Anchor>
  )
}
