import type { Content } from 'pdfmake'
import { brandFill, brandRamp, readableOn, type Ramp } from '../../contract/brand-color.ts'
import { decimalsOf } from '../../contract/amounts.ts'
import { drawPdf, pdfText as txt, type PdfDefinition } from '../../server/pdf.ts'
import type { Texts } from '../../server/texts.ts'
import type { ReportFacts } from './client-report.ts'

const ink = '#1b1f1d'
const soft = '#525a56'
const faint = '#646d68'
const rule = '#dfe4e1'
/** Width between the margins of an A4 page, points. */
const inner = 499

/** The shades of one agency's colour, as its pages have them (interface.md, "White label"). */
type Brand = { fill: string; onFill: string; text: string; ramp: Ramp }

type Words = {
  t(key: string, values?: Record<string, unknown>): string
  money(amount: bigint): string
  day(date: string): string
  month(month: string, short?: boolean): string
}

/** A client's report, A4, in the agency's colour. The same facts give the same pages. */
export function reportPdf(facts: ReportFacts, texts: Texts): Promise<Buffer> {
  const w = wordsOf(facts, texts)
  const title = w.t('following.report.title', { client: facts.client.name })
  return drawPdf(definitionOf(facts, w), {
    title,
    author: facts.agency.name,
    language: facts.locale,
    at: new Date(`${facts.madeOn}T12:00:00Z`),
  })
}

function wordsOf(facts: ReportFacts, texts: Texts): Words {
  const tag = facts.locale === 'fr' ? 'fr-FR' : facts.locale
  const unit = 10 ** decimalsOf(facts.currency)
  const money = new Intl.NumberFormat(tag, { style: 'currency', currency: facts.currency })
  const day = new Intl.DateTimeFormat(tag, {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  })
  const month = new Intl.DateTimeFormat(tag, { month: 'long', year: 'numeric', timeZone: 'UTC' })
  const short = new Intl.DateTimeFormat(tag, { month: 'short', timeZone: 'UTC' })
  return {
    t: (key, values) => texts.t(facts.locale, key, values),
    money: (amount) => money.format(Number(amount) / unit),
    day: (date) => day.format(new Date(`${date}T00:00:00Z`)),
    month: (m, isShort) => (isShort ? short : month).format(new Date(`${m}-01T00:00:00Z`)),
  }
}

function definitionOf(f: ReportFacts, w: Words): PdfDefinition {
  const fill = brandFill(f.agency.brandColor)
  const brand: Brand = {
    fill: fill.background,
    onFill: fill.ink,
    text: readableOn(f.agency.brandColor, '#ffffff'),
    ramp: brandRamp(f.agency.brandColor),
  }
  return {
    pageSize: 'A4',
    pageMargins: [48, 46, 48, 64],
    defaultStyle: { font: 'Inter', fontSize: 9, color: ink, lineHeight: 1.25 },
    content: [
      head(f, w, brand),
      keyFigures(f, w, brand),
      section(w.t('following.report.months'), brand),
      { svg: chart(f, w, brand), width: inner, margin: [0, 0, 0, 4] } as Content,
      legend(w, brand),
      ...campaigns(f, w, brand),
      ...deliveries(f, w, brand),
    ],
    footer: (page: number, pages: number) => ({
      margin: [48, 22, 48, 0],
      columns: [
        txt([f.agency.name, f.agency.supportEmail].filter(Boolean).join(' · '), {
          fontSize: 7.5,
          color: faint,
        }),
        txt(w.t('following.report.page', { page, pages }), {
          fontSize: 7.5,
          color: faint,
          alignment: 'right',
          width: 'auto',
        }),
      ],
    }),
  } as PdfDefinition
}

function head(f: ReportFacts, w: Words, brand: Brand): Content {
  const letter = /[\p{L}\d]/u.exec(f.agency.name.toUpperCase())?.[0] ?? '•'
  const font = /\p{Script=Han}/u.test(letter) ? 'Noto' : 'Inter'
  const mark = `<svg xmlns="http://www.w3.org/2000/svg" width="30" height="30" viewBox="0 0 30 30"><rect width="30" height="30" rx="8" fill="${brand.fill}"/><text x="15" y="20.5" font-family="${font}" font-weight="bold" font-size="15" fill="${brand.onFill}" text-anchor="middle">${letter}</text></svg>`
  return {
    stack: [
      {
        columns: [
          { svg: mark, width: 30 },
          txt(f.agency.name, { fontSize: 12, bold: true, margin: [10, 7, 0, 0], width: '*' }),
          txt(w.t('following.report.madeOn', { day: w.day(f.madeOn) }), {
            fontSize: 8.5,
            color: faint,
            alignment: 'right',
            margin: [0, 9, 0, 0],
            width: 'auto',
          }),
        ],
      },
      txt(w.t('following.report.kind'), {
        fontSize: 9,
        color: brand.text,
        bold: true,
        margin: [0, 26, 0, 2],
      }),
      txt(f.client.name, { fontSize: 25, bold: true, lineHeight: 1.1 }),
      txt(w.t('following.report.period', { from: w.month(f.from), to: w.month(f.to) }), {
        fontSize: 10.5,
        color: soft,
        margin: [0, 4, 0, 18],
      }),
    ],
  } as Content
}

