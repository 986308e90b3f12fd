import { useState } from 'react'
import { Modal, Textarea } from '@mantine/core'
import { useT } from '../../../web/i18n/use-t.ts'
import { DialogForm } from '../../../web/kit/dialog-form.tsx'
import { notify, reasonOf } from '../../../web/kit/notices.tsx'
import { useCall } from '../../../web/queries.ts'
import { requestBudget } from '../contract.ts'
import { AmountField, amountOf } from '../../../web/kit/amount-field.tsx'
import { nodeInput, refreshBudgets, type Holder } from './budget.ts'

/** Asks the level above for budget; `amount` is what is missing, in minor units, when known. */
export function RequestDialog({ holder, onClose }: { holder: Holder | undefined; onClose: () => void }) {
  const t = useT()
  return (
    <Modal
      opened={holder !== undefined}
      onClose={onClose}
      size={460}
      title={t('budgets.ask.title', { name: holder?.node.name ?? '' })}
    >
      {holder ? <RequestForm holder={holder} onClose={onClose} /> : null}
    </Modal>
  )
}

function RequestForm({ holder, onClose }: { holder: Holder; onClose: () => void }) {
  const t = useT()
  const { currency } = holder.available
  const [text, setText] = useState('')
  const [note, setNote] = useState('')
  const [needed, setNeeded] = useState(false)
  const ask = useCall(requestBudget, {
    onSuccess: async () => {
      await refreshBudgets()
      notify(t('budgets.ask.done'))
      onClose()
    },
  })
  return (
    <DialogForm
      onSubmit={() => {
        const amount = amountOf(text, currency)
        setNeeded(amount === undefined)
        if (amount === undefined) return
        ask.mutate({
          body: {
            node: nodeInput(holder.node),
            amount: { amount, currency },
            ...(note.trim() && { note: note.trim() }),
          },
        })
      }}
      onClose={onClose}
      submit={t('budgets.ask.send')}
      busy={ask.isPending}
      error={ask.error ? reasonOf(ask.error) : undefined}
    >
      <AmountField
        autoFocus
        label={t('budgets.amount')}
        currency={currency}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        error={needed ? t('budgets.amountNeeded') : undefined}
      />
      <Textarea
        label={t('budgets.ask.note')}
        value={note}
        maxLength={500}
        autosize
        minRows={2}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
    </DialogForm>
  )
}
