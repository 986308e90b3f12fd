import type { Content, TableCell } from 'pdfmake'
import { spacedNumber } from '../../contract/company-numbers.ts'
import type { Texts } from '../../server/texts.ts'
import type { Buyer } from './buyer.ts'
import type { DocumentFacts, LineFacts } from './document-facts.ts'
import { percentOf } from './invoice-xml.ts'
import { wordsOf, type Words } from './invoice-words.ts'
import { facturXFile, type PdfDefinition } from './pdf-file.ts'
import { runsOf } from './pdf-text.ts'
import { sellerDescription } from './seller-words.ts'
import type { Seller } from './seller.ts'

const ink = '#1b1f1d'
const soft = '#525a56'
const faint = '#646d68'
const rule = '#dfe4e1'
const green = '#12694f'
const paleGreen = '#eaf4f0'
const paper = '#f6f8f7'
/** Width between the margins of an A4 page, points. */
const inner = 499

type Style = { fontSize?: number; color?: string; medium?: boolean; bold?: boolean; [more: string]: unknown }

/** A text in its fonts. */
function txt(text: string, { medium, ...style }: Style = {}): Content {
  return {
    ...style,
    text: runsOf(text).map((run) => ({
      text: run.text,
      font: run.font === 'Inter' && medium ? 'InterMedium' : run.font,
    })),
  } as Content
}

/** The document as a PDF/A-3b file that carries its own XML (Factur-X). */
export function invoicePdf(d: DocumentFacts, xml: string, texts: Texts): Promise<Buffer> {
  const w = wordsOf(texts, d.locale, d.currency)
  const title = `${w.t(`invoices.pdf.title.${d.kind}`)} ${d.number}`
  return facturXFile(definitionOf(d, w), xml, {
    title,
    author: d.seller.name,
    subject: `${title} – ${d.buyer.name}`,
    at: new Date(d.createdAt),
    language: d.locale,
  })
}

function definitionOf(d: DocumentFacts, w: Words): PdfDefinition {
  return {
    pageSize: 'A4',
    pageMargins: [48, 46, 48, 78],
    defaultStyle: {
      font: 'Inter',
      fontSize: 9,
      color: ink,
      lineHeight: 1.25,
      fontFeatures: ['tnum', 'kern'],
    } as never,
    content: [
      head(d, w),
      facts(d, w),
      parties(d, w),
      ...(d.original ? [citation(d, w)] : []),
      lines(d, w),
      closing(d, w),
      mentions(d),
    ],
    footer: (page, pages) => foot(d, w, page, pages),
  }
}

