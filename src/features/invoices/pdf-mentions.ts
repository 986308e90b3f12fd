import type { Content } from 'pdfmake'
import { pdfText as txt, type TextStyle } from '../../server/pdf.ts'
import type { DocumentFacts } from './document-facts.ts'
import { faint } from './pdf-look.ts'

/** What the law wants written under the sums. */
export function mentions(d: DocumentFacts): Content {
  return {
    unbreakable: true,
    stack: d.mentions
      .filter((m) => !m.code.startsWith('vat.'))
      .map((m) => legal(m.texts, d, { fontSize: 7.5, color: faint, lineHeight: 1.3 })),
  }
}

/** French binds, and comes first; then the document's own language. */
export function legal(
  texts: DocumentFacts['mentions'][number]['texts'],
  d: DocumentFacts,
  style: TextStyle,
): Content {
  const own = texts[d.locale]
  return txt(own === undefined || d.locale === 'fr' ? texts.fr : `${texts.fr} ${own}`, style)
}
