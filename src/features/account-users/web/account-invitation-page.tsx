import { useState } from 'react'
import { Button, Loader } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { useQuery } from '@tanstack/react-query'
import type { AnswerOf } from '../../../contract/endpoint.ts'
import { call } from '../../../web/call.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { refreshMe } from '../../../web/me.ts'
import { paths } from '../../../web/paths.ts'
import { useRealm } from '../../../web/realm.ts'
import { BrandLayout } from '../../../web/shell/brand-layout.tsx'
import { JoinForm } from '../../invitations/web/join-form.tsx'
import { useLinkToken } from '../../sign-in/web/link-token.ts'
import { acceptAccountInvitation, readAccountInvitation } from '../contract.ts'

type Invitation = AnswerOf<typeof readAccountInvitation>

/** Where an invitation to a hosted account leads: who invites, and the password to choose. */
export function AccountInvitationPage() {
  const t = useT()
  const { name } = useRealm()
  const token = useLinkToken()
  const { data, error, isPending } = useQuery({
    queryKey: ['readAccountInvitation', token],
    queryFn: () => call(readAccountInvitation, { body: { token } }, { keepOn401: true }),
    enabled: token !== '',
    retry: false,
    staleTime: Infinity,
  })
  if (token === '' || error) return <Spent />
  if (isPending)
    return (
      <BrandLayout title={t('account_users.join', { account: name })}>
        <Loader size={20} role="status" aria-label={t('kit.loading')} />
      </BrandLayout>
    )
  return <Accept invitation={data} token={token} />
}

function Accept({ invitation, token }: { invitation: Invitation; token: string }) {
  const t = useT()
  const navigate = useNavigate()
  const realm = useRealm()
  const [spent, setSpent] = useState(false)
  if (spent) return <Spent />
  return (
    <BrandLayout
      title={t('account_users.join', { account: realm.name })}
      lead={t('account_users.joinLead', { by: invitation.invitedBy ?? realm.name, account: realm.name })}
    >
      <JoinForm
        invitation={invitation}
        words={{
          email: t('account_users.email'),
          password: t('account_users.choosePassword'),
          submit: t('account_users.joinSubmit'),
        }}
        onSpent={() => setSpent(true)}
        onJoin={async (password) => {
          await call(acceptAccountInvitation, { body: { token, password } }, { keepOn401: true })
          await refreshMe()
          await navigate({ to: paths.home })
        }}
      />
    </BrandLayout>
  )
}

function Spent() {
  const t = useT()
  const { name } = useRealm()
  return (
    <BrandLayout title={t('invitations.spent.title')} lead={t('account_users.spentText', { account: name })}>
      <Button fullWidth size="md" renderRoot={(root) => <Link to={paths.signIn} {...root} />}>
        {t('invitations.spent.signIn')}
      </Button>
    </BrandLayout>
  )
}
