import { useState } from 'react'
import { ActionIcon, Button, NumberInput, Select } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import type { AnswerOf } from '../../../contract/endpoint.ts'
import { call } from '../../../web/call.ts'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { notify, notifyError } from '../../../web/kit/notices.tsx'
import { PageHead } from '../../../web/kit/page-head.tsx'
import { useEndpoint } from '../../../web/queries.ts'
import { listCreditEditions, publishCredits } from '../contract.ts'
import './credits.css'

type Edition = AnswerOf<typeof listCreditEditions>['data'][number]
type Row = { kind: 'prepaid' | 'sms' | 'preview'; quantity: number; price: number }

/** What credit costs, for the operator: packs of each kind, published as editions. */
export function CreditPricesPage() {
  const t = useT()
  const { data, error, refetch } = useEndpoint(listCreditEditions)
  if (error) return <ErrorState error={error} what={t('credits.prices')} retry={() => void refetch()} />
  const current = data?.data[0]
  return (
    <>
      <PageHead title={t('credits.prices')} subtitle={t('credits.pricesLead')} line />
      {current ? (
        <Prices key={current.version} current={current} editions={data.data} onSaved={() => void refetch()} />
      ) : null}
    </>
  )
}

function Prices(props: { current: Edition; editions: Edition[]; onSaved: () => void }) {
  const t = useT()
  const format = useFormat()
  const { current } = props
  const [rows, setRows] = useState<Row[]>([
    ...current.prepaidAmounts.map((price) => ({ kind: 'prepaid' as const, quantity: 1, price })),
    ...current.packs,
  ])
  const [sending, setSending] = useState(false)
  const change = (i: number, part: Partial<Row>) =>
    setRows(rows.map((r, at) => (at === i ? { ...r, ...part } : r)))
  const publish = async () => {
    setSending(true)
    try {
      await call(publishCredits, {
        body: {
          version: current.version,
          prepaidAmounts: rows.filter((r) => r.kind === 'prepaid').map((r) => r.price),
          packs: rows
            .filter((r) => r.kind !== 'prepaid')
            .map((r) => ({ kind: r.kind as 'sms', quantity: r.quantity, price: r.price })),
        },
      })
      notify(t('credits.published'))
      props.onSaved()
    } catch (e) {
      notifyError(e)
    } finally {
      setSending(false)
    }
  }
  return (
    <form
      className="scrolls credit-prices"
      onSubmit={(e) => {
        e.preventDefault()
        void publish()
      }}
    >
      {rows.map((r, i) => (
        <div key={i} className="credit-price">
          <Select
            label={t('invoices.kind')}
            allowDeselect={false}
            value={r.kind}
            onChange={(kind) => change(i, { kind: kind as Row['kind'] })}
            data={(['prepaid', 'sms', 'preview'] as const).map((k) => ({
              value: k,
              label: t(`credits.kind.${k}`),
            }))}
          />
          <NumberInput
            label={t('credits.quantity')}
            disabled={r.kind === 'prepaid'}
            min={1}
            allowDecimal={false}
            hideControls
            value={r.quantity}
            onChange={(v) => change(i, { quantity: Number(v) || 1 })}
          />
          <NumberInput
            label={t('credits.price')}
            suffix=" €"
            decimalScale={2}
            hideControls
            min={0.01}
            value={r.price / 100}
            onChange={(v) => change(i, { price: Math.round(Number(v) * 100) })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('credits.removePack')}
            onClick={() => setRows(rows.filter((_, at) => at !== i))}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </div>
      ))}
      <div style={{ display: 'flex', gap: 8 }}>
        <Button
          variant="default"
          leftSection={<IconPlus size={15} />}
          onClick={() => setRows([...rows, { kind: 'sms', quantity: 100, price: 1000 }])}
        >
          {t('credits.addPack')}
        </Button>
        <Button type="submit" loading={sending}>
          {t('credits.publish')}
        </Button>
      </div>
      {props.editions.map((e) => (
        <p key={e.version} className="meta" style={{ margin: 0 }}>
          {t('credits.edition', { version: e.version, date: format.date(e.createdAt), name: e.createdBy })}
        </p>
      ))}
    </form>
  )
}
