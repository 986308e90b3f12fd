import { useState } from 'react'
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { call } from '../../../web/call.ts'
import { T } from '../../../web/i18n/rich-text.tsx'
import { useT } from '../../../web/i18n/use-t.ts'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { Skeletons } from '../../../web/kit/skeletons.tsx'
import { paths } from '../../../web/paths.ts'
import { isProblem, ProblemError } from '../../../web/problem-error.ts'
import { useEndpoint } from '../../../web/queries.ts'
import { BrandLayout } from '../../../web/shell/brand-layout.tsx'
import { useZodForm } from '../../../web/use-zod-form.ts'
import { completePasswordReset, readResetLink } from '../contract.ts'
import { BackToSignIn } from './forgot-password-page.tsx'
import { LockedView } from './locked-view.tsx'
import { useLinkToken } from './link-token.ts'
import { PasswordField } from '../../passwords/web/password-field.tsx'
import { SecondFactorForm } from './second-factor-form.tsx'
import { useEntered } from './use-entered.ts'

/** `/reinitialiser`: the link of the mail, a new password, and in. A spent link leads to asking for another. */
export function ResetPasswordPage() {
  const t = useT()
  const token = useLinkToken()
  const link = useEndpoint(
    readResetLink,
    { body: { token } },
    { enabled: token !== '', retry: false, staleTime: Infinity, refetchOnWindowFocus: false },
  )
  const [spent, setSpent] = useState(false)
  if (token === '' || spent || isProblem(link.error, 'link.spent')) return <SpentLink />
  if (link.error)
    return (
      <BrandLayout title={t('sign_in.reset.title')}>
        <ErrorState error={link.error} retry={() => void link.refetch()} />
      </BrandLayout>
    )
  if (!link.data)
    return (
      <BrandLayout title={t('sign_in.reset.title')}>
        <Skeletons lines={4} height={38} />
      </BrandLayout>
    )
  return <NewPassword token={token} email={link.data.email} onSpent={() => setSpent(true)} />
}

function NewPassword({ token, email, onSpent }: { token: string; email: string; onSpent: () => void }) {
  const t = useT()
  const entered = useEntered()
  const [ticket, setTicket] = useState<string>()
  const [lockedUntil, setLockedUntil] = useState<number>()
  const form = useZodForm({ initialValues: { token, password: '' }, schema: completePasswordReset.body! })
  const send = form.submit(async (body) => {
    try {
      const step = await call(completePasswordReset, { body })
      if (step.next === 'secondFactor') setTicket(step.ticket)
      else await entered()
    } catch (error) {
      if (error instanceof ProblemError && error.status === 410) onSpent()
      else throw error
    }
  })
  if (lockedUntil !== undefined)
    return <LockedView until={lockedUntil} onBack={() => setLockedUntil(undefined)} />
  if (ticket !== undefined)
    return (
      <SecondFactorForm
        ticket={ticket}
        onBack={() => location.assign(paths.signIn)}
        onLocked={(s) => setLockedUntil(Date.now() + s * 1000)}
        onDone={entered}
      />
    )
  return (
    <BrandLayout title={t('sign_in.reset.title')} lead={<T id="sign_in.reset.lead" values={{ email }} />}>
      <form ref={form.ref} onSubmit={send} noValidate>
        {/* For password managers: whose password this is. */}
        <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
        <PasswordField
          label={t('sign_in.reset.password')}
          autoFocus
          {...form.getInputProps('password')}
          value={form.values.password}
        />
        <Button type="submit" size="lg" fullWidth loading={form.submitting}>
          {t('sign_in.reset.submit')}
        </Button>
      </form>
      <p className="meta">{t('sign_in.reset.others')}</p>
    </BrandLayout>
  )
}

function SpentLink() {
  const t = useT()
  return (
    <BrandLayout title={t('sign_in.spent.title')}>
      <p className="reading">{t('sign_in.spent.reset')}</p>
      <Button renderRoot={(root) => <Link to={paths.forgotPassword} {...root} />} size="lg" fullWidth>
        {t('sign_in.spent.resetAgain')}
      </Button>
      <BackToSignIn />
    </BrandLayout>
  )
}
