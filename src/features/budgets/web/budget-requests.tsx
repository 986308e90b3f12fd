import { useState } from 'react'
import { Button, Modal, Textarea } from '@mantine/core'
import { IconInbox } from '@tabler/icons-react'
import { amountText } from '../../../contract/amounts.ts'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { StatusBadge } from '../../../web/kit/badges.tsx'
import '../../../web/kit/dialogs.css'
import { Empty } from '../../../web/kit/empty.tsx'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { Notice } from '../../../web/kit/notice.tsx'
import { notify, reasonOf } from '../../../web/kit/notices.tsx'
import { RelativeDate } from '../../../web/kit/texts.tsx'
import { useCall, useEndpoint } from '../../../web/queries.ts'
import { decideBudgetRequest, listBudgetRequests } from '../contract.ts'
import { AmountField, amountOf } from '../../../web/kit/amount-field.tsx'
import { BeforeAfter } from './before-after.tsx'
import { refreshBudgets, type Holder, type Request } from './budget.ts'

const tones = { open: 'warn', granted: 'ok', refused: 'mute' } as const

/** Budget asked for: what waits for the user's answer, what it asked itself, what was decided. */
export function BudgetRequests({ own }: { own: Holder | undefined }) {
  const t = useT()
  const format = useFormat()
  const { data, error, refetch } = useEndpoint(listBudgetRequests)
  const [deciding, setDeciding] = useState<Request>()
  if (error) return <ErrorState error={error} what={t('budgets.unreadable')} retry={() => void refetch()} />
  if (!data) return null
  if (data.data.length === 0)
    return (
      <Empty icon={<IconInbox size={28} stroke={1.5} />} title={t('budgets.requests.empty')}>
        {t('budgets.requests.emptyText')}
      </Empty>
    )
  return (
    // Scrolls by itself: the keyboard must be able to enter it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must answer the arrow keys
    <div className="scrolls budget-requests" tabIndex={0}>
      <ul className="card budget-requests-list">
        {data.data.map((r) => (
          <li key={r.id} className="budget-request">
            <div>
              <b>{t('budgets.requests.line', { name: r.node.name, amount: format.money(r.amount) })}</b>
              <p className="meta">
                {t('budgets.requests.by', { name: r.askedBy })} · <RelativeDate value={r.askedAt} />
              </p>
              {r.note === null ? null : <p className="ink-2">{r.note}</p>}
              {r.answer === null ? null : <p className="ink-2">{r.answer}</p>}
            </div>
            <StatusBadge tone={tones[r.state]}>
              {r.granted && r.granted.amount !== r.amount.amount
                ? t('budgets.requests.grantedPart', { amount: format.money(r.granted) })
                : t(`budgets.requests.${r.state}`)}
            </StatusBadge>
            {r.canDecide && own ? (
              <Button size="sm" variant="default" onClick={() => setDeciding(r)}>
                {t('budgets.requests.decide')}
              </Button>
            ) : (
              <span />
            )}
          </li>
        ))}
      </ul>
      <Modal
        opened={deciding !== undefined}
        onClose={() => setDeciding(undefined)}
        size={460}
        title={t('budgets.requests.title', { name: deciding?.node.name ?? '' })}
      >
        {deciding && own ? (
          <DecideForm request={deciding} own={own} onClose={() => setDeciding(undefined)} />
        ) : null}
      </Modal>
    </div>
  )
}

function DecideForm({ request, own, onClose }: { request: Request; own: Holder; onClose: () => void }) {
  const t = useT()
  const format = useFormat()
  const { currency } = request.amount
  const [text, setText] = useState(amountText(request.amount.amount, currency))
  const [answer, setAnswer] = useState('')
  const amount = amountOf(text, currency)
  const decide = useCall(decideBudgetRequest, {
    onSuccess: async (done) => {
      await refreshBudgets()
      notify(
        done.state === 'granted'
          ? t('budgets.give.done', { amount: format.money(done.granted!), name: done.node.name })
          : t('budgets.requests.refusedNotice'),
      )
      onClose()
    },
  })
  const send = (grant: number | null) =>
    decide.mutate({
      params: { id: request.id },
      body: {
        grant: grant === null ? null : { amount: grant, currency },
        ...(answer.trim() && { answer: answer.trim() }),
      },
    })
  return (
    <form
      className="dialog-body"
      onSubmit={(event) => {
        event.preventDefault()
        if (amount !== undefined) send(amount)
      }}
    >
      {request.note === null ? null : <p className="ink-2">{request.note}</p>}
      <AmountField
        autoFocus
        label={t('budgets.amount')}
        currency={currency}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        error={amount === undefined ? t('budgets.amountNeeded') : undefined}
      />
      <Textarea
        label={t('budgets.requests.answer')}
        value={answer}
        maxLength={500}
        autosize
        minRows={2}
        onChange={(event) => setAnswer(event.currentTarget.value)}
      />
      <BeforeAfter changes={[{ name: own.node.name, before: own.available, by: -(amount ?? 0) }]} />
      {decide.error ? (
        <Notice tone="danger" inline live>
          {reasonOf(decide.error)}
        </Notice>
      ) : null}
      <div className="dialog-buttons">
        <Button variant="default" onClick={() => send(null)} loading={decide.isPending}>
          {t('budgets.requests.refuse')}
        </Button>
        <Button
          type="submit"
          loading={decide.isPending}
          disabled={amount === undefined || amount > own.available.amount}
        >
          {t('budgets.give')}
        </Button>
      </div>
    </form>
  )
}
