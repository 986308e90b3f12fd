import { useEffect } from 'react'
import { Button, Loader } from '@mantine/core'
import { IconBuildingBank, IconCircleCheck, IconCircleX, IconX } from '@tabler/icons-react'
import type { AnswerOf } from '../../../contract/endpoint.ts'
import { call } from '../../../web/call.ts'
import { isTextKey, useT } from '../../../web/i18n/use-t.ts'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { notifyError } from '../../../web/kit/notices.tsx'
import { Breadcrumb, PageHead } from '../../../web/kit/page-head.tsx'
import { Skeletons } from '../../../web/kit/skeletons.tsx'
import { useLive } from '../../../web/live.ts'
import { paths } from '../../../web/paths.ts'
import { queryClient, endpointKey, useCall, useEndpoint } from '../../../web/queries.ts'
import { usePathParam } from '../../../web/router.tsx'
import { useRight } from '../../../web/me.ts'
import { CardPanel } from '../../cards/web/card-panel.tsx'
import { cancelPurchase, checkPurchase, getPurchase, listPurchases, retryPurchase } from '../contract.ts'
import './payments.css'

type Purchase = AnswerOf<typeof getPurchase>

/** How often a payment under way is read when no event comes, in milliseconds. */
const pollMs = 1_000

/** Follows a purchase until it is paid, failed or given up. */
function usePurchase(id: string | undefined) {
  const result = useEndpoint(
    getPurchase,
    { params: { id: id ?? '' } },
    {
      enabled: id !== undefined,
      refetchInterval: (query) => (query.state.data?.state === 'pending' ? pollMs : false),
    },
  )
  useLive((event) => {
    if (id && (event.kind === 'purchase' || event.kind === 'reconnected')) void result.refetch()
  })
  return result
}

/** A payment: where it stands, the bank's question, another try, another card. */
export function PurchasePage() {
  const t = useT()
  const id = usePathParam('id')
  const owner = useRight('billing.manage')
  const { data: purchase, error, refetch } = usePurchase(id)
  // Back from the bank: its answer may be with the provider before it is with us.
  useEffect(() => {
    void call(checkPurchase, { params: { id } })
      .then((now) => queryClient.setQueryData(endpointKey(getPurchase, { params: { id } }), now))
      .catch(() => {})
  }, [id])
  return (
    <>
      <Breadcrumb
        crumbs={[
          // A client's own people have a balance, the agency's owners its billing.
          owner
            ? { label: t('billing.title'), to: paths.billing() }
            : { label: t('budgets.balance'), to: paths.balance },
          { label: t('payments.title') },
        ]}
      />
      <PageHead title={purchase?.lines[0]?.label ?? t('payments.title')} line />
      <div className="scrolls payment">
        {error && !purchase ? (
          <ErrorState error={error} what={t('payments.unreadable')} retry={() => void refetch()} />
        ) : null}
        {!purchase && !error ? <Skeletons lines={5} height={52} /> : null}
        {purchase ? <PurchaseBody purchase={purchase} /> : null}
      </div>
    </>
  )
}

function PurchaseBody({ purchase }: { purchase: Purchase }) {
  const owner = useRight('billing.manage')
  return (
    <>
      <PaymentState purchase={purchase} />
      {purchase.state === 'failed' && purchase.can.retry ? (
        purchase.payer.clientId !== null ? (
          <CardPanel clientId={purchase.payer.clientId} />
        ) : owner ? (
          <CardPanel />
        ) : null
      ) : null}
      <Lines purchase={purchase} />
    </>
  )
}

const icons = {
  pending: <Loader size={22} aria-hidden="true" />,
  requires_action: <IconBuildingBank size={24} />,
  failed: <IconCircleX size={24} />,
  paid: <IconCircleCheck size={24} />,
  cancelled: <IconX size={24} />,
}

/** One sentence, and what can be done about it. */
function PaymentState({ purchase }: { purchase: Purchase }) {
  const t = useT()
  const format = useFormat()
  const refreshes = [getPurchase, listPurchases]
  const retry = useCall(retryPurchase, { refreshes, onError: notifyError })
  const cancel = useCall(cancelPurchase, { refreshes, onError: notifyError })
  const input = { params: { id: purchase.id } }
  const reason = `payment.${purchase.failure ?? ''}`
  return (
    <div className="card payment-state" data-state={purchase.state} role="status">
      <span className="payment-icon" aria-hidden="true">
        {icons[purchase.state]}
      </span>
      <div>
        <h2>{t(`payments.state.${purchase.state}`, { amount: format.money(purchase.total) })}</h2>
        <p>
          {purchase.state === 'failed' && isTextKey(reason) ? `${t(reason)} ` : ''}
          {t(`payments.text.${purchase.state}`)}
        </p>
        {purchase.invoice ? (
          <p className="meta">{t('payments.invoice', { number: purchase.invoice.number })}</p>
        ) : null}
      </div>
      <div className="payment-acts">
        {purchase.state === 'requires_action' && purchase.actionUrl ? (
          <Button component="a" href={purchase.actionUrl}>
            {t('payments.answerBank')}
          </Button>
        ) : null}
        {purchase.can.retry ? (
          <Button loading={retry.isPending} onClick={() => retry.mutate(input)}>
            {t('payments.retry', { amount: format.money(purchase.total) })}
          </Button>
        ) : null}
        {purchase.can.cancel ? (
          <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate(input)}>
            {t('payments.giveUp')}
          </Button>
        ) : null}
      </div>
    </div>
  )
}

function Lines({ purchase }: { purchase: Purchase }) {
  const t = useT()
  const format = useFormat()
  const row = (label: string, amount: { amount: number; currency: string }, strong = false) => (
    <tr data-strong={strong || undefined}>
      <th scope="row">{label}</th>
      <td className="figures">{format.money(amount)}</td>
    </tr>
  )
  return (
    <table className="card payment-lines">
      <caption className="visually-hidden">{t('payments.lines')}</caption>
      <tbody>
        {purchase.lines.map((line, i) => (
          // oxlint-disable-next-line react/no-array-index-key -- lines have no other name and never move
          <tr key={i}>
            <th scope="row">
              {line.label}
              {line.period ? (
                <small>
                  {t('payments.period', {
                    from: format.date(line.period.from),
                    to: format.date(line.period.to),
                  })}
                </small>
              ) : null}
            </th>
            <td className="figures">{format.money(line.net)}</td>
          </tr>
        ))}
        {row(t('payments.vat'), purchase.vat)}
        {row(t('payments.total'), purchase.total, true)}
        {purchase.prepaidPaid.amount > 0 ? row(t('payments.prepaid'), purchase.prepaidPaid) : null}
        {purchase.cardPaid.amount > 0
          ? row(t('payments.card', { last4: purchase.card?.last4 ?? '' }), purchase.cardPaid)
          : null}
      </tbody>
    </table>
  )
}
