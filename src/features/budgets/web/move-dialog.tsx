import { useState } from 'react'
import { Modal, NativeSelect, TextInput } from '@mantine/core'
import { amountText } from '../../../contract/amounts.ts'
import { call } from '../../../web/call.ts'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { DialogForm } from '../../../web/kit/dialog-form.tsx'
import { notify, reasonOf } from '../../../web/kit/notices.tsx'
import { useEndpoint } from '../../../web/queries.ts'
import { getBudget, listBudgets, moveBudget } from '../contract.ts'
import { AmountField, amountOf } from '../../../web/kit/amount-field.tsx'
import { BeforeAfter } from './before-after.tsx'
import { nodeInput, refreshBudgets, useOperationKey, type Holder } from './budget.ts'

/** Gives to a balance, or takes back from it: one's own level is at the other end unless another is chosen. */
export type MoveAct = { way: 'give' | 'take'; holder: Holder }

/** Gives, takes back or moves budget, showing both balances before and after. */
export function MoveDialog({ act, onClose }: { act: MoveAct | undefined; onClose: () => void }) {
  const t = useT()
  const name = act?.holder.node.name ?? ''
  return (
    <Modal
      opened={act !== undefined}
      onClose={onClose}
      size={480}
      title={act?.way === 'take' ? t('budgets.take.title', { name }) : t('budgets.give.title', { name })}
    >
      {act ? <MoveForm act={act} onClose={onClose} /> : null}
    </Modal>
  )
}

function MoveForm({ act, onClose }: { act: MoveAct; onClose: () => void }) {
  const t = useT()
  const format = useFormat()
  const { holder, way } = act
  const { currency } = holder.available
  const others = useOthers(holder)
  const [chosen, setChosen] = useState<string>()
  const [text, setText] = useState('')
  const [note, setNote] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string>()
  const key = useOperationKey()
  const other = others.find((o) => o.node.id === chosen) ?? others[0]
  const amount = amountOf(text, currency)
  if (!other) return null
  const [from, to] = way === 'give' ? [other, holder] : [holder, other]
  const short = amount !== undefined && amount > from.available.amount
  const send = async () => {
    if (amount === undefined) return setError(t('budgets.amountNeeded'))
    setBusy(true)
    setError(undefined)
    try {
      await call(
        moveBudget,
        {
          body: {
            from: nodeInput(from.node),
            to: nodeInput(to.node),
            amount: { amount, currency },
            ...(note.trim() && { note: note.trim() }),
          },
        },
        { idempotencyKey: key },
      )
      await refreshBudgets()
      const values = { amount: format.money({ amount, currency }), name: holder.node.name }
      notify(way === 'give' ? t('budgets.give.done', values) : t('budgets.take.done', values))
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
      submit={
        amount === undefined
          ? way === 'give'
            ? t('budgets.give')
            : t('budgets.take')
          : t(way === 'give' ? 'budgets.give.amount' : 'budgets.take.amount', {
              amount: format.money({ amount, currency }),
            })
      }
      busy={busy}
      disabled={short}
      error={error}
    >
      {others.length > 1 ? (
        <NativeSelect
          label={way === 'give' ? t('budgets.from') : t('budgets.to')}
          value={other.node.id}
          onChange={(event) => setChosen(event.currentTarget.value)}
          data={others.map((o) => ({
            value: o.node.id,
            label: t('budgets.choice', { name: o.node.name, amount: format.money(o.available) }),
          }))}
        />
      ) : null}
      <AmountField
        autoFocus
        label={t('budgets.amount')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        currency={currency}
        description={
          way === 'take' && from.available.amount > 0 ? (
            <button
              type="button"
              className="text-link"
              onClick={() => setText(amountText(from.available.amount, currency))}
            >
              {t('budgets.takeAll', { amount: format.money(from.available) })}
            </button>
          ) : undefined
        }
      />
      <TextInput
        label={t('budgets.note')}
        value={note}
        maxLength={200}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <BeforeAfter
        changes={[
          { name: from.node.name, before: from.available, by: -(amount ?? 0) },
          { name: to.node.name, before: to.available, by: amount ?? 0 },
        ]}
      />
    </DialogForm>
  )
}

/** Balances that may be at the other end: one's own first, then its other direct levels. */
function useOthers(holder: Holder): Holder[] {
  const own = useEndpoint(getBudget, { query: {} }).data
  const below = useEndpoint(listBudgets, { query: { limit: 100 } }).data?.data ?? []
  if (!own) return []
  return [own, ...below].filter((b) => b.node.id !== holder.node.id)
}
