import { Link } from '@tanstack/react-router'
import { useT } from '../../../web/i18n/use-t.ts'
import { RowCard } from '../../../web/kit/row-card.tsx'
import { MoneyText } from '../../../web/kit/texts.tsx'
import { Tile } from '../../../web/kit/tile.tsx'
import { paths } from '../../../web/paths.ts'
import type { AccountRow } from '../contract.ts'
import { AccountStatus } from './account-status.tsx'
import { daysUntil } from './days.ts'

/** A hosted account on a phone: two lines. */
export function AccountCard({ account, today }: { account: AccountRow; today: string }) {
  const t = useT()
  const days = account.endsOn === null ? null : daysUntil(account.endsOn, today)
  return (
    <RowCard
      icon={<Tile name={account.name} id={account.client.id} />}
      title={<Link to={paths.hostedAccount(account.id)}>{account.name}</Link>}
      badge={<AccountStatus account={account} />}
      start={
        <span>
          {t(`plan.${account.planCode}`)}
          {days === null
            ? null
            : ` · ${account.status === 'expired' ? t('resale.ended', { days: -days }) : t('resale.inDays', { days })}`}
        </span>
      }
      end={account.net ? <MoneyText value={account.net} /> : t('resale.free')}
    />
  )
}
