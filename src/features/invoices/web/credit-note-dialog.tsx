import { useRef, useState } from 'react'
import { Checkbox, Modal, Radio, TextInput } from '@mantine/core'
import { amountFromText } from '../../../contract/amounts.ts'
import type { Money } from '../../../contract/common.ts'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { isTextKey, useT } from '../../../web/i18n/use-t.ts'
import { DialogForm } from '../../../web/kit/dialog-form.tsx'
import { notify, notifyError } from '../../../web/kit/notices.tsx'
import { ProblemError } from '../../../web/problem-error.ts'
import { useCall, useEndpoint } from '../../../web/queries.ts'
import { getRefundable, refundPurchase } from '../../payments/contract.ts'
import { createCreditNote, listDocuments } from '../contract.ts'

type Props = {
  document: { id: string; number: string; net: Money; vat: Money; gross: Money }
  onClose: () => void
}

/** Gives back all that is left of an invoice, or an amount of it, with the money when a purchase paid it. */
export function CreditNoteDialog({ document, onClose }: Props) {
  const t = useT()
  const format = useFormat()
  const [what, setWhat] = useState('rest')
  const [reason, setReason] = useState('')
  const [text, setText] = useState('')
  const issue = useCall(createCreditNote, {
    refreshes: [listDocuments],
    onSuccess: (note) => {
      notify(t('invoices.credit.done', { number: note.number }))
      onClose()
    },
    onError: notifyError,
  })
  // Absent when no purchase paid it, or one that is not refunded here.
  const read = useEndpoint(getRefundable, { params: { id: document.id } }, { staleTime: 0 })
  const refundable = read.data
  const unread = read.isError && !(read.error instanceof ProblemError && read.error.status === 409)
  const [alone, setAlone] = useState(false)
  const key = useRef(crypto.randomUUID())
  const refund = useCall(refundPurchase, {
    refreshes: [listDocuments, getRefundable],
    idempotencyKey: () => key.current,
    onSuccess: (given) => {
      notify(t('invoices.credit.refundDone', splitWords(given)))
      onClose()
    },
    onError: (error) => {
      // Not answered, it may have been done: asked again, it is the same.
      if (error instanceof ProblemError && error.status < 500) key.current = crypto.randomUUID()
      notifyError(error)
    },
  })
  const splitWords = (s: { card: Money; prepaid: Money }) => ({
    card: format.money(s.card),
    prepaid: format.money(s.prepaid),
  })
  const { currency } = document.net
  const net = amountFromText(text, currency)
  const rate =
    document.vat.amount > 0 ? Math.round((document.vat.amount * 10_000) / document.net.amount / 10) * 10 : 0
  const left = refundable ? refundable.card.amount + refundable.prepaid.amount : 0
  const failure = `payment.${refundable?.failure ?? ''}`
  const refunds = left > 0 && !refundable!.pending && !alone
  const part = (net ?? 0) + Math.round(((net ?? 0) * rate) / 10_000)
  const ready = reason.trim() !== '' && (what === 'rest' || (net !== undefined && net > 0))
  return (
    <Modal opened onClose={onClose} title={t('invoices.credit.title', { number: document.number })}>
      <DialogForm
        onClose={onClose}
        submit={t(refunds ? 'invoices.credit.refundIssue' : 'invoices.credit.issue')}
        disabled={!ready || read.isPending || unread}
        busy={issue.isPending || refund.isPending}
        error={unread ? t('payments.unreadable') : undefined}
        onSubmit={() => {
          if (!ready) return
          if (refunds)
            refund.mutate({
              params: { id: document.id },
              body: { reason: reason.trim(), ...(what === 'part' && { amount: { amount: part, currency } }) },
            })
          else
            issue.mutate({
              params: { id: document.id },
              body: {
                reason: reason.trim(),
                ...(what === 'part' && {
                  amount: { label: reason.trim(), net: { amount: net!, currency }, vatRateBasisPoints: rate },
                }),
              },
            })
        }}
      >
        <p className="ink-2">{t('invoices.credit.lead', { gross: format.money(document.gross) })}</p>
        <Radio.Group label={t('invoices.credit.what')} value={what} onChange={setWhat}>
          <Radio mt={8} value="rest" label={t('invoices.credit.rest')} />
          <Radio mt={8} value="part" label={t('invoices.credit.part')} />
        </Radio.Group>
        {what === 'part' ? (
          <TextInput
            label={t('invoices.credit.amount')}
            description={t('invoices.credit.amountHelp', { currency })}
            value={text}
            inputMode="decimal"
            error={text !== '' && net === undefined ? t('invoices.credit.amountWrong') : undefined}
            onChange={(e) => setText(e.currentTarget.value)}
          />
        ) : null}
        <TextInput
          label={t('invoices.credit.reason')}
          description={t('invoices.credit.reasonHelp')}
          value={reason}
          maxLength={200}
          onChange={(e) => setReason(e.currentTarget.value)}
        />
        {refundable && left > 0 ? (
          <Checkbox
            label={t('invoices.credit.refund')}
            checked={refunds}
            disabled={refundable.pending}
            description={
              refundable.pending
                ? t('invoices.credit.refundPending')
                : alone
                  ? t('invoices.credit.refundOff')
                  : t(
                      'invoices.credit.refundSplit',
                      splitWords(splitOf(refundable, what === 'part' ? part : left)),
                    )
            }
            error={
              !refundable.pending && isTextKey(failure)
                ? t('invoices.credit.refundFailed', { reason: t(failure) })
                : undefined
            }
            onChange={(e) => setAlone(!e.currentTarget.checked)}
          />
        ) : null}
      </DialogForm>
    </Modal>
  )
}

/** Where an amount goes: to the card first, then to prepaid credit. */
function splitOf(left: { card: Money; prepaid: Money }, amount: number): { card: Money; prepaid: Money } {
  const card = Math.min(amount, left.card.amount)
  return {
    card: { ...left.card, amount: card },
    prepaid: { ...left.prepaid, amount: Math.min(amount - card, left.prepaid.amount) },
  }
}
