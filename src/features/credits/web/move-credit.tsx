import { useState } from 'react'
import { Button, Modal, TextInput } from '@mantine/core'
import { amountFromText } from '../../../contract/amounts.ts'
import { call } from '../../../web/call.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { notify, notifyError } from '../../../web/kit/notices.tsx'
import { refresh } from '../../../web/queries.ts'
import { getWallet, listEntries } from '../../wallets/contract.ts'
import {
  allocateCredit,
  getCredit,
  listCreditAccounts,
  listCredits,
  reclaimCredit,
  type CreditKind,
} from '../contract.ts'
import { useCreditText } from './credit-text.ts'

type Props = {
  kind: CreditKind
  account: { id: string; name: string; available: { unit: string } }
  way: 'allocate' | 'reclaim'
  /** Most that can move. */
  available: number
  onClose: () => void
}

/** Hands credit out to a hosted account, or takes it back. */
export function MoveCredit({ kind, account, way, available, onClose }: Props) {
  const t = useT()
  const text = useCreditText()
  const [typed, setTyped] = useState('')
  const [sending, setSending] = useState(false)
  const { unit } = account.available
  const quantity =
    kind === 'prepaid'
      ? amountFromText(typed, unit)
      : /^[\d\s\u00a0\u202f]+$/.test(typed)
        ? Number(typed.replaceAll(/\D/g, ''))
        : undefined
  const title = t(way === 'allocate' ? 'credits.allocateTo' : 'credits.reclaimFrom', { name: account.name })
  const send = async () => {
    setSending(true)
    try {
      await call(
        way === 'allocate' ? allocateCredit : reclaimCredit,
        { params: { kind }, body: { hostedAccountId: account.id, quantity: quantity! } },
        { idempotencyKey: crypto.randomUUID() },
      )
      notify(t(way === 'allocate' ? 'credits.allocated' : 'credits.reclaimed', { name: account.name }))
      await refresh(getCredit, listCredits, listCreditAccounts, getWallet, listEntries)
      onClose()
    } catch (error) {
      notifyError(error)
      setSending(false)
    }
  }
  return (
    <Modal opened onClose={onClose} title={title}>
      <form
        style={{ display: 'grid', gap: 16 }}
        onSubmit={(e) => {
          e.preventDefault()
          if (quantity) void send()
        }}
      >
        <TextInput
          data-autofocus
          label={t(kind === 'prepaid' ? 'credits.amount' : 'credits.quantity')}
          description={t('credits.upTo', { available: text(kind, { amount: available, unit }) })}
          inputMode="decimal"
          value={typed}
          onChange={(e) => setTyped(e.currentTarget.value)}
        />
        <div style={{ display: 'flex', gap: 8, justifyContent: 'flex-end' }}>
          <Button variant="default" onClick={onClose}>
            {t('credits.cancel')}
          </Button>
          <Button type="submit" loading={sending} disabled={!quantity}>
            {t(way === 'allocate' ? 'credits.allocate' : 'credits.reclaim')}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
