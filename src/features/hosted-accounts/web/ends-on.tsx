import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import type { AccountRow } from '../contract.ts'
import { daysUntil } from './days.ts'

/** The day a period or trial ends and how far it is; amber within three days, and said when it will not renew. */
export function EndsOn({ account, today }: { account: AccountRow; today: string }) {
  const t = useT()
  const format = useFormat()
  if (account.endsOn === null) return <span className="ink-3">—</span>
  const days = daysUntil(account.endsOn, today)
  const ended = account.status === 'expired' || account.status === 'archived'
  const soon = !ended && days >= 0 && days <= 3
  return (
    <span className="two-lines">
      <span className="figures">{format.date(account.endsOn)}</span>
      <small data-soon={soon || undefined}>
        {ended
          ? t('resale.ended', { days: -days })
          : account.cancelAtEnd
            ? t('resale.endsIn', { days })
            : t('resale.inDays', { days })}
      </small>
    </span>
  )
}
