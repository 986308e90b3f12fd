import { useState } from 'react'
import { Button, Select } from '@mantine/core'
import { call } from '../../../web/call.ts'
import type { AnswerOf } from '../../../contract/endpoint.ts'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { notifyError } from '../../../web/kit/notices.tsx'
import { useEndpoint } from '../../../web/queries.ts'
import { buyCredit, listCreditAccounts, type getCredit } from '../contract.ts'
import { useCreditText } from './credit-text.ts'
import { CreditPayment } from './credit-payment.tsx'

type Credit = AnswerOf<typeof getCredit>

/** A drop-down of packs and "Acheter et payer 54,60 €" (B67); prepaid credit may be for one account (B69). */
export function BuyCredit({ credit }: { credit: Credit }) {
  const t = useT()
  const format = useFormat()
  const text = useCreditText()
  const { kind, packs } = credit
  const [packId, setPackId] = useState(packs[0]?.id ?? '')
  const [forAccount, setForAccount] = useState<string | null>(null)
  const [asking, setAsking] = useState(false)
  const [purchaseId, setPurchaseId] = useState<string>()
  const accounts = useEndpoint(listCreditAccounts, { params: { kind: 'prepaid' } })
  const pack = packs.find((p) => p.id === packId) ?? packs[0]
  if (!pack) return null
  const quantity = (p: Credit['packs'][number]) => text(kind, { amount: p.quantity, unit: p.net.currency })
  const buy = async () => {
    setAsking(true)
    try {
      const body = { packId: pack.id, ...(forAccount && { hostedAccountId: forAccount }) }
      const { purchaseId: id } = await call(
        buyCredit,
        { params: { kind }, body },
        { idempotencyKey: crypto.randomUUID() },
      )
      setPurchaseId(id)
    } catch (error) {
      notifyError(error)
    } finally {
      setAsking(false)
    }
  }
  return (
    <section className="card credits-section">
      <h2>{t('credits.buy')}</h2>
      <div className="credits-buy">
        <Select
          label={t('credits.pack')}
          allowDeselect={false}
          value={pack.id}
          onChange={(id) => setPackId(id ?? '')}
          data={packs.map((p) => ({
            value: p.id,
            label: t(kind === 'prepaid' ? 'credits.packPrepaid' : 'credits.packTyped', {
              net: format.money(p.net),
              quantity: quantity(p),
            }),
          }))}
        />
        {kind === 'prepaid' ? (
          <Select
            label={t('credits.for')}
            searchable
            clearable
            placeholder={t('credits.forAgency')}
            value={forAccount}
            onChange={setForAccount}
            data={(accounts.data?.data ?? []).map((a) => ({ value: a.id, label: a.name }))}
          />
        ) : null}
        <Button onClick={() => void buy()} loading={asking}>
          {t('credits.pay', { total: format.money(pack.total) })}
        </Button>
        <span className="meta">{t('credits.vat', { vat: format.money(pack.vat) })}</span>
      </div>
      {purchaseId ? <CreditPayment key={purchaseId} id={purchaseId} /> : null}
    </section>
  )
}
