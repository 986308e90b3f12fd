import { useState } from 'react'
import { Button, Modal, Radio, TextInput } from '@mantine/core'
import { amountFromText } from '../../../contract/amounts.ts'
import type { Money } from '../../../contract/common.ts'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { notify, notifyError } from '../../../web/kit/notices.tsx'
import { useCall } from '../../../web/queries.ts'
import { createCreditNote, listDocuments } from '../contract.ts'

type Props = {
  document: { id: string; number: string; net: Money; vat: Money; gross: Money }
  onClose: () => void
}

/** Gives back all that is left of an invoice, or an amount of it; says that no money moves by itself. */
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
  const { currency } = document.net
  const net = amountFromText(text, currency)
  const rate =
    document.vat.amount > 0 ? Math.round((document.vat.amount * 10_000) / document.net.amount / 10) * 10 : 0
  const ready = reason.trim() !== '' && (what === 'rest' || (net !== undefined && net > 0))
  return (
    <Modal opened onClose={onClose} title={t('invoices.credit.title', { number: document.number })}>
      <form
        className="form-column"
        style={{ display: 'grid', gap: 16 }}
        onSubmit={(e) => {
          e.preventDefault()
          if (!ready) return
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
        <p className="ink-2" style={{ margin: 0 }}>
          {t('invoices.credit.lead', { gross: format.money(document.gross) })}
        </p>
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
        <div style={{ display: 'flex', gap: 8, justifyContent: 'flex-end' }}>
          <Button variant="default" onClick={onClose}>
            {t('invoices.credit.cancel')}
          </Button>
          <Button type="submit" disabled={!ready} loading={issue.isPending}>
            {t('invoices.credit.issue')}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
