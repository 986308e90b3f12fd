import type { Content } from 'pdfmake'
import { pdfText as txt } from '../../server/pdf.ts'
import type { DocumentFacts } from './document-facts.ts'
import type { Words } from './invoice-words.ts'
import { soft, faint, rule, green } from './pdf-look.ts'
import type { Seller } from './seller.ts'

/** Whose document it is, what it is, and its number. */
export function head(d: DocumentFacts, w: Words): Content {
  return {
    columns: [
      { svg: mark(d.seller), width: 34 },
      {
        width: '*',
        stack: [
          txt(d.seller.name, { fontSize: 14, bold: true, lineHeight: 1.1 }),
          txt(d.seller.website ?? d.seller.email, { fontSize: 8.5, color: faint }),
        ],
        margin: [12, 1, 0, 0],
      },
      {
        width: 'auto',
        stack: [
          txt(w.t(`invoices.pdf.title.${d.kind}`), {
            fontSize: 23,
            bold: true,
            alignment: 'right',
            lineHeight: 1,
          }),
          txt(d.number, {
            fontSize: 10.5,
            color: soft,
            alignment: 'right',
            medium: true,
            margin: [0, 4, 0, 0],
          }),
        ],
      },
    ],
    margin: [0, 0, 0, 22],
  }
}

/** Canopée's own mark for Canopée; for anybody else the first letter of its name. */
function mark(s: Seller): string {
  const drawn = /^canop/i.test(s.name)
    ? `<path d="M16 25V15" stroke="#fff" stroke-width="2.2" stroke-linecap="round"/><path d="M7 17.5c0-5.2 4-9.5 9-9.5s9 4.3 9 9.5c-2.3 0-3.4-1-4.5-2.2-1.2 1.4-2.6 2.2-4.5 2.2s-3.3-.8-4.5-2.2C10.4 16.5 9.3 17.5 7 17.5z" fill="#fff"/>`
    : `<text x="16" y="22" font-family="Inter" font-weight="bold" font-size="17" fill="#fff" text-anchor="middle">${/[A-Z\d]/.exec(s.name.toUpperCase())?.[0] ?? '•'}</text>`
  return `<svg xmlns="http://www.w3.org/2000/svg" width="34" height="34" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="${green}"/>${drawn}</svg>`
}

/** Dates and references, side by side under a line. */
export function facts(d: DocumentFacts, w: Words): Content {
  const days = d.lines.filter((l) => l.periodFrom !== null)
  const from = days.map((l) => l.periodFrom!).toSorted()[0]
  const to = days
    .map((l) => l.periodTo!)
    .toSorted()
    .at(-1)
  const paidOn = d.paidAt && zoned(d.paidAt, d.seller.timeZone)
  const known: [string, string | null | undefined | false][] = [
    [w.t('invoices.pdf.issued'), w.day(d.issuedOn)],
    [w.t('invoices.pdf.paid'), d.kind !== 'credit_note' && paidOn && w.day(paidOn)],
    [w.t('invoices.pdf.due'), !paidOn && d.kind !== 'credit_note' && w.day(d.dueOn)],
    [w.t('invoices.pdf.period'), from && w.period(from, to!)],
    [w.t('invoices.pdf.reference'), d.buyer.purchaseReference],
  ]
  const cells = known.filter((k): k is [string, string] => Boolean(k[1]))
  return {
    table: {
      widths: cells.map((_, i) => (i === cells.length - 1 ? '*' : 'auto')),
      body: [
        cells.map(([label, value]) => ({
          stack: [
            txt(label, { fontSize: 7.5, color: faint }),
            txt(value, { fontSize: 9, medium: true, margin: [0, 1, 0, 0] }),
          ],
        })),
      ],
    },
    layout: {
      hLineWidth: (i) => (i === 0 ? 0.75 : 0),
      vLineWidth: () => 0,
      hLineColor: () => rule,
      paddingLeft: () => 0,
      paddingRight: () => 26,
      paddingTop: () => 10,
      paddingBottom: () => 0,
    },
    margin: [0, 0, 0, 18],
  }
}

/** The day of an instant in a zone. */
function zoned(instant: string, timeZone: string): string {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).toPlainDate().toString()
}
