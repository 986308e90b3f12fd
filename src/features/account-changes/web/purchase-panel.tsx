import { useEffect, useState } from 'react'
import { Button, Loader } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { call } from '../../../web/call.ts'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { isTextKey, useT } from '../../../web/i18n/use-t.ts'
import { Notice } from '../../../web/kit/notice.tsx'
import { notifyError } from '../../../web/kit/notices.tsx'
import { useLive } from '../../../web/live.ts'
import { paths } from '../../../web/paths.ts'
import { useEndpoint } from '../../../web/queries.ts'
import { cancelPurchase, getPurchase, retryPurchase } from '../../payments/contract.ts'

/** How often a payment under way is read, milliseconds, when no event comes. */
const pollMs = 1000

/** A payment followed until it is made: wait, answer the bank, try again or give up. Safe to reload. */
export function PurchasePanel({
  purchaseId,
  onSettled,
}: {
  purchaseId: string
  /** Paid or given up. */
  onSettled: (state: 'paid' | 'cancelled') => void
}) {
  const t = useT()
  const format = useFormat()
  const [busy, setBusy] = useState<'retry' | 'cancel'>()
  const { data, refetch } = useEndpoint(
    getPurchase,
    { params: { id: purchaseId } },
    {
      refetchInterval: (query) =>
        ['paid', 'cancelled', 'failed'].includes(query.state.data?.state ?? '') ? false : pollMs,
    },
  )
  useLive((event) => {
    if (event.kind === 'purchase' || event.kind === 'reconnected') void refetch()
  })
  const state = data?.state
  useEffect(() => {
    if (state === 'paid' || state === 'cancelled') onSettled(state)
  }, [state, onSettled])
  const act = async (what: 'retry' | 'cancel') => {
    setBusy(what)
    try {
      await call(what === 'retry' ? retryPurchase : cancelPurchase, { params: { id: purchaseId } })
      await refetch()
    } catch (error) {
      notifyError(error)
    } finally {
      setBusy(undefined)
    }
  }
  if (!data || state === 'pending')
    return (
      <p className="purchase-wait" role="status">
        <Loader size="xs" aria-hidden="true" /> {t('account_changes.pay.pending')}
      </p>
    )
  if (state === 'requires_action')
    return (
      <Notice
        inline
        live
        action={
          data.actionUrl ? (
            <Button component="a" href={data.actionUrl} size="sm">
              {t('account_changes.pay.answer')}
            </Button>
          ) : null
        }
      >
        {t('account_changes.pay.action')}
      </Notice>
    )
  if (state !== 'failed') return null
  const key = `payment.${data.failure ?? ''}`
  return (
    <div className="purchase-failed">
      <Notice tone="danger" inline live>
        <b>{t('account_changes.pay.failed', { amount: format.money(data.total) })}</b>{' '}
        {isTextKey(key) ? t(key) : t('account_changes.pay.failedText')}
      </Notice>
      <div className="purchase-acts">
        {data.can.retry ? (
          <Button loading={busy === 'retry'} onClick={() => void act('retry')}>
            {t('account_changes.pay.retry')}
          </Button>
        ) : null}
        <Button variant="default" renderRoot={(root) => <Link to={paths.billing('paiement')} {...root} />}>
          {t('account_changes.pay.card')}
        </Button>
        {data.can.cancel ? (
          <Button variant="default" loading={busy === 'cancel'} onClick={() => void act('cancel')}>
            {t('account_changes.pay.giveUp')}
          </Button>
        ) : null}
      </div>
    </div>
  )
}
