import { useT } from '../../../web/i18n/use-t.ts'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { MoreButton } from '../../../web/kit/more-button.tsx'
import { Skeletons } from '../../../web/kit/skeletons.tsx'
import { RelativeDate } from '../../../web/kit/texts.tsx'
import { useList } from '../../../web/use-list.ts'
import { listHostedAccountHistory, type AccountRecord } from '../contract.ts'

/** What was done to the account, by whom, newest first. */
export function AccountHistory({ account }: { account: AccountRecord }) {
  const t = useT()
  const list = useList(listHostedAccountHistory, { params: { id: account.id } })
  const { rows, error, isPending, refetch } = list
  if (error && rows.length === 0)
    return <ErrorState error={error} what={t('resale.history.unreadable')} retry={() => void refetch()} />
  return (
    <section className="account-narrow" aria-label={t('resale.tab.historique')}>
      {isPending ? <Skeletons lines={6} height={40} /> : null}
      <ul className="account-events">
        {rows.map((e) => (
          <li key={e.id}>
            <div>
              <b>{e.label}</b>
              <span className="meta">
                {e.subject ? t('resale.history.via', { actor: e.actor, subject: e.subject }) : e.actor}
              </span>
            </div>
            <RelativeDate value={e.at} />
          </li>
        ))}
      </ul>
      <MoreButton list={list} />
    </section>
  )
}
