import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { T } from '../../../web/i18n/rich-text.tsx'
import { useT } from '../../../web/i18n/use-t.ts'
import { Notice } from '../../../web/kit/notice.tsx'
import { Properties, Property, SectionHead } from '../../../web/kit/record-layout.tsx'
import { paths } from '../../../web/paths.ts'
import type { AccountRecord } from '../contract.ts'
import { useAccountActs } from './account-acts.tsx'

/** What the account is on, until when, at what price; what was asked and can be taken back. */
export function AccountOverview({ account }: { account: AccountRecord }) {
  const t = useT()
  const format = useFormat()
  const { subscription: s } = account
  const end = account.endsOn ? format.date(account.endsOn) : '—'
  const ended = account.status === 'expired' || account.status === 'archived'
  return (
    <div className="account-overview">
      <AccountNotices account={account} />
      <div className="account-columns">
        <section className="card account-card">
          <SectionHead
            title={t('resale.overview.subscription')}
            action={
              account.can.change ? (
                <Button
                  size="xs"
                  variant="subtle"
                  renderRoot={(root) => <Link to={paths.hostedAccount(account.id, 'formule')} {...root} />}
                >
                  {t('resale.act.change')}
                </Button>
              ) : null
            }
          />
          <Properties>
            <Property name={t('hosted_accounts.column.plan')}>
              {t(`plan.${account.planCode}`)}
              {account.interval ? ` · ${t(`plan.interval.${account.interval}`)}` : null}
            </Property>
            <Property name={t('resale.overview.contacts')}>
              <span className="figures">{format.number(account.contactLimit)}</span>
            </Property>
            <Property name={t('resale.overview.period')}>
              {t('resale.overview.fromTo', {
                from: format.date(s.currentPeriod.from),
                to: format.date(s.currentPeriod.to),
              })}
            </Property>
            <Property
              name={t(
                account.cancelAtEnd || ended
                  ? 'resale.overview.ends'
                  : account.interval
                    ? 'resale.overview.renews'
                    : 'resale.overview.trialEnds',
              )}
            >
              {end}
            </Property>
            {account.net ? (
              <>
                <Property name={t('resale.overview.list')}>{format.money(s.listPrice)}</Property>
                <Property name={t('resale.overview.discount')}>
                  {format.percent(s.discountPercent / 100)}
                </Property>
                <Property name={t('resale.overview.net')}>
                  <b>{format.money(account.net)}</b>
                </Property>
              </>
            ) : null}
            <Property name={t('resale.overview.payer')}>{t(`resale.mode.${s.commercialMode}`)}</Property>
          </Properties>
        </section>
        <section className="card account-card">
          <SectionHead title={t('resale.overview.contact')} />
          <Properties>
            <Property name={t('resale.field.contactName')}>{account.contactName}</Property>
            <Property name={t('resale.field.contactEmail')}>{account.contactEmail}</Property>
            <Property name={t('resale.field.notificationEmail')}>{account.notificationEmail}</Property>
            <Property name={t('resale.overview.created')}>
              {t('resale.overview.createdBy', {
                date: format.date(account.createdAt),
                name: account.createdBy,
              })}
            </Property>
          </Properties>
          <p className="meta">{t('resale.silent')}</p>
        </section>
      </div>
    </div>
  )
}

function AccountNotices({ account }: { account: AccountRecord }) {
  const t = useT()
  const format = useFormat()
  const acts = useAccountActs()
  const { subscription: s, can } = account
  const date = account.endsOn ? format.date(account.endsOn) : ''
  return (
    <>
      {s.pendingChange ? (
        <Notice
          tone="info"
          inline
          action={
            <Button size="xs" variant="default" onClick={() => acts.dropChange(account)}>
              {t('resale.notice.drop')}
            </Button>
          }
        >
          <T
            id="resale.notice.pending"
            values={{
              plan: t(`plan.${s.pendingChange.planCode}`),
              count: s.pendingChange.contactLimit,
              interval: t(`plan.interval.${s.pendingChange.interval ?? 'month'}`),
              date,
            }}
          />
        </Notice>
      ) : null}
      {account.cancelAtEnd ? (
        <Notice
          inline
          action={
            can.undoCancel ? (
              <Button size="xs" variant="default" onClick={() => acts.undoCancel(account)}>
                {t('resale.act.undoCancel')}
              </Button>
            ) : null
          }
        >
          <T id="resale.notice.cancelled" values={{ date }} />
        </Notice>
      ) : null}
      {account.status === 'disabled' ? (
        <Notice
          inline
          action={
            <Button size="xs" variant="default" onClick={() => acts.enable(account)}>
              {t('resale.act.enable')}
            </Button>
          }
        >
          {t('resale.notice.disabled')}
        </Notice>
      ) : null}
      {account.unpaidSince ? (
        <Notice tone="danger" inline>
          {t('resale.notice.unpaid', { date: format.date(account.unpaidSince) })}
        </Notice>
      ) : null}
      {account.status === 'expired' ? <Notice inline>{t('resale.notice.expired')}</Notice> : null}
      {account.status === 'archived' ? (
        <Notice
          tone="info"
          inline
          action={
            can.restore ? (
              <Button size="xs" variant="default" onClick={() => acts.restore(account)}>
                {t('resale.act.restore')}
              </Button>
            ) : null
          }
        >
          {t('resale.notice.archived', {
            date: account.restorableUntil ? format.date(account.restorableUntil) : '',
          })}
        </Notice>
      ) : null}
      {acts.dialog}
    </>
  )
}
