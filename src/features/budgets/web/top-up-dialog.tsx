import { useEffect, useState } from 'react'
import { Button, Modal } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useDebouncedValue } from '@mantine/hooks'
import { IconCircleCheck } from '@tabler/icons-react'
import { call } from '../../../web/call.ts'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { isTextKey, useT } from '../../../web/i18n/use-t.ts'
import { DialogForm } from '../../../web/kit/dialog-form.tsx'
import { Notice } from '../../../web/kit/notice.tsx'
import { reasonOf } from '../../../web/kit/notices.tsx'
import { useRight } from '../../../web/me.ts'
import { paths } from '../../../web/paths.ts'
import { isProblem } from '../../../web/problem-error.ts'
import { useEndpoint } from '../../../web/queries.ts'
import { getPurchase } from '../../payments/contract.ts'
import { quoteTopUp, topUpBudget } from '../contract.ts'
import { AmountField, amountOf } from '../../../web/kit/amount-field.tsx'
import { BeforeAfter } from './before-after.tsx'
import { refreshBudgets, useOperationKey, type Holder } from './budget.ts'

/** Pays money in: the agency's own budget, or a client's with the invoice in that client's details. */
export function TopUpDialog({ holder, onClose }: { holder: Holder | undefined; onClose: () => void }) {
  const t = useT()
  const [purchase, setPurchase] = useState<string>()
  const close = () => {
    setPurchase(undefined)
    onClose()
  }
  return (
    <Modal
      opened={holder !== undefined}
      onClose={close}
      size={460}
      title={t('budgets.topUp.title', { name: holder?.node.name ?? '' })}
    >
      {holder && purchase === undefined ? (
        <TopUpForm holder={holder} onClose={close} onOpened={setPurchase} />
      ) : null}
      {purchase === undefined ? null : (
        <Paying id={purchase} onClose={close} again={() => setPurchase(undefined)} />
      )}
    </Modal>
  )
}

function TopUpForm(props: { holder: Holder; onClose: () => void; onOpened: (purchase: string) => void }) {
  const t = useT()
  const format = useFormat()
  const { node, available } = props.holder
  const { currency } = available
  const [text, setText] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string>()
  const [way, setWay] = useState<'card' | 'details'>()
  const owner = useRight('billing.manage')
  const key = useOperationKey()
  const amount = amountOf(text, currency)
  const [asked] = useDebouncedValue(amount, 150)
  const client = node.kind === 'client' ? { client: node.id } : {}
  const quote = useEndpoint(
    quoteTopUp,
    { query: { ...client, amount: asked ?? 1 } },
    { enabled: asked !== undefined },
  ).data
  const pay = async () => {
    if (amount === undefined) return setError(t('budgets.amountNeeded'))
    setBusy(true)
    setError(undefined)
    setWay(undefined)
    try {
      const { purchaseId } = await call(
        topUpBudget,
        { body: { ...client, amount: { amount, currency } } },
        { idempotencyKey: key },
      )
      props.onOpened(purchaseId)
    } catch (e) {
      setError(reasonOf(e))
      if (isProblem(e, 'payment_method.missing')) setWay('card')
      // A client's details are its agency's to keep.
      if (isProblem(e, 'billing_profile.incomplete'))
        if (owner) setWay('details')
        else setError(t('budgets.topUp.detailsByAgency'))
    } finally {
      setBusy(false)
    }
  }
  return (
    <DialogForm
      onSubmit={pay}
      onClose={props.onClose}
      submit={
        quote && amount
          ? t('budgets.topUp.pay', { amount: format.money(quote.total) })
          : t('budgets.topUp.payShort')
      }
      busy={busy}
      error={error}
      wayOut={<WayOut way={way} clientId={props.holder.node.id} isClient={node.kind === 'client'} />}
    >
      <AmountField
        autoFocus
        label={t('budgets.topUp.amount')}
        description={t('budgets.topUp.hint')}
        currency={currency}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <dl className="before-after">
        <div className="before-after-line">
          <dt>{t('budgets.topUp.vat')}</dt>
          <dd className="figures">{quote && amount ? format.money(quote.vat) : '—'}</dd>
        </div>
        <div className="before-after-line">
          <dt>{t('budgets.topUp.total')}</dt>
          <dd className="figures">
            <b>{quote && amount ? format.money(quote.total) : '—'}</b>
          </dd>
        </div>
      </dl>
      <BeforeAfter changes={[{ name: node.name, before: available, by: amount ?? 0 }]} />
      <p className="meta">{t('budgets.topUp.invoice', { name: node.name })}</p>
    </DialogForm>
  )
}

const texts = {
  card: 'budgets.topUp.addCard',
  otherCard: 'budgets.topUp.changeCard',
  details: 'budgets.topUp.addDetails',
} as const

/** Where what is missing can be given: a card, or the details an invoice needs. */
function WayOut(props: {
  way: 'card' | 'otherCard' | 'details' | undefined
  clientId: string
  isClient: boolean
}) {
  const t = useT()
  const { way, clientId, isClient } = props
  if (way === undefined) return null
  const to =
    way !== 'details'
      ? isClient
        ? paths.paymentMethod(clientId)
        : paths.billing('paiement')
      : isClient
        ? paths.client(clientId, 'facturation')
        : paths.billing('coordonnees')
  return (
    <Button size="sm" variant="default" renderRoot={(root) => <Link to={to} {...root} />}>
      {t(texts[way])}
    </Button>
  )
}

/** Milliseconds between two looks at a payment under way. */
const lookEvery = 700

function Paying({ id, onClose, again }: { id: string; onClose: () => void; again: () => void }) {
  const t = useT()
  const format = useFormat()
  const { data } = useEndpoint(
    getPurchase,
    { params: { id } },
    { refetchInterval: (q) => (q.state.data?.state === 'pending' || !q.state.data ? lookEvery : false) },
  )
  const state = data?.state ?? 'pending'
  const reason = `payment.${data?.failure ?? ''}`
  useEffect(() => {
    if (state === 'paid') void refreshBudgets()
    if (state === 'requires_action' && data?.actionUrl) window.location.assign(data.actionUrl)
  }, [state, data?.actionUrl])
  return (
    <div className="dialog-body" aria-live="polite">
      {state === 'paid' && data ? (
        <p className="top-up-paid">
          <IconCircleCheck size={20} aria-hidden="true" />
          {t('budgets.topUp.paid', { amount: format.money(data.net) })}
        </p>
      ) : state === 'failed' || state === 'cancelled' ? (
        <Notice
          tone="danger"
          inline
          live
          action={
            <WayOut
              way="otherCard"
              clientId={data?.payer.clientId ?? ''}
              isClient={data?.payer.clientId !== null}
            />
          }
        >
          {isTextKey(reason) ? `${t(reason)} ` : ''}
          {t('budgets.topUp.failed')}
        </Notice>
      ) : (
        <p>{t('budgets.topUp.paying')}</p>
      )}
      <div className="dialog-buttons">
        {state === 'failed' ? (
          <Button variant="default" onClick={again}>
            {t('budgets.topUp.again')}
          </Button>
        ) : null}
        <Button onClick={onClose} disabled={state === 'pending'}>
          {t('kit.close')}
        </Button>
      </div>
    </div>
  )
}
