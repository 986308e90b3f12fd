import { useState } from 'react'
import { ActionIcon, Button, NumberInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import type { AnswerOf } from '../../../contract/endpoint.ts'
import { call } from '../../../web/call.ts'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { notify, notifyError } from '../../../web/kit/notices.tsx'
import { PageHead } from '../../../web/kit/page-head.tsx'
import { SectionHead } from '../../../web/kit/record-layout.tsx'
import { useEndpoint } from '../../../web/queries.ts'
import { listCreditEditions, publishCredits } from '../contract.ts'
import './credits.css'

type Edition = AnswerOf<typeof listCreditEditions>['data'][number]
type Row = { kind: 'prepaid' | 'sms' | 'preview'; quantity: number; price: number }

/** Kinds of credit in the order they are listed. */
const kinds = ['prepaid', 'sms', 'preview'] as const

/** What credit costs, for the operator: packs of each kind, published as editions. */
export function CreditPricesPage() {
  const t = useT()
  const { data, error, refetch } = useEndpoint(listCreditEditions)
  if (error) return <ErrorState error={error} page={t('credits.prices')} retry={() => void refetch()} />
  const current = data?.data[0]
  return current ? (
    <Prices key={current.version} current={current} editions={data.data} onSaved={() => void refetch()} />
  ) : (
    <PageHead title={t('credits.prices')} subtitle={t('credits.pricesLead')} line />
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
  const change = (row: Row, part: Partial<Row>) =>
    setRows(rows.map((r) => (r === row ? { ...r, ...part } : r)))
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
      className="credit-prices-form"
      onSubmit={(e) => {
        e.preventDefault()
        void publish()
      }}
    >
      <PageHead
        title={t('credits.prices')}
        subtitle={t('credits.pricesLead')}
        line
        actions={
          <Button type="submit" loading={sending}>
            {t('credits.publish')}
          </Button>
        }
      />
      <div className="scrolls credit-prices">
        {kinds.map((kind) => (
          <Packs
            key={kind}
            kind={kind}
            rows={rows.filter((r) => r.kind === kind)}
            onChange={change}
            onRemove={(row) => setRows(rows.filter((r) => r !== row))}
            onAdd={() => setRows([...rows, { kind, quantity: kind === 'prepaid' ? 1 : 100, price: 1000 }])}
          />
        ))}
        <div>
          {props.editions.map((e) => (
            <p key={e.version} className="meta">
              {t('credits.edition', {
                version: e.version,
                date: format.date(e.createdAt),
                name: e.createdBy,
              })}
            </p>
          ))}
        </div>
      </div>
    </form>
  )
}

/** The packs of one kind, a line each; prepaid credit is sold by its price alone. */
function Packs(props: {
  kind: Row['kind']
  rows: Row[]
  onChange: (row: Row, part: Partial<Row>) => void
  onRemove: (row: Row) => void
  onAdd: () => void
}) {
  const t = useT()
  const { kind, rows } = props
  const counted = kind !== 'prepaid'
  const id = `credit-prices-${kind}`
  return (
    <section className="card credit-packs" aria-labelledby={id}>
      <SectionHead
        id={id}
        title={t(`credits.kind.${kind}`)}
        action={
          <Button
            size="sm"
            variant="subtle"
            leftSection={<IconPlus size={15} />}
            onClick={props.onAdd}
            aria-label={`${t('credits.addPack')}, ${t(`credits.kind.${kind}`)}`}
          >
            {t('credits.addPack')}
          </Button>
        }
      />
      <table>
        <thead>
          <tr>
            {counted ? <th scope="col">{t('credits.quantity')}</th> : null}
            <th scope="col">{t('credits.price')}</th>
            <th scope="col">
              <span className="visually-hidden">{t('credits.removePack')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((r, i) => (
            <tr key={i}>
              {counted ? (
                <td>
                  <NumberInput
                    aria-label={t('credits.quantity')}
                    min={1}
                    allowDecimal={false}
                    hideControls
                    value={r.quantity}
                    onChange={(v) => props.onChange(r, { quantity: Number(v) || 1 })}
                  />
                </td>
              ) : null}
              <td>
                <NumberInput
                  aria-label={t('credits.price')}
                  suffix=" €"
                  decimalScale={2}
                  fixedDecimalScale
                  hideControls
                  min={0.01}
                  value={r.price / 100}
                  onChange={(v) => props.onChange(r, { price: Math.round(Number(v) * 100) })}
                />
              </td>
              <td>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={t('credits.removePack')}
                  onClick={() => props.onRemove(r)}
                >
                  <IconTrash size={16} />
                </ActionIcon>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
