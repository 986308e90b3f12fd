import { IconFileInvoice } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { Money } from '../../../contract/common.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import type { GridColumn } from '../../../web/kit/data-grid-type.ts'
import { IdentityCell } from '../../../web/kit/row-card.tsx'
import { DateText, MoneyText } from '../../../web/kit/texts.tsx'

/** What lists of invoices and credit notes have in common. */
type DocumentRow = { kind: string; number: string; issuedOn: string; net: Money; gross: Money }

/** An amount as it adds to the sum of a list: a credit note takes away. */
export function signed(document: Pick<DocumentRow, 'kind'>, amount: Money): Money {
  return document.kind === 'credit_note' ? { ...amount, amount: -amount.amount } : amount
}

/** Columns of every list of documents: number first, dates and amounts last; `detail` is the second line. */
export function useDocumentColumns<Row extends DocumentRow>(detail: (row: Row) => ReactNode) {
  const t = useT()
  const column = (id: 'net' | 'gross'): GridColumn<Row> => ({
    id,
    header: t(`invoices.${id}`),
    width: 120,
    align: 'end',
    cell: (r) => (
      <span className={id === 'net' ? 'ink-2' : undefined}>
        <MoneyText value={signed(r, r[id])} />
      </span>
    ),
  })
  const number: GridColumn<Row> = {
    id: 'number',
    header: t('invoices.number'),
    cell: (r) => (
      <IdentityCell
        icon={<IconFileInvoice size={18} className="ink-3" aria-hidden="true" />}
        name={r.number}
        detail={detail(r)}
      />
    ),
  }
  const issued: GridColumn<Row> = {
    id: 'issued',
    header: t('invoices.issuedOn'),
    width: 130,
    cell: (r) => <DateText value={r.issuedOn} />,
  }
  return { number, issued, net: column('net'), gross: column('gross') }
}
