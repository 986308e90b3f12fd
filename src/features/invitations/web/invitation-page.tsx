import { useEffect, useState } from 'react'
import { Anchor, Button, Loader, TextInput } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { useQuery } from '@tanstack/react-query'
import { call } from '../../../web/call.ts'
import { T } from '../../../web/i18n/rich-text.tsx'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { Notice } from '../../../web/kit/notice.tsx'
import { refreshMe, useMe } from '../../../web/me.ts'
import { paths } from '../../../web/paths.ts'
import { ProblemError, isProblem } from '../../../web/problem-error.ts'
import { useRealm } from '../../../web/realm.ts'
import { BrandLayout } from '../../../web/shell/brand-layout.tsx'
import { useZodForm } from '../../../web/use-zod-form.ts'
import { useLinkToken } from '../../sign-in/web/link-token.ts'
import { PasswordField } from '../../passwords/web/password-field.tsx'
import { acceptInvitation, readInvitation } from '../contract.ts'

/** Where an invitation leads: who invites, in the agency's brand, and the password to choose (A15, A16). */
export function InvitationPage() {
  const t = useT()
  const realm = useRealm()
  const token = useLinkToken()
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['readInvitation', token],
    queryFn: () => call(readInvitation, { body: { token } }, { keepOn401: true }),
    enabled: token !== '',
    retry: false,
    staleTime: Infinity,
  })
  if (
    token === '' ||
    isProblem(error, 'link.spent') ||
    (error instanceof ProblemError && error.status === 422)
  )
    return <Spent />
  if (error)
    return (
      <BrandLayout title={t('invitations.page.title', { agency: realm.name })}>
        <ErrorState error={error} what={t('invitations.page.unreadable')} retry={() => void refetch()} />
      </BrandLayout>
    )
  if (isPending)
    return (
      <BrandLayout title={t('invitations.page.title', { agency: realm.name })}>
        <Loader size={20} role="status" aria-label={t('kit.loading')} />
      </BrandLayout>
    )
  return <Accept invitation={data} token={token} />
}

type Invitation = {
  agency: string
  invitedBy: string | null
  name: string
  email: string
  clientCount: number
  expiresAt: string
}

function Accept({ invitation, token }: { invitation: Invitation; token: string }) {
  const t = useT()
  const format = useFormat()
  const navigate = useNavigate()
  const me = useMe()
  const [spent, setSpent] = useState(false)
  const { agency, invitedBy, name, email, clientCount, expiresAt } = invitation
  const form = useZodForm({
    initialValues: { password: '' },
    schema: acceptInvitation.body!.pick({ password: true }),
  })
  const send = form.submit(async ({ password }) => {
    try {
      await call(acceptInvitation, { body: { token, password } }, { keepOn401: true })
      const holder = await refreshMe()
      // On the clients one was given (A16); an advertiser has none.
      await navigate({ to: holder?.agency?.kind === 'advertiser' ? paths.home : paths.clients })
    } catch (error) {
      if (isProblem(error, 'link.spent')) setSpent(true)
      else throw error
    }
  })
  if (spent) return <Spent />
  return (
    <BrandLayout
      title={t('invitations.page.title', { agency })}
      lead={
        <T
          id={invitedBy ? 'invitations.page.leadBy' : 'invitations.page.lead'}
          values={{ by: invitedBy ?? '', agency, count: clientCount }}
        />
      }
    >
      {me ? (
        <Notice inline>{t('invitations.page.signedIn', { name: me.user.name, invited: name })}</Notice>
      ) : null}
      <form ref={form.ref} onSubmit={send} noValidate>
        <TextInput
          label={t('invitations.email')}
          description={t('invitations.page.emailHelp')}
          value={email}
          readOnly
          autoComplete="username"
        />
        <PasswordField
          label={t('invitations.page.password')}
          data-autofocus
          {...form.getInputProps('password')}
          value={form.values.password}
        />
        <Button type="submit" size="md" fullWidth loading={form.submitting}>
          {t('invitations.page.submit')}
        </Button>
      </form>
      <p className="meta">{t('invitations.page.until', { date: format.date(expiresAt) })}</p>
    </BrandLayout>
  )
}

function Spent() {
  const t = useT()
  const realm = useRealm()
  const me = useMe()
  // The address keeps a token that no longer opens anything: it needn't stay in the history.
  useEffect(() => window.history.replaceState(window.history.state, '', paths.invitation), [])
  return (
    <BrandLayout
      title={t('invitations.spent.title')}
      lead={t('invitations.spent.text', { agency: realm.name })}
    >
      <Button
        fullWidth
        size="md"
        renderRoot={(root) => <Link to={me ? paths.home : paths.signIn} {...root} />}
      >
        {t(me ? 'invitations.spent.home' : 'invitations.spent.signIn')}
      </Button>
      {me ? null : (
        <p className="meta">
          <Anchor
            inherit
            underline="always"
            renderRoot={(root) => <Link to={paths.forgotPassword} {...root} />}
          >
            {t('invitations.spent.forgot')}
          </Anchor>
        </p>
      )}
    </BrandLayout>
  )
}
