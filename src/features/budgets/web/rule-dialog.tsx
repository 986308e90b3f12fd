import { useState } from 'react'
import { Modal, Radio } from '@mantine/core'
import { amountText } from '../../../contract/amounts.ts'
import type { Money } from '../../../contract/common.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { DialogForm } from '../../../web/kit/dialog-form.tsx'
import { notify, reasonOf } from '../../../web/kit/notices.tsx'
import { useCall } from '../../../web/queries.ts'
import { setBudgetRule, whenEmptyChoices } from '../contract.ts'
import { AmountField, amountOf } from '../../../web/kit/amount-field.tsx'
import { nodeInput, refreshBudgets, type Budget } from './budget.ts'

type Ruled = Pick<Budget, 'node' | 'rule' | 'available'>

/** What happens by itself with a balance: monthly amount, warning, what to do when it is empty. */
export function RuleDialog({ budget, onClose }: { budget: Ruled | undefined; onClose: () => void }) {
  const t = useT()
  return (
    <Modal
      opened={budget !== undefined}
      onClose={onClose}
      size={480}
      title={t('budgets.rules.title', { name: budget?.node.name ?? '' })}
    >
      {budget ? <RuleForm budget={budget} onClose={onClose} /> : null}
    </Modal>
  )
}

function RuleForm({ budget, onClose }: { budget: Ruled; onClose: () => void }) {
  const t = useT()
  const { rule, node } = budget
  const { currency } = budget.available
  const typed = (value: Money | null) => (value ? amountText(value.amount, currency) : '')
  const [monthly, setMonthly] = useState(typed(rule.monthly))
  const [alert, setAlert] = useState(typed(rule.alertBelow))
  const [whenEmpty, setWhenEmpty] = useState(rule.whenEmpty)
  const [limit, setLimit] = useState(typed(rule.drawLimit))
  const save = useCall(setBudgetRule, {
    onSuccess: async () => {
      await refreshBudgets()
      notify(t('budgets.rules.done'))
      onClose()
    },
  })
  const money = (text: string): Money | null => {
    const amount = amountOf(text, currency)
    return amount === undefined ? null : { amount, currency }
  }
  const ill = (text: string) => text.trim() !== '' && money(text) === null
  const fields = [monthly, alert, limit]
  return (
    <DialogForm
      onSubmit={() => {
        if (fields.some(ill)) return
        save.mutate({
          body: {
            node: nodeInput(node),
            whenEmpty,
            drawLimit: whenEmpty === 'draw' ? money(limit) : null,
            alertBelow: money(alert),
            monthly: money(monthly),
            version: rule.version,
          },
        })
      }}
      onClose={onClose}
      submit={t('budgets.rules.save')}
      busy={save.isPending}
      error={save.error ? reasonOf(save.error) : undefined}
    >
      {node.kind === 'agency' ? null : (
        <AmountField
          autoFocus
          label={t('budgets.rules.monthly')}
          description={t('budgets.rules.monthlyHint')}
          currency={currency}
          value={monthly}
          onChange={(event) => setMonthly(event.currentTarget.value)}
          error={ill(monthly) ? t('budgets.amountNeeded') : undefined}
        />
      )}
      <AmountField
        label={t('budgets.rules.alert')}
        description={t('budgets.rules.alertHint')}
        currency={currency}
        value={alert}
        onChange={(event) => setAlert(event.currentTarget.value)}
        error={ill(alert) ? t('budgets.amountNeeded') : undefined}
      />
      {node.kind === 'agency' ? null : (
        <Radio.Group
          label={t('budgets.rules.whenEmpty')}
          value={whenEmpty}
          onChange={(value) => setWhenEmpty(value as typeof whenEmpty)}
        >
          <div className="rule-choices">
            {whenEmptyChoices.map((choice) => (
              <Radio
                key={choice}
                value={choice}
                label={t(`budgets.rules.${choice}`)}
                description={t(`budgets.rules.${choice}Hint`)}
              />
            ))}
          </div>
        </Radio.Group>
      )}
      {whenEmpty === 'draw' && node.kind !== 'agency' ? (
        <AmountField
          label={t('budgets.rules.limit')}
          description={t('budgets.rules.limitHint')}
          currency={currency}
          value={limit}
          onChange={(event) => setLimit(event.currentTarget.value)}
          error={ill(limit) ? t('budgets.amountNeeded') : undefined}
        />
      ) : null}
    </DialogForm>
  )
}
