import { useState } from 'react'
import { useT } from '../../../web/i18n/use-t.ts'
import { SectionHead } from '../../../web/kit/record-layout.tsx'
import { SecretOnce } from '../../../web/kit/secret-once.tsx'
import { Credentials } from '../../account-users/web/credentials.tsx'
import type { AccountRecord } from '../contract.ts'

/** Who signs in to the account, and how the agency helps them back in (B51, B52). */
export function AccountAccess({ account }: { account: AccountRecord }) {
  const t = useT()
  const [round, setRound] = useState(0)
  return (
    <section className="account-narrow">
      <SectionHead title={t('resale.access.title')} />
      <Credentials key={round} account={account} onClose={() => setRound(round + 1)} />
    </section>
  )
}

/** What the agency shares with its client: shown once, never mailed (B29, B30). */
export function FirstCredentials(props: { address: string; userName: string; password: string }) {
  const t = useT()
  return (
    <div className="credentials">
      <SecretOnce label={t('resale.credentials.address')} value={props.address} reusable />
      <SecretOnce label={t('resale.credentials.userName')} value={props.userName} reusable />
      <SecretOnce label={t('resale.credentials.password')} value={props.password} />
      <p className="meta">{t('resale.silent')}</p>
    </div>
  )
}
