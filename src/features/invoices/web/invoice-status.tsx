import { useT } from '../../../web/i18n/use-t.ts'
import { StatusBadge } from '../../../web/kit/badges.tsx'

/** Where a document stands: paid, something due; for a credit note given back or not yet. */
export function InvoiceStatus({ document }: { document: { kind: string; amountDue: { amount: number } } }) {
  const t = useT()
  const settled = document.amountDue.amount === 0
  if (document.kind === 'credit_note')
    return (
      <StatusBadge tone={settled ? 'mute' : 'info'}>
        {t(settled ? 'invoices.state.returned' : 'invoices.state.toReturn')}
      </StatusBadge>
    )
  return (
    <StatusBadge tone={settled ? 'ok' : 'warn'}>
      {t(settled ? 'invoices.state.paid' : 'invoices.state.due')}
    </StatusBadge>
  )
}
