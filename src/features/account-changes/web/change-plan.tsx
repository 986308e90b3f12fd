import { useCallback, useState } from 'react'
import { Button } from '@mantine/core'
import { keepPreviousData } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { call } from '../../../web/call.ts'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { T } from '../../../web/i18n/rich-text.tsx'
import { useT } from '../../../web/i18n/use-t.ts'
import { Notice } from '../../../web/kit/notice.tsx'
import { notify, notifyError } from '../../../web/kit/notices.tsx'
import { Skeletons } from '../../../web/kit/skeletons.tsx'
import { paths } from '../../../web/paths.ts'
import { isProblem } from '../../../web/problem-error.ts'
import { refresh, useEndpoint } from '../../../web/queries.ts'
import { useSearchState } from '../../../web/search-state.ts'
import type { AccountRecord } from '../../hosted-accounts/contract.ts'
import { refreshAccounts } from '../../hosted-accounts/web/account-acts.tsx'
import { getOffer } from '../../subscriptions/contract.ts'
import { PlanFields, type Chosen, type Offer } from '../../subscriptions/web/plan-fields.tsx'
import { PriceLines, type PriceLine } from '../../subscriptions/web/price-lines.tsx'
import { changeSubscription, quoteSubscriptionChange, type ChangeQuoteAnswer } from '../contract.ts'
import { PurchasePanel } from './purchase-panel.tsx'
import './change-plan.css'

/** "Changez votre compte" (B59): plan, rhythm and contacts, with what it does and costs before it is confirmed. */
export function ChangePlan({ account }: { account: AccountRecord }) {
  const t = useT()
  const navigate = useNavigate()
  const [search, setSearch] = useSearchState()
  const offer = useEndpoint(getOffer, undefined, { staleTime: 60_000 })
  const paying = search['achat']
  const settled = useCallback(
    (state: 'paid' | 'cancelled') => {
      setSearch({ achat: undefined })
      void refreshAccounts()
      if (state !== 'paid') return
      notify(t('account_changes.done', { name: account.name }))
      void navigate({ to: paths.hostedAccount(account.id) })
    },
    [setSearch, navigate, t, account.id, account.name],
  )
  if (paying)
    return (
      <section className="change-plan-pay">
        <h2>{t('account_changes.pay.title')}</h2>
        <PurchasePanel purchaseId={paying} onSettled={settled} />
      </section>
    )
  if (!account.can.change && !account.can.renew) return <Closed account={account} />
  return offer.data ? (
    <Form account={account} offer={offer.data} onPaying={(id) => setSearch({ achat: id })} />
  ) : (
    <Skeletons />
  )
}

function Closed({ account }: { account: AccountRecord }) {
  const t = useT()
  return (
    <Notice tone="info" inline>
      {t(
        account.cancelAtEnd
          ? 'account_changes.closed.cancelled'
          : account.unpaidSince
            ? 'account_changes.closed.unpaid'
            : 'account_changes.closed.status',
      )}
    </Notice>
  )
}

function startOf(account: AccountRecord, offer: Offer): Chosen {
  const limit = offer.contactLimits.includes(account.contactLimit)
    ? account.contactLimit
    : (offer.contactLimits[0] ?? 500)
  return account.interval
    ? { planCode: account.planCode, interval: account.interval, contactLimit: limit }
    : { planCode: 'plus', interval: 'month', contactLimit: limit }
}

