import type { Content, TableCell } from 'pdfmake'
import { pdfText as txt } from '../../server/pdf.ts'
import type { DocumentFacts } from './document-facts.ts'
import type { Words } from './invoice-words.ts'
import { legal } from './pdf-mentions.ts'
import { ink, soft, faint, rule, green, paleGreen } from './pdf-look.ts'

/** How it is paid, beside the sums; kept together on one page. */
export function closing(d: DocumentFacts, w: Words): Content {
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
