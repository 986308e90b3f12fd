import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { SectionHead } from '../../../web/kit/record-layout.tsx'
import { Skeletons } from '../../../web/kit/skeletons.tsx'
import { DateText } from '../../../web/kit/texts.tsx'
import { useEndpoint } from '../../../web/queries.ts'
import type { AccountRecord } from '../../hosted-accounts/contract.ts'
import { listSubscriptionPeriods } from '../contract.ts'
import './change-plan.css'

/** The account's own billing history (B10, B41): periods billed, changes made. */
export function AccountPeriods({ account }: { account: AccountRecord }) {
  const t = useT()
  const format = useFormat()
  const { data, error, refetch } = useEndpoint(listSubscriptionPeriods, { params: { id: account.id } })
  if (!data)
    return error ? (
      <ErrorState error={error} what={t('account_changes.periods.unreadable')} retry={() => void refetch()} />
    ) : (
      <Skeletons />
    )
  return (
    <div className="account-overview">
      <SectionHead title={t('account_changes.periods.title')} />
      <div className="periods-scroll card">
        <table className="periods">
          <thead>
            <tr>
              <th scope="col">{t('account_changes.periods.period')}</th>
              <th scope="col">{t('hosted_accounts.column.plan')}</th>
              <th scope="col" data-end>
                {t('account_changes.line.list')}
              </th>
              <th scope="col" data-end>
                {t('resale.overview.discount')}
              </th>
              <th scope="col" data-end>
                {t('resale.overview.net')}
              </th>
            </tr>
          </thead>
          <tbody>
            {data.periods.map((p) => (
              <tr key={p.index}>
                <td>{t('resale.overview.fromTo', { from: format.date(p.from), to: format.date(p.to) })}</td>
                <td>
                  {t(`plan.${p.planCode}`)} · {t('subscriptions.upTo', { n: format.number(p.contactLimit) })}
                </td>
                <td data-end className="figures">
                  {format.money(p.listPrice)}
                </td>
                <td data-end className="figures">
                  {format.percent(p.discountPercent / 100)}
                </td>
                <td data-end className="figures">
                  {format.money(p.net)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {data.changes.length > 0 ? (
        <>
          <SectionHead title={t('account_changes.changes.title')} />
          <div className="periods-scroll card">
            <table className="periods">
              <thead>
                <tr>
                  <th scope="col">{t('account_changes.changes.asked')}</th>
                  <th scope="col">{t('account_changes.changes.what')}</th>
                  <th scope="col">{t('hosted_accounts.column.status')}</th>
                  <th scope="col" data-end>
                    {t('account_changes.line.credit')}
                  </th>
                  <th scope="col" data-end>
                    {t('account_changes.changes.charge')}
                  </th>
                </tr>
              </thead>
              <tbody>
                {data.changes.map((c) => (
                  <tr key={c.askedAt + c.state}>
                    <td>
                      <DateText value={c.askedAt} /> <span className="meta">{c.askedBy}</span>
                    </td>
                    <td>
                      {t(`account_changes.kind.${c.kind}`)} : {t(`plan.${c.planCode}`)},{' '}
                      {t(`plan.interval.${c.interval}`)}, {format.number(c.contactLimit)}
                    </td>
                    <td>{t(`account_changes.state.${c.state}`)}</td>
                    <td data-end className="figures">
                      {format.money(c.credit)}
                    </td>
                    <td data-end className="figures">
                      {format.money(c.charge)}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      ) : null}
    </div>
  )
}
