import { useState } from 'react'
import { Button } from '@mantine/core'
import { IconBuildingBank } from '@tabler/icons-react'
import { call } from '../../../web/call.ts'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { notifyError } from '../../../web/kit/notices.tsx'
import { useEndpoint } from '../../../web/queries.ts'
import { usePathParam } from '../../../web/router.tsx'
import { answerBankQuestion, getBankQuestion } from '../contract.ts'
import './payments.css'

/** The sandbox's make-believe bank: the holder approves or refuses, and goes back where they came from. */
export function BankPage() {
  const t = useT()
  const format = useFormat()
  const params = { id: usePathParam('id') }
  const { data, error, refetch } = useEndpoint(getBankQuestion, { params })
  const [busy, setBusy] = useState<boolean>()
  const answer = async (approved: boolean) => {
    setBusy(approved)
    try {
      const { returnTo } = await call(answerBankQuestion, { params, body: { approved } })
      window.location.assign(returnTo)
    } catch (problem) {
      notifyError(problem)
      setBusy(undefined)
    }
  }
  if (error)
    return <ErrorState error={error} what={t('payments.bank.unreadable')} retry={() => void refetch()} />
  if (!data) return null
  return (
    <div className="scrolls bank">
      <div className="card bank-card">
        <IconBuildingBank size={30} stroke={1.5} aria-hidden="true" />
        <h1>{t('payments.bank.title')}</h1>
        <p className="meta">{t('payments.bank.sandbox')}</p>
        <p>
          {data.amount.amount > 0
            ? t('payments.bank.pay', { amount: format.money(data.amount), last4: data.last4 })
            : t('payments.bank.add', { last4: data.last4 })}
        </p>
        {data.state === 'requires_action' ? (
          <div className="bank-acts">
            <Button loading={busy === true} disabled={busy === false} onClick={() => void answer(true)}>
              {t('payments.bank.approve')}
            </Button>
            <Button
              variant="default"
              loading={busy === false}
              disabled={busy === true}
              onClick={() => void answer(false)}
            >
              {t('payments.bank.refuse')}
            </Button>
          </div>
        ) : (
          <Button component="a" href={data.returnTo} variant="default">
            {t('payments.bank.back')}
          </Button>
        )}
      </div>
    </div>
  )
}