/** Four figures side by side on a pale ground. */
function keyFigures(f: ReportFacts, w: Words, brand: Brand): Content {
  const cells: [string, string, string][] = [
    [
      w.t('following.figure.ordered'),
      w.money(f.total.ordered),
      w.t('following.report.orders', { n: f.total.orders }),
    ],
    [w.t('following.figure.delivered'), w.money(f.total.delivered), w.t('following.report.deliveredHint')],
    [w.t('following.figure.waiting'), w.money(f.total.waiting), w.t('following.report.waitingHint')],
    [
      w.t('following.report.available'),
      w.money(f.available),
      w.t('following.report.availableHint', { day: w.day(f.madeOn) }),
    ],
  ]
  return {
    table: {
      widths: cells.map(() => '*'),
      body: [
        cells.map(([label, value, hint]) => ({
          stack: [
            txt(label, { fontSize: 8, color: soft }),
            txt(value, { fontSize: 14, bold: true, margin: [0, 3, 0, 2], lineHeight: 1.1 }),
            txt(hint, { fontSize: 7.5, color: faint }),
          ],
        })),
      ],
    },
    layout: {
      fillColor: () => brand.ramp[0],
      hLineWidth: (i: number) => (i === 0 ? 2 : 0),
      vLineWidth: () => 0,
      hLineColor: () => brand.fill,
      paddingLeft: () => 12,
      paddingRight: () => 8,
      paddingTop: () => 10,
      paddingBottom: () => 10,
    },
    margin: [0, 0, 0, 4],
  } as Content
}

function section(title: string, brand: Brand): Content {
  return txt(title, { fontSize: 12, bold: true, color: brand.text, margin: [0, 20, 0, 8] })
}

/** Bars by month: ordered behind, delivered in front. */
function chart(f: ReportFacts, w: Words, brand: Brand): string {
  const height = 118
  const base = height - 20
  const top = f.months.reduce((m, { sums }) => (sums.ordered > m ? sums.ordered : m), 1n)
  const step = inner / f.months.length
  const width = Math.min(30, step * 0.62)
  const tall = (amount: bigint) => (Number(amount) / Number(top)) * (base - 14)
  const every = Math.ceil(f.months.length / 14)
  const bars = f.months.map(({ month, sums }, i) => {
    const x = i * step + (step - width) / 2
    const bar = (amount: bigint, color: string) =>
      amount > 0n
        ? `<rect x="${x.toFixed(2)}" y="${(base - tall(amount)).toFixed(2)}" width="${width.toFixed(2)}" height="${Math.max(0.8, tall(amount)).toFixed(2)}" rx="1.5" fill="${color}"/>`
        : ''
    const label =
      i % every === 0
        ? `<text x="${(x + width / 2).toFixed(2)}" y="${height - 6}" font-family="${f.locale === 'zh' ? 'Noto' : 'Inter'}" font-size="7" fill="${faint}" text-anchor="middle">${w.month(month, true)}</text>`
        : ''
    return bar(sums.ordered, brand.ramp[3]) + bar(sums.delivered, brand.ramp[7]) + label
  })
  const max = `<text x="0" y="8" font-family="Inter" font-size="7" fill="${faint}">${w.money(top === 1n ? 0n : top)}</text>`
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${inner}" height="${height}" viewBox="0 0 ${inner} ${height}">${max}<line x1="0" y1="${base}" x2="${inner}" y2="${base}" stroke="${rule}" stroke-width="0.75"/>${bars.join('')}</svg>`
}

function legend(w: Words, brand: Brand): Content {
  const item = (color: string, label: string): Content[] => [
    {
      svg: `<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><rect width="8" height="8" rx="2" fill="${color}"/></svg>`,
      width: 8,
      margin: [0, 1.5, 0, 0],
    } as Content,
    txt(label, { fontSize: 8, color: soft, width: 'auto', margin: [4, 0, 16, 0] }),
  ]
  return {
    columns: [
      ...item(brand.ramp[3], w.t('following.figure.ordered')),
      ...item(brand.ramp[7], w.t('following.figure.delivered')),
      txt('', { width: '*' }),
    ],
  } as Content
}

