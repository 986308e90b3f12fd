import type { Content, TableCell } from 'pdfmake'
import { spacedNumber } from '../../contract/company-numbers.ts'
import { pdfText as txt } from '../../server/pdf.ts'
import type { Buyer } from './buyer.ts'
import type { DocumentFacts } from './document-facts.ts'
import type { Words } from './invoice-words.ts'
import { soft, faint, paper, inner } from './pdf-look.ts'
import type { Seller } from './seller.ts'

/** Seller and buyer, side by side. */
export function parties(d: DocumentFacts, w: Words): Content {
  return {
    table: {
      widths: [243, 12, inner - 243 - 12 - 28],
      body: [
        [partyCard(w.t('invoices.pdf.from'), d.seller, w), '', partyCard(w.t('invoices.pdf.to'), d.buyer, w)],
      ],
    },
    layout: {
      hLineWidth: () => 0,
      vLineWidth: () => 0,
      fillColor: (_row, _node, column) => (column === 2 ? paper : null),
      paddingLeft: (i) => (i === 2 ? 14 : 0),
      paddingRight: (i) => (i === 2 ? 14 : 0),
      paddingTop: () => 12,
      paddingBottom: () => 12,
    },
    margin: [0, 0, 0, 22],
  }
}

function partyCard(label: string, p: Seller | Buyer, w: Words): TableCell {
  const address = [
    p.addressLine1,
    p.addressLine2,
    [p.postalCode, p.city].filter(Boolean).join(' '),
    w.country(p.country),
  ].filter((line): line is string => Boolean(line))
  const numbers = [
    p.siret ? `SIRET ${spacedNumber(p.siret)}` : p.siren ? `SIREN ${spacedNumber(p.siren)}` : '',
    p.vatNumber ? w.t('invoices.pdf.vatNumber', { number: p.vatNumber }) : '',
  ].filter((line) => line !== '')
  return {
    stack: [
      txt(label, { fontSize: 7.5, color: faint, margin: [0, 0, 0, 3] }),
      txt(p.name, { fontSize: 10.5, bold: true, margin: [0, 0, 0, 2] }),
      ...address.map((line) => txt(line, { color: soft })),
      ...(numbers.length > 0
        ? [txt(numbers.join('\n'), { fontSize: 8, color: faint, margin: [0, 5, 0, 0] })]
        : []),
    ],
  }
}

/** What a credit note corrects, and why. */
export function citation(d: DocumentFacts, w: Words): Content {
  const { number, issuedOn } = d.original!
  return {
    stack: [
      txt(w.t('invoices.pdf.corrects', { number, date: w.day(issuedOn) }), { fontSize: 9.5, medium: true }),
      ...(d.reason ? [txt(d.reason, { color: soft })] : []),
    ],
    margin: [0, 0, 0, 14],
  }
}
