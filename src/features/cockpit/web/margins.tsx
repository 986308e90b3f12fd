import { useState } from 'react'

import { amountFromText, amountText } from '../../../contract/amounts.ts'
import type { AnswerOf } from '../../../contract/endpoint.ts'
import { call } from '../../../web/call.ts'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { AmountField } from '../../../web/kit/amount-field.tsx'
import { notify, notifyError } from '../../../web/kit/notices.tsx'
import { refresh } from '../../../web/queries.ts'
import { getCockpit, setAccountRetailPrice } from '../contract.ts'

type Client = AnswerOf<typeof getCockpit>['clients'][number]

/** Cost, retail price and margin of a month, client by client; retail prices are written in place. */
export function Margins({ clients, currency }: { clients: Client[]; currency: string }) {
  const t = useT()
  const format = useFormat()
  if (clients.length === 0) return null
  return (
    <section className="card cockpit-section">
      <h2>{t('cockpit.margins')}</h2>
      <p className="ink-2">{t('cockpit.marginsLead')}</p>
      {clients.map((c) => (
        <div key={c.clientId} className="cockpit-client">
          <h3>
            <span>{c.client}</span>
            <span className="figures">
              {t('cockpit.clientFigures', {
                cost: format.money(c.cost),
                retail: format.money(c.retail),
                margin: format.money(c.margin),
              })}
            </span>
          </h3>
          <ul>
            {c.accounts.map((a) => (
              <li key={a.id}>
                <div>
                  <b>{a.name}</b>
                  <small>
                    {t('cockpit.costs', {
                      plan: t(`plan.${a.plan as 'plus'}`),
                      cost: format.money(a.cost),
                      interval: t(`cockpit.interval.${a.interval}`),
                    })}
                  </small>
                </div>
                <RetailPrice account={a} currency={currency} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  )
}

function RetailPrice({ account, currency }: { account: Client['accounts'][number]; currency: string }) {
  const t = useT()
  const kept = account.retail === null ? '' : amountText(account.retail.amount, currency)
  const [typed, setTyped] = useState(kept)
  const amount = typed.trim() === '' ? null : amountFromText(typed, currency)
  const save = async () => {
    if (typed === kept || amount === undefined) return
    try {
      await call(setAccountRetailPrice, {
        params: { id: account.id },
        body: { price: amount === null ? null : { amount, currency } },
      })
      notify(t('cockpit.saved', { name: account.name }))
      await refresh(getCockpit)
    } catch (error) {
      notifyError(error)
    }
  }
  return (
    <AmountField
      className="cockpit-retail"
      currency={currency}
      aria-label={t('cockpit.retailOf', { name: account.name })}
      placeholder={t('cockpit.retailHint')}
      value={typed}
      error={amount === undefined ? t('cockpit.amountWrong') : undefined}
      onChange={(e) => setTyped(e.currentTarget.value)}
      onBlur={() => void save()}
      onKeyDown={(e) => {
        if (e.key === 'Enter') e.currentTarget.blur()
        if (e.key === 'Escape') setTyped(kept)
      }}
    />
  )
}