function Form({
  account,
  offer,
  onPaying,
}: {
  account: AccountRecord
  offer: Offer
  onPaying: (purchaseId: string) => void
}) {
  const t = useT()
  const format = useFormat()
  const [chosen, setChosen] = useState(() => startOf(account, offer))
  const [busy, setBusy] = useState(false)
  const [key, setKey] = useState(() => crypto.randomUUID())
  const choice = { ...chosen, planCode: chosen.planCode as 'plus' }
  const {
    data: quote,
    isPlaceholderData,
    error,
  } = useEndpoint(
    quoteSubscriptionChange,
    { params: { id: account.id }, query: { ...choice, contactLimit: String(choice.contactLimit) } as never },
    { placeholderData: keepPreviousData },
  )
  const same = quote?.kind === 'none'
  const confirm = async () => {
    if (!quote) return
    setBusy(true)
    try {
      const answer = await call(
        changeSubscription,
        {
          params: { id: account.id },
          body: { ...choice, version: account.version, expectedTotal: quote.total } as never,
        },
        { idempotencyKey: key },
      )
      if (answer.purchaseId) onPaying(answer.purchaseId)
      else {
        await refreshAccounts()
        notify(t('account_changes.scheduled', { date: format.date(quote.effectiveOn) }))
      }
    } catch (failure) {
      setKey(crypto.randomUUID())
      if (isProblem(failure, 'quote.changed')) void refresh(quoteSubscriptionChange)
      notifyError(failure)
    } finally {
      setBusy(false)
    }
  }
  const label = !quote
    ? t('account_changes.act.confirm')
    : quote.when === 'period_end'
      ? t('account_changes.act.schedule', { date: format.date(quote.effectiveOn) })
      : quote.kind === 'renew'
        ? t('account_changes.act.renew', { amount: format.money(quote.total) })
        : t('account_changes.act.pay', { amount: format.money(quote.total) })
  return (
    <div className="change-plan">
      <section>
        <h2>{t(account.can.renew ? 'account_changes.renewTitle' : 'account_changes.title')}</h2>
        <PlanFields offer={offer} value={chosen} onChange={setChosen} />
      </section>
      <aside className="card change-plan-quote" aria-label={t('account_changes.quote')}>
        {error ? (
          <Notice tone="danger" inline>
            {error.message}
          </Notice>
        ) : quote ? (
          <>
            <Sentence quote={quote} />
            <QuoteLines quote={quote} waiting={isPlaceholderData} />
            {same ? null : (
              <p className="meta">
                {t(`account_changes.then.${chosen.interval}`, {
                  amount: format.money(quote.price.net),
                  date: format.date(quote.renewsOn),
                })}
              </p>
            )}
            <Button
              fullWidth
              disabled={same || isPlaceholderData}
              loading={busy}
              onClick={() => void confirm()}
            >
              {label}
            </Button>
            <p className="meta">{t('resale.silent')}</p>
          </>
        ) : (
          <Skeletons lines={4} />
        )}
      </aside>
    </div>
  )
}

function Sentence({ quote }: { quote: ChangeQuoteAnswer }) {
  const format = useFormat()
  return (
    <p>
      <T
        id={`account_changes.says.${quote.kind}.${quote.when}`}
        values={{ date: format.date(quote.effectiveOn), days: quote.daysLeft, of: quote.days }}
      />
    </p>
  )
}

function QuoteLines({ quote, waiting }: { quote: ChangeQuoteAnswer; waiting: boolean }) {
  return <PriceLines lines={useLines(quote)} waiting={waiting} />
}

function useLines(quote: ChangeQuoteAnswer): PriceLine[] {
  const t = useT()
  const format = useFormat()
  const { price } = quote
  const whole: PriceLine[] = [
    { label: t('account_changes.line.list'), amount: price.listPrice },
    ...(price.discount.amount > 0
      ? [
          {
            label: t('account_changes.line.discount', {
              percent: format.percent(price.discountPercent / 100),
            }),
            amount: price.discount,
            minus: true,
          },
        ]
      : []),
  ]
  if (quote.when === 'period_end')
    return [...whole, { label: t('account_changes.line.net'), amount: price.net, total: true }]
  return [
    ...whole,
    ...(quote.kind === 'upgrade'
      ? [
          {
            label: t('account_changes.line.charge', { days: quote.daysLeft, of: quote.days }),
            amount: quote.charge,
          },
        ]
      : []),
    ...(quote.credit.amount > 0
      ? [{ label: t('account_changes.line.credit'), amount: quote.credit, minus: true }]
      : []),
    {
      label: t('account_changes.line.vat', { rate: format.percent(quote.vat.rateBasisPoints / 10_000) }),
      amount: quote.vat.amount,
    },
    { label: t('account_changes.line.due'), amount: quote.total, total: true },
  ]
}