function head(d: DocumentFacts, w: Words): Content {
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
function facts(d: DocumentFacts, w: Words): Content {
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

function parties(d: DocumentFacts, w: Words): Content {
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
function citation(d: DocumentFacts, w: Words): Content {
  const { number, issuedOn } = d.original!
  return {
    stack: [
      txt(w.t('invoices.pdf.corrects', { number, date: w.day(issuedOn) }), { fontSize: 9.5, medium: true }),
      ...(d.reason ? [txt(d.reason, { color: soft })] : []),
    ],
    margin: [0, 0, 0, 14],
  }
}

function lines(d: DocumentFacts, w: Words): Content {
  const discounted = d.lines.some((l) => l.discount !== 0n)
  const right = (text: string, style: Style = {}) => txt(text, { alignment: 'right', ...style }) as TableCell
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

/** How it is paid, beside the sums; kept together on one page. */
function closing(d: DocumentFacts, w: Words): Content {
  return {
    unbreakable: true,
    columns: [
      { width: '*', stack: payment(d, w), margin: [0, 2, 24, 0] },
      { width: 236, stack: [sums(d, w)] },
    ],
    margin: [0, 0, 0, 20],
  }
}

function sums(d: DocumentFacts, w: Words): Content {
  const credit = d.kind === 'credit_note'
  const rows: [string, string][] = [
    [w.t('invoices.pdf.net'), w.money(d.net)],
    ...d.groups.map((g): [string, string] => [
      g.category === 'S'
        ? w.t('invoices.pdf.vatOf', { rate: w.percent(g.rateBasisPoints), base: w.money(g.net) })
        : w.t('invoices.pdf.noVat'),
      w.money(g.vat),
    ]),
    [w.t('invoices.pdf.gross'), w.money(d.gross)],
    ...prepaidRows(d, w),
    ...(d.cardPaid > 0n
      ? [
          [w.t(credit ? 'invoices.pdf.toCard' : 'invoices.pdf.byCard'), w.money(-d.cardPaid)] as [
            string,
            string,
          ],
        ]
      : []),
  ]
  const cell = ([label, value]: [string, string], i: number): TableCell[] => {
    const strong = i === d.groups.length + 1
    return [
      txt(label, { color: strong ? ink : soft, medium: strong }) as TableCell,
      txt(value, { alignment: 'right', medium: strong }) as TableCell,
    ]
  }
  return {
    table: {
      widths: ['*', 'auto'],
      body: [
        ...rows.map(cell),
        [
          txt(w.t(credit ? 'invoices.pdf.leftToReturn' : 'invoices.pdf.leftToPay'), {
            bold: true,
            color: '#ffffff',
            fontSize: 10.5,
            margin: [0, 2, 0, 0],
          }) as TableCell,
          txt(w.money(d.amountDue), {
            bold: true,
            color: '#ffffff',
            fontSize: 13,
            alignment: 'right',
          }) as TableCell,
        ],
      ],
    },
    layout: {
      hLineWidth: (i) => (i === d.groups.length + 1 || i === d.groups.length + 2 ? 0.5 : 0),
      hLineColor: () => rule,
      vLineWidth: () => 0,
      fillColor: (i, node) => (i === node.table.body.length - 1 ? green : null),
      paddingLeft: () => 12,
      paddingRight: () => 12,
      paddingTop: (i, node) => (i === node.table.body.length - 1 ? 8 : 4),
      paddingBottom: (i, node) => (i === node.table.body.length - 1 ? 7 : 4),
    },
  }
}

/** Deposits one by one, then prepaid credit that no invoice was issued for. */
function prepaidRows(d: DocumentFacts, w: Words): [string, string][] {
  if (d.prepaidUsed === 0n) return []
  if (d.kind === 'credit_note') return [[w.t('invoices.pdf.toPrepaid'), w.money(-d.prepaidUsed)]]
  const rest = d.deposits.reduce((left, x) => left - x.amount, d.prepaidUsed)
  return [
    ...d.deposits.map((x): [string, string] => [
      w.t('invoices.pdf.deposit', { number: x.number }),
      w.money(-x.amount),
    ]),
    ...(rest > 0n ? [[w.t('invoices.pdf.byPrepaid'), w.money(-rest)] as [string, string]] : []),
  ]
}

function payment(d: DocumentFacts, w: Words): Content[] {
  const vat = d.mentions.find((m) => m.code === `vat.${d.vatCase}`)
  const said: Content[] = vat
    ? [legal(vat.texts, d, { fontSize: 8.5, color: ink, margin: [0, 0, 0, 10] })]
    : []
  if (d.amountDue === 0n) {
    const how = d.kind === 'credit_note' ? 'returned' : 'settled'
    const by = d.cardPaid > 0n ? (d.prepaidUsed > 0n ? 'Both' : 'Card') : 'Prepaid'
    said.push({
      table: {
        widths: ['auto'],
        body: [
          [txt(w.t(`invoices.pdf.${how}${by}`), { color: green, medium: true, fontSize: 8.5 }) as TableCell],
        ],
      },
      layout: {
        hLineWidth: () => 0,
        vLineWidth: () => 0,
        fillColor: () => paleGreen,
        paddingLeft: () => 10,
        paddingRight: () => 10,
        paddingTop: () => 6,
        paddingBottom: () => 6,
      },
    })
  } else if (d.kind !== 'credit_note' && d.seller.iban !== null) said.push(bank(d, w))
  return said
}

function bank(d: DocumentFacts, w: Words): Content {
  const { iban, bic, bankName } = d.seller
  const rows: [string, string][] = [
    [w.t('invoices.pdf.iban'), iban!.replaceAll(/\s/g, '').replaceAll(/(.{4})(?=.)/g, '$1 ')],
    ...(bic ? [['BIC', bic] as [string, string]] : []),
    ...(bankName ? [[w.t('invoices.pdf.bank'), bankName] as [string, string]] : []),
    [w.t('invoices.pdf.quote'), d.number],
  ]
  return {
    stack: [
      txt(w.t('invoices.pdf.byTransfer', { date: w.day(d.dueOn) }), { medium: true, margin: [0, 0, 0, 4] }),
      {
        table: {
          widths: ['auto', '*'],
          body: rows.map(([label, value]) => [
            txt(label, { fontSize: 8, color: faint }) as TableCell,
            txt(value, { fontSize: 8.5 }) as TableCell,
          ]),
        },
        layout: {
          hLineWidth: () => 0,
          vLineWidth: () => 0,
          paddingLeft: (i) => (i === 0 ? 0 : 8),
          paddingRight: () => 0,
          paddingTop: () => 1.5,
          paddingBottom: () => 1.5,
        },
      },
    ],
  }
}

/** French binds, and comes first; then the document's own language. */
function legal(texts: DocumentFacts['mentions'][number]['texts'], d: DocumentFacts, style: Style): Content {
  const own = texts[d.locale]
  return txt(own === undefined || d.locale === 'fr' ? texts.fr : `${texts.fr} ${own}`, style)
}

function mentions(d: DocumentFacts): Content {
  return {
    unbreakable: true,
    stack: d.mentions
      .filter((m) => !m.code.startsWith('vat.'))
      .map((m) => legal(m.texts, d, { fontSize: 7.5, color: faint, lineHeight: 1.3 })),
  }
}

function foot(d: DocumentFacts, w: Words, page: number, pages: number): Content {
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

/** The day of an instant in a zone. */
function zoned(instant: string, timeZone: string): string {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).toPlainDate().toString()
}
