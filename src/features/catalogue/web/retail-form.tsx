import { useState } from 'react'
import { Button } from '@mantine/core'
import { amountFromText, amountText } from '../../../contract/amounts.ts'
import { call } from '../../../web/call.ts'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { AmountField } from '../../../web/kit/amount-field.tsx'
import { notifyError, undoable } from '../../../web/kit/notices.tsx'
import { setRetailPrice, type CatalogueItem } from '../contract.ts'
import { refreshCatalogue } from './use-item-acts.ts'

/** The retail price of one item, by hand; given back to the rules when emptied. */
export function RetailForm({ item }: { item: CatalogueItem }) {
  const t = useT()
  const format = useFormat()
  const { currency } = item.retail
  const [text, setText] = useState(amountText(item.retail.amount, currency))
  const [error, setError] = useState<string>()
  const [busy, setBusy] = useState(false)
  const put = async (amount: number | null) => {
    await call(setRetailPrice, { params: { id: item.id }, body: { amount } })
    await refreshCatalogue()
  }
  const save = async (amount: number | null) => {
    setBusy(true)
    try {
      const before = item.retailSource === 'item' ? item.retail.amount : null
      await put(amount)
      undoable(
        amount === null
          ? t('catalogue.done.priceRuled', { name: item.name })
          : t('catalogue.done.priced', { name: item.name, price: format.money({ amount, currency }) }),
        () => put(before),
      )
    } catch (failure) {
      notifyError(failure)
    } finally {
      setBusy(false)
    }
  }
  const typed = amountFromText(text, currency)
  const wholesale = item.wholesale?.amount ?? 0
  return (
    <form
      className="item-retail"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (text.trim() === '') void save(null)
        else if (typed === undefined) setError(t('catalogue.fault.amount'))
        else void save(typed)
      }}
    >
      <AmountField
        label={t('catalogue.panel.setRetail')}
        description={t('catalogue.panel.setRetailHint')}
        value={text}
        error={error}
        currency={currency}
        onChange={(event) => {
          setText(event.currentTarget.value)
          setError(undefined)
        }}
      />
      {typed !== undefined && typed < wholesale ? (
        <p className="item-loss" role="status">
          {t('catalogue.panel.loss', { loss: format.money({ amount: wholesale - typed, currency }) })}
        </p>
      ) : null}
      <div className="item-retail-acts">
        {item.retailSource === 'item' ? (
          <Button variant="subtle" color="gray" disabled={busy} onClick={() => void save(null)}>
            {t('catalogue.panel.useRules')}
          </Button>
        ) : null}
        <Button type="submit" variant="default" loading={busy}>
          {t('catalogue.panel.savePrice')}
        </Button>
      </div>
    </form>
  )
}
