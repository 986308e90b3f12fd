import type { Content, TableCell } from 'pdfmake'
import { spacedNumber } from '../../contract/company-numbers.ts'
import { pdfText as txt } from '../../server/pdf.ts'
import type { DocumentFacts } from './document-facts.ts'
import type { Words } from './invoice-words.ts'
import { faint, rule, soft } from './pdf-look.ts'
import { sellerDescription } from './seller-words.ts'

/** The seller at the foot of each page, as the law wants it, and the page's number. */
export function foot(d: DocumentFacts, w: Words, page: number, pages: number): Content {
  const { seller: s } = d
  const who = [
    `${s.name}${sellerDescription(s) === null ? '' : `, ${sellerDescription(s)}`}`,
    [
      s.siret && `SIRET ${spacedNumber(s.siret)}`,
      s.vatNumber && w.t('invoices.pdf.vatNumber', { number: s.vatNumber }),
    ]
      .filter(Boolean)
      .join(' – '),
    [s.addressLine1, s.addressLine2, `${s.postalCode} ${s.city}`, s.email, s.phone]
      .filter(Boolean)
      .join(' – '),
  ]
  return {
    margin: [48, 14, 48, 0],
    table: {
      widths: ['*', 'auto'],
      body: [
        [
          txt(who.filter((l) => l !== '').join('\n'), {
            fontSize: 7,
            color: faint,
            lineHeight: 1.35,
          }) as TableCell,
          {
            stack: [
              txt(w.t('invoices.pdf.page', { page, pages }), {
                fontSize: 7.5,
                color: soft,
                alignment: 'right',
              }),
              txt('Factur-X EN 16931', {
                fontSize: 7,
                color: faint,
                alignment: 'right',
                margin: [0, 1, 0, 0],
              }),
            ],
          },
        ],
      ],
    },
    layout: {
      hLineWidth: (i) => (i === 0 ? 0.5 : 0),
      hLineColor: () => rule,
      vLineWidth: () => 0,
      paddingLeft: () => 0,
      paddingRight: () => 0,
      paddingTop: () => 8,
      paddingBottom: () => 0,
    },
  }
}
