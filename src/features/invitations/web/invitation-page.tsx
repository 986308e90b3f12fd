import { useEffect, useState } from 'react'
import { Anchor, Button, Loader } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { useQuery } from '@tanstack/react-query'
import { call } from '../../../web/call.ts'
import { T } from '../../../web/i18n/rich-text.tsx'
import { useT } from '../../../web/i18n/use-t.ts'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { Notice } from '../../../web/kit/notice.tsx'
import { refreshMe, useMe } from '../../../web/me.ts'
import { paths } from '../../../web/paths.ts'
import { ProblemError, isProblem } from '../../../web/problem-error.ts'
import { useRealm } from '../../../web/realm.ts'
import { BrandLayout } from '../../../web/shell/brand-layout.tsx'
import { useLinkToken } from '../../sign-in/web/link-token.ts'
import { acceptInvitation, readInvitation } from '../contract.ts'
import { JoinForm } from './join-form.tsx'

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
  const navigate = useNavigate()
  const me = useMe()
  const [spent, setSpent] = useState(false)
  const { agency, invitedBy, name, clientCount } = invitation
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
      <JoinForm
        invitation={invitation}
        words={{
          email: t('invitations.email'),
          emailHelp: t('invitations.page.emailHelp'),
          password: t('invitations.page.password'),
          submit: t('invitations.page.submit'),
        }}
        onSpent={() => setSpent(true)}
        onJoin={async (password) => {
          await call(acceptInvitation, { body: { token, password } }, { keepOn401: true })
          const holder = await refreshMe()
          // On the clients one was given (A16); an advertiser has none.
          await navigate({ to: holder?.agency?.kind === 'advertiser' ? paths.home : paths.clients })
        }}
      />
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
