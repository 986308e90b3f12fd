import { useState } from 'react'
import { Button, Modal, Radio } from '@mantine/core'
import { amountText } from '../../../contract/amounts.ts'
import type { Money } from '../../../contract/common.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import '../../../web/kit/dialogs.css'
import { Notice } from '../../../web/kit/notice.tsx'
import { notify, reasonOf } from '../../../web/kit/notices.tsx'
import { useCall } from '../../../web/queries.ts'
import { setBudgetRule, whenEmptyChoices } from '../contract.ts'
import { AmountField, amountOf } from './amount-field.tsx'
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
    <form
      className="dialog-body"
      onSubmit={(event) => {
        event.preventDefault()
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
    >
      {node.kind === 'agency' ? null : (
        <AmountField
          autoFocus
          label={t('budgets.rules.monthly')}
          description={t('budgets.rules.monthlyHint')}
          currency={currency}
          value={monthly}
          onChange={setMonthly}
          error={ill(monthly) ? t('budgets.amountNeeded') : undefined}
        />
      )}
      <AmountField
        label={t('budgets.rules.alert')}
        description={t('budgets.rules.alertHint')}
        currency={currency}
        value={alert}
        onChange={setAlert}
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
          onChange={setLimit}
          error={ill(limit) ? t('budgets.amountNeeded') : undefined}
        />
      ) : null}
      {save.error ? (
        <Notice tone="danger" inline live>
          {reasonOf(save.error)}
        </Notice>
      ) : null}
      <div className="dialog-buttons">
        <Button variant="default" onClick={onClose}>
          {t('kit.cancel')}
        </Button>
        <Button type="submit" loading={save.isPending}>
          {t('budgets.rules.save')}
        </Button>
      </div>
    </form>
  )
}
