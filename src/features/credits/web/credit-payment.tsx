import { useEffect } from 'react'
import { Loader } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { call } from '../../../web/call.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { Notice } from '../../../web/kit/notice.tsx'
import { refresh } from '../../../web/queries.ts'
import { getPurchase } from '../../payments/contract.ts'
import { getWallet, listEntries } from '../../wallets/contract.ts'
import { getCredit, listCreditAccounts, listCredits } from '../contract.ts'

/** Follows a payment until it is settled, then reads the balances again. */
export function CreditPayment({ id }: { id: string }) {
  const t = useT()
  const { data } = useQuery({
    queryKey: ['creditPayment', id],
    queryFn: () => call(getPurchase, { params: { id } }),
    refetchInterval: (query) => (query.state.data && settled(query.state.data.state) ? false : 700),
  })
  const state = data?.state ?? 'pending'
  useEffect(() => {
    if (state === 'paid') void refresh(getCredit, listCredits, listCreditAccounts, getWallet, listEntries)
  }, [state])
  if (state === 'pending')
    return (
      <p role="status" className="credits-paying">
        <Loader size={16} aria-hidden="true" /> {t('credits.paying')}
      </p>
    )
  if (state === 'requires_action')
    return (
      <Notice
        tone="warn"
        inline
        live
        action={data?.actionUrl ? <a href={data.actionUrl}>{t('credits.toBank')}</a> : undefined}
      >
        {t('credits.bank')}
      </Notice>
    )
  return (
    <Notice tone={state === 'paid' ? 'info' : 'danger'} inline live>
      {t(state === 'paid' ? 'credits.paid' : 'credits.failed')}
    </Notice>
  )
}

function settled(state: string): boolean {
  return state === 'paid' || state === 'failed' || state === 'cancelled'
}