const lightLayout = {
  hLineWidth: (i: number) => (i === 0 ? 0 : 0.5),
  vLineWidth: () => 0,
  hLineColor: () => rule,
  paddingLeft: (i: number) => (i === 0 ? 0 : 8),
  paddingRight: (i: number, node: { table: { widths: unknown[] } }) =>
    i === node.table.widths.length - 1 ? 0 : 8,
  paddingTop: () => 5,
  paddingBottom: () => 5,
}

const titleCell = (text: string, end = false): Content =>
  txt(text, { fontSize: 8, color: faint, ...(end && { alignment: 'right' }) })

function campaigns(f: ReportFacts, w: Words, brand: Brand): Content[] {
  if (f.campaigns.length === 0) return []
  return [
    section(w.t('following.report.campaigns'), brand),
    {
      table: {
        headerRows: 1,
        widths: ['*', 130, 78, 78],
        dontBreakRows: true,
        body: [
          [
            titleCell(w.t('following.by.campaign')),
            titleCell(w.t('following.report.budget')),
            titleCell(w.t('following.figure.ordered'), true),
            titleCell(w.t('following.figure.delivered'), true),
          ],
          ...f.campaigns.map((c) => [
            {
              stack: [
                txt(c.name, { bold: true }),
                ...(c.endsOn
                  ? [
                      txt(w.t('following.report.until', { day: w.day(c.endsOn) }), {
                        fontSize: 7.5,
                        color: faint,
                      }),
                    ]
                  : []),
              ],
            },
            budgetCell(c.budget, c.sums.ordered, w, brand),
            txt(w.money(c.sums.ordered), { alignment: 'right' }),
            txt(w.money(c.sums.delivered), { alignment: 'right' }),
          ]),
        ],
      },
      layout: lightLayout,
    } as Content,
  ]
}

function budgetCell(budget: bigint | null, spent: bigint, w: Words, brand: Brand): Content {
  if (budget === null || budget === 0n) return txt('—', { color: faint })
  const share = Math.min(1, Number(spent) / Number(budget))
  return {
    stack: [
      txt(
        w.t('following.report.ofBudget', {
          share: Math.round((Number(spent) / Number(budget)) * 100),
          budget: w.money(budget),
        }),
        { fontSize: 8 },
      ),
      {
        svg: `<svg xmlns="http://www.w3.org/2000/svg" width="110" height="4"><rect width="110" height="4" rx="2" fill="${brand.ramp[2]}"/><rect width="${(110 * share).toFixed(1)}" height="4" rx="2" fill="${brand.ramp[7]}"/></svg>`,
        width: 110,
        margin: [0, 2, 0, 0],
      },
    ],
  } as Content
}

function deliveries(f: ReportFacts, w: Words, brand: Brand): Content[] {
  if (f.deliveries.length === 0)
    return [
      section(w.t('following.report.deliveries'), brand),
      txt(w.t('following.report.nothing'), { color: soft }),
    ]
  return [
    section(w.t('following.report.deliveries'), brand),
    {
      table: {
        headerRows: 1,
        widths: ['*', 92, 70],
        dontBreakRows: true,
        body: [
          [
            titleCell(w.t('following.report.delivery')),
            titleCell(w.t('following.report.deliveredOn')),
            titleCell(w.t('following.report.amount'), true),
          ],
          ...f.deliveries.map((d) => [
            {
              stack: [
                txt(d.quantity > 1 ? `${d.title} × ${d.quantity}` : d.title, { bold: true }),
                ...(d.proof_url
                  ? [txt(shown(d.proof_url), { fontSize: 8, color: brand.text, link: d.proof_url })]
                  : d.site
                    ? [txt(d.site, { fontSize: 8, color: faint })]
                    : []),
                ...(d.campaign ? [txt(d.campaign, { fontSize: 7.5, color: faint })] : []),
              ],
            },
            txt(w.day(d.delivered_on), { fontSize: 8.5, color: soft }),
            txt(w.money(d.amount), { alignment: 'right' }),
          ]),
        ],
      },
      layout: lightLayout,
    } as Content,
    ...(f.more
      ? [txt(w.t('following.report.more'), { fontSize: 8, color: faint, margin: [0, 6, 0, 0] })]
      : []),
  ]
}

/** An address as people read it; a long one is cut, its link is whole. */
function shown(url: string): string {
  const bare = url.replace(/^https?:\/\/(www\.)?/, '').replace(/\/$/, '')
  return bare.length > 78 ? `${bare.slice(0, 77)}…` : bare
}
