import { useMemo, useState } from 'react'
import { Button, Modal, TextInput } from '@mantine/core'
import { amountText } from '../../../contract/amounts.ts'
import { call } from '../../../web/call.ts'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { DialogForm } from '../../../web/kit/dialog-form.tsx'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { notify, reasonOf } from '../../../web/kit/notices.tsx'
import { Skeletons } from '../../../web/kit/skeletons.tsx'
import { useEndpoint } from '../../../web/queries.ts'
import { allocateBudgets, getCarryOver } from '../contract.ts'
import { AmountField, amountOf } from '../../../web/kit/amount-field.tsx'
import { BeforeAfter } from './before-after.tsx'
import { nodeInput, refreshBudgets, useOperationKey, type Holder, type Node } from './budget.ts'

type Line = { node: Node; text: string; hint?: string }

/** Gives the month's budgets again, as last month, each amount still to be changed ("Reconduire les budgets du mois"). */
export function CarryOverDialog({
  own,
  opened,
  onClose,
}: {
  own: Holder
  opened: boolean
  onClose: () => void
}) {
  const t = useT()
  return (
    <Modal opened={opened} onClose={onClose} size={620} title={t('budgets.carryOver')}>
      {opened ? <CarryOver own={own} onClose={onClose} /> : null}
    </Modal>
  )
}

function CarryOver({ own, onClose }: { own: Holder; onClose: () => void }) {
  const t = useT()
  const format = useFormat()
  const { data, error, refetch } = useEndpoint(getCarryOver, undefined, { staleTime: 0, gcTime: 0 })
  if (error) return <ErrorState error={error} what={t('budgets.unreadable')} retry={() => void refetch()} />
  if (!data) return <Skeletons lines={5} height={36} />
  if (data.data.length === 0)
    return (
      <div className="dialog-body">
        <p>{t('budgets.carryOver.none')}</p>
        <div className="dialog-buttons">
          <Button variant="default" onClick={onClose}>
            {t('kit.close')}
          </Button>
        </div>
      </div>
    )
  const lines = data.data.map((r) => ({
    node: r.node,
    text: r.proposed.amount > 0 ? amountText(r.proposed.amount, r.proposed.currency) : '',
    hint: t('budgets.carryOver.hint', {
      previous: format.money(r.previous),
      current: format.money(r.current),
    }),
  }))
  return (
    <AllocateForm
      lead={t('budgets.carryOver.lead')}
      own={{ ...own, available: data.available }}
      lines={lines}
      onClose={onClose}
    />
  )
}

/** Gives many balances their budget at once. */
export function AllocateDialog({
  own,
  nodes,
  onClose,
}: {
  own: Holder
  nodes: Node[] | undefined
  onClose: () => void
}) {
  const t = useT()
  return (
    <Modal
      opened={nodes !== undefined}
      onClose={onClose}
      size={620}
      title={t('budgets.allocate.title', { n: nodes?.length ?? 0 })}
    >
      {nodes ? (
        <AllocateForm own={own} lines={nodes.map((node) => ({ node, text: '' }))} same onClose={onClose} />
      ) : null}
    </Modal>
  )
}

function AllocateForm(props: {
  own: Holder
  lines: Line[]
  lead?: string
  /** Offers one amount for all. */
  same?: boolean
  onClose: () => void
}) {
  const t = useT()
  const format = useFormat()
  const { own, onClose } = props
  const { currency } = own.available
  const [texts, setTexts] = useState<Record<string, string>>(() =>
    Object.fromEntries(props.lines.map((l) => [l.node.id, l.text])),
  )
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string>()
  const key = useOperationKey()
  const allocations = useMemo(
    () =>
      props.lines.flatMap(({ node }) => {
        const amount = amountOf(texts[node.id] ?? '', currency)
        return amount === undefined ? [] : [{ to: nodeInput(node), amount: { amount, currency } }]
      }),
    [props.lines, texts, currency],
  )
  const total = allocations.reduce((sum, a) => sum + a.amount.amount, 0)
  const short = total > own.available.amount
  const send = async () => {
    setBusy(true)
    setError(undefined)
    try {
      const done = await call(allocateBudgets, { body: { allocations } }, { idempotencyKey: key })
      await refreshBudgets()
      notify(t('budgets.allocate.done', { n: done.count, amount: format.money(done.total) }))
      onClose()
    } catch (e) {
      setError(reasonOf(e))
    } finally {
      setBusy(false)
    }
  }
  return (
    <DialogForm
      onSubmit={send}
      onClose={onClose}
      submit={t('budgets.allocate.send', {
        n: allocations.length,
        amount: format.money({ amount: total, currency }),
      })}
      busy={busy}
      disabled={short || allocations.length === 0}
      error={error}
    >
      {props.lead === undefined ? null : <p className="ink-2">{props.lead}</p>}
      {props.same ? (
        <TextInput
          label={t('budgets.allocate.same')}
          inputMode="decimal"
          data-autofocus
          onChange={(event) => {
            const text = event.currentTarget.value
            setTexts(Object.fromEntries(props.lines.map((l) => [l.node.id, text])))
          }}
        />
      ) : null}
      <ul className="allocate-lines">
        {props.lines.map(({ node, hint }) => (
          <li key={node.id} className="allocate-line">
            <span>
              {node.name}
              {hint === undefined ? null : <small className="meta figures">{hint}</small>}
            </span>
            <AmountField
              aria-label={t('budgets.amountFor', { name: node.name })}
              currency={currency}
              value={texts[node.id] ?? ''}
              onChange={(event) => {
                const text = event.currentTarget.value
                setTexts((old) => ({ ...old, [node.id]: text }))
              }}
            />
          </li>
        ))}
      </ul>
      <BeforeAfter changes={[{ name: own.node.name, before: own.available, by: -total }]} />
    </DialogForm>
  )
}
