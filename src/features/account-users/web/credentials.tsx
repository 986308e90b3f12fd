import { useState } from 'react'
import { Button } from '@mantine/core'
import type { AnswerOf } from '../../../contract/endpoint.ts'
import { call } from '../../../web/call.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { Avatar } from '../../../web/kit/avatar.tsx'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { Notice } from '../../../web/kit/notice.tsx'
import { notify, notifyError } from '../../../web/kit/notices.tsx'
import { SecretOnce } from '../../../web/kit/secret-once.tsx'
import { Skeletons } from '../../../web/kit/skeletons.tsx'
import { useMe } from '../../../web/me.ts'
import { useEndpoint } from '../../../web/queries.ts'
import { listUsersOfAccount, sendAccountPasswordReset, setAccountUserPassword } from '../contract.ts'
import '../../../web/kit/dialogs.css'
import './account-users.css'

type User = AnswerOf<typeof listUsersOfAccount>['data'][number]
type Given = AnswerOf<typeof setAccountUserPassword>

/**
 * Who may sign in, with what helps each back in: a new password to share (B52), or the link to choose one by
 * mail (B51).
 */
export function Credentials({
  account,
  onClose,
}: {
  account: { id: string; name: string }
  onClose: () => void
}) {
  const t = useT()
  const acting = useMe()?.acting != null
  const { data, error, refetch } = useEndpoint(listUsersOfAccount, { params: { id: account.id } })
  const [giving, setGiving] = useState<User>()
  const [given, setGiven] = useState<Given>()
  if (given) return <Shown given={given} onClose={onClose} />
  if (giving)
    return <Confirm account={account} user={giving} onBack={() => setGiving(undefined)} onGiven={setGiven} />
  return (
    <div className="dialog-body">
      <p className="ink-2">{t('account_users.credentials.lead')}</p>
      {acting ? (
        <Notice tone="info" inline>
          {t('account_users.credentials.acting')}
        </Notice>
      ) : null}
      {error ? (
        <ErrorState error={error} retry={() => void refetch()} />
      ) : !data ? (
        <Skeletons lines={3} height={44} />
      ) : data.data.length === 0 ? (
        <p className="meta">{t('account_users.credentials.none')}</p>
      ) : (
        <ul className="account-people">
          {data.data.map((user) => (
            <Person
              key={user.id}
              account={account}
              user={user}
              disabled={acting}
              onGive={() => setGiving(user)}
            />
          ))}
        </ul>
      )}
    </div>
  )
}

function Person(props: { account: { id: string }; user: User; disabled: boolean; onGive: () => void }) {
  const t = useT()
  const { user } = props
  const [busy, setBusy] = useState(false)
  const mail = () => {
    setBusy(true)
    call(sendAccountPasswordReset, { params: { id: props.account.id, userId: user.id } })
      .then(() => notify(t('account_users.credentials.sent', { email: user.email })), notifyError)
      .finally(() => setBusy(false))
  }
  return (
    <li>
      <Avatar person={user} size={32} />
      <div className="account-person">
        <b>{user.name}</b>
        <small>{[user.userName, user.email].filter(Boolean).join(' · ')}</small>
      </div>
      {user.state === 'active' ? (
        <div className="account-person-acts">
          <Button size="sm" variant="default" loading={busy} disabled={props.disabled} onClick={mail}>
            {t('account_users.credentials.mail')}
          </Button>
          <Button size="sm" variant="default" disabled={props.disabled} onClick={props.onGive}>
            {t('account_users.credentials.give')}
          </Button>
        </div>
      ) : (
        <span className="meta">{t(`account_users.state.${user.state}`)}</span>
      )}
    </li>
  )
}

function Confirm(props: {
  account: { id: string; name: string }
  user: User
  onBack: () => void
  onGiven: (given: Given) => void
}) {
  const t = useT()
  const [busy, setBusy] = useState(false)
  const give = () => {
    setBusy(true)
    call(setAccountUserPassword, { params: { id: props.account.id, userId: props.user.id } })
      .then(props.onGiven, notifyError)
      .finally(() => setBusy(false))
  }
  return (
    <div className="dialog-body">
      <p>{t('account_users.credentials.what', { name: props.user.name })}</p>
      <p className="ink-2">{t('account_users.credentials.silent')}</p>
      <div className="dialog-buttons">
        <Button variant="default" onClick={props.onBack} data-autofocus>
          {t('account_users.credentials.back')}
        </Button>
        <Button loading={busy} onClick={give}>
          {t('account_users.credentials.give')}
        </Button>
      </div>
    </div>
  )
}

function Shown({ given, onClose }: { given: Given; onClose: () => void }) {
  const t = useT()
  return (
    <div className="dialog-body">
      <p>{t('account_users.credentials.done', { n: given.endedSessions })}</p>
      <SecretOnce label={t('account_users.credentials.address')} value={given.address} reusable />
      <SecretOnce label={t('account_users.credentials.login')} value={given.login} reusable />
      <SecretOnce label={t('account_users.credentials.password')} value={given.password} />
      <div className="dialog-buttons">
        <Button onClick={onClose}>{t('account_users.credentials.close')}</Button>
      </div>
    </div>
  )
}
