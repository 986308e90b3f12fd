import type { PdfDefinition } from '../../server/pdf.ts'
import type { Texts } from '../../server/texts.ts'
import type { DocumentFacts } from './document-facts.ts'
import { wordsOf, type Words } from './invoice-words.ts'
import { facturXFile } from './pdf-file.ts'
import { foot } from './pdf-foot.ts'
import { facts, head } from './pdf-head.ts'
import { lines } from './pdf-lines.ts'
import { mentions } from './pdf-mentions.ts'
import { citation, parties } from './pdf-parties.ts'
import { closing } from './pdf-sums.ts'
import { ink } from './pdf-look.ts'

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
