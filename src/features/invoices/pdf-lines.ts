import type { Content, TableCell } from 'pdfmake'
import { pdfText as txt, type TextStyle } from '../../server/pdf.ts'
import type { DocumentFacts, LineFacts } from './document-facts.ts'
import { percentOf } from './invoice-xml.ts'
import type { Words } from './invoice-words.ts'
import { ink, soft, faint, rule } from './pdf-look.ts'

/** What is sold, line by line, with its period and its discount. */
export function lines(d: DocumentFacts, w: Words): Content {
  const discounted = d.lines.some((l) => l.discount !== 0n)
  const right = (text: string, style: TextStyle = {}) =>
    txt(text, { alignment: 'right', ...style }) as TableCell
  const header = (text: string, alignment = 'right') =>
    txt(text, { fontSize: 7.5, color: faint, alignment }) as TableCell
  return {
    table: {
      headerRows: 1,
      dontBreakRows: true,
      widths: ['*', 24, 62, ...(discounted ? [54] : []), 34, 64],
      body: [
        [
          header(w.t('invoices.pdf.what'), 'left'),
          header(w.t('invoices.pdf.quantity')),
          header(w.t('invoices.pdf.price')),
          ...(discounted ? [header(w.t('invoices.pdf.discount'))] : []),
          header(w.t('invoices.pdf.vat')),
          header(w.t('invoices.pdf.total')),
        ],
        ...d.lines.map((l): TableCell[] => [
          {
            stack: [
              txt(l.label, { fontSize: 9, medium: true }),
              ...under(l, w).map((text) => txt(text, { fontSize: 8, color: faint, margin: [0, 1, 0, 0] })),
            ],
          },
          right(String(l.quantity)),
          right(w.money(l.unitPrice)),
          ...(discounted ? [right(l.discount === 0n ? '–' : w.money(-l.discount), { color: soft })] : []),
          right(l.category === 'S' ? w.percent(l.rateBasisPoints) : '–', { color: soft }),
          right(w.money(l.net), { medium: true }),
        ]),
      ],
    },
    layout: {
      hLineWidth: (i, node) => (i === 0 ? 0 : i === 1 ? 0.9 : i === node.table.body.length ? 0.9 : 0.5),
      hLineColor: (i, node) => (i === 1 || i === node.table.body.length ? ink : rule),
      vLineWidth: () => 0,
      paddingLeft: (i) => (i === 0 ? 0 : 6),
      paddingRight: (i, node) => (i === node.table.widths!.length - 1 ? 0 : 6),
      paddingTop: (i) => (i === 0 ? 0 : 7),
      paddingBottom: (i) => (i === 0 ? 5 : 7),
    },
    margin: [0, 0, 0, 14],
  }
}

/** What is said below a line's text: the days it covers, and why it is cheaper. */
function under(l: LineFacts, w: Words): string[] {
  const rate = percentOf(l.discount, l.net + l.discount)
  const reason =
    l.discountLabel ?? (rate === null ? null : w.t('invoices.pdf.discountOf', { rate: w.percent(rate) }))
  return [
    ...(l.periodFrom === null ? [] : [w.period(l.periodFrom, l.periodTo!)]),
    ...(l.discount === 0n || reason === null ? [] : [reason]),
  ]
}
