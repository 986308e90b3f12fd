import { useState } from 'react'
import { Button, Modal } from '@mantine/core'
import { IconKey, IconMail } from '@tabler/icons-react'
import type { AnswerOf } from '../../../contract/endpoint.ts'
import { call } from '../../../web/call.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { Avatar } from '../../../web/kit/avatar.tsx'
import { ConfirmDialog } from '../../../web/kit/confirm-dialog.tsx'
import { Empty } from '../../../web/kit/empty.tsx'
import { notify } from '../../../web/kit/notices.tsx'
import { SectionHead } from '../../../web/kit/record-layout.tsx'
import { SecretOnce } from '../../../web/kit/secret-once.tsx'
import { RelativeDate } from '../../../web/kit/texts.tsx'
import { useEndpoint } from '../../../web/queries.ts'
import {
  listUsersOfAccount,
  sendAccountPasswordReset,
  setAccountUserPassword,
} from '../../account-users/contract.ts'
import type { AccountRecord } from '../contract.ts'

type User = AnswerOf<typeof listUsersOfAccount>['data'][number]
type Given = AnswerOf<typeof setAccountUserPassword>

/** Who signs in to the account, and how the agency helps them back in (B51, B52). */
export function AccountAccess({ account }: { account: AccountRecord }) {
  const t = useT()
  const { data } = useEndpoint(listUsersOfAccount, { params: { id: account.id } })
  const [asking, setAsking] = useState<{ what: 'password' | 'mail'; user: User }>()
  const [given, setGiven] = useState<Given>()
  const users = data?.data ?? []
  const user = asking?.user
  return (
    <section className="account-narrow">
      <SectionHead title={t('resale.access.title')} />
      <p className="ink-2">{t('resale.access.text')}</p>
      {data && users.length === 0 ? (
        <Empty icon={<IconKey size={28} stroke={1.5} />} title={t('resale.access.empty')} heading="h3" />
      ) : null}
      <ul className="account-users">
        {users.map((u) => (
          <li key={u.id}>
            <Avatar person={u} size={28} />
            <div>
              <b>{u.name}</b>
              <span className="meta">{[u.userName, u.email].filter(Boolean).join(' · ')}</span>
              <span className="meta">
                {u.lastSeenAt ? <RelativeDate value={u.lastSeenAt} /> : t('resale.access.never')}
              </span>
            </div>
            {u.state === 'active' ? (
              <span className="account-user-acts">
                <Button
                  size="xs"
                  variant="default"
                  leftSection={<IconKey size={14} aria-hidden="true" />}
                  aria-label={t('resale.access.passwordOf', { name: u.name })}
                  onClick={() => setAsking({ what: 'password', user: u })}
                >
                  {t('resale.access.password')}
                </Button>
                <Button
                  size="xs"
                  variant="default"
                  leftSection={<IconMail size={14} aria-hidden="true" />}
                  aria-label={t('resale.access.mailTo', { name: u.name })}
                  onClick={() => setAsking({ what: 'mail', user: u })}
                >
                  {t('resale.access.mail')}
                </Button>
              </span>
            ) : null}
          </li>
        ))}
      </ul>
      <ConfirmDialog
        opened={asking?.what === 'password'}
        onClose={() => setAsking(undefined)}
        title={t('resale.access.passwordTitle', { name: user?.name ?? '' })}
        confirmLabel={t('resale.access.passwordConfirm')}
        onConfirm={async () =>
          setGiven(await call(setAccountUserPassword, { params: { id: account.id, userId: user!.id } }))
        }
      >
        {t('resale.access.passwordText')}
      </ConfirmDialog>
      <ConfirmDialog
        opened={asking?.what === 'mail'}
        onClose={() => setAsking(undefined)}
        title={t('resale.access.mailTitle', { name: user?.name ?? '' })}
        confirmLabel={t('resale.access.mailConfirm')}
        onConfirm={async () => {
          await call(sendAccountPasswordReset, { params: { id: account.id, userId: user!.id } })
          notify(t('resale.access.mailSent', { email: user!.email }))
        }}
      >
        {t('resale.access.mailText', { email: user?.email ?? '' })}
      </ConfirmDialog>
      <Modal
        opened={given !== undefined}
        onClose={() => setGiven(undefined)}
        title={t('resale.access.givenTitle')}
        size={460}
      >
        {given ? (
          <Credentials address={given.address} userName={given.login} password={given.password} />
        ) : null}
      </Modal>
    </section>
  )
}

/** What the agency shares with its client: shown once, never mailed (B29, B30). */
export function Credentials(props: { address: string; userName: string; password: string }) {
  const t = useT()
  return (
    <div className="credentials">
      <SecretOnce label={t('resale.credentials.address')} value={props.address} known />
      <SecretOnce label={t('resale.credentials.userName')} value={props.userName} known />
      <SecretOnce label={t('resale.credentials.password')} value={props.password} />
      <p className="meta">{t('resale.silent')}</p>
    </div>
  )
}
