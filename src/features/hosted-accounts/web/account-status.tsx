import { useT } from '../../../web/i18n/use-t.ts'
import { StatusBadge, type Tone } from '../../../web/kit/badges.tsx'
import type { AccountRow } from '../contract.ts'

const tones: Record<AccountRow['status'], Tone> = {
  trial: 'info',
  active: 'ok',
  expired: 'mute',
  disabled: 'mute',
  suspended: 'danger',
  cancelled: 'warn',
  archived: 'mute',
  transferred: 'mute',
}

/** Status of a hosted account; what is unpaid says so whatever the rest. */
export function AccountStatus({ account }: { account: Pick<AccountRow, 'status' | 'unpaidSince'> }) {
  const t = useT()
  if (account.unpaidSince !== null && account.status === 'active')
    return <StatusBadge tone="danger">{t('hosted_accounts.status.suspended')}</StatusBadge>
  return (
    <StatusBadge tone={tones[account.status]}>{t(`hosted_accounts.status.${account.status}`)}</StatusBadge>
  )
}
