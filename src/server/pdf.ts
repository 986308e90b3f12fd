import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Content, createPdf } from 'pdfmake'

/** What is drawn, as pdfmake takes it. */
export type PdfDefinition = Parameters<typeof createPdf>[0]

/** What a file says of itself; `at` is when it was made. */
export type PdfAbout = { title: string; author: string; subject?: string; language: string; at: Date }

/** The document under way: what of PDFKit's this product needs. */
export type PdfDocument = AsyncIterable<Buffer> & {
  info: Record<string, unknown>
  appendXML(xml: string): void
  _addInfo(): void
  end(): void
}

type PdfMake = {
  setFonts(fonts: object): void
  setUrlAccessPolicy(may: (url: string) => boolean): void
  setLocalAccessPolicy(may: (path: string) => boolean): void
  createPdf(definition: object): { getStream(): Promise<PdfDocument> }
}

// A CommonJS module whose default is one object: its types say otherwise.
const pdfmake = createRequire(import.meta.url)('pdfmake') as PdfMake
const folder = join(import.meta.dirname, 'fonts')
const inter = (weight: string) => join(folder, `Inter-${weight}.ttf`)
const noto = join(folder, 'NotoSansSC-Regular.ttf')

pdfmake.setFonts({
  Inter: { normal: inter('Regular'), bold: inter('SemiBold') },
  InterMedium: { normal: inter('Medium'), bold: inter('SemiBold') },
  Noto: { normal: noto, bold: noto },
})
// Nothing is ever fetched, and no file but the fonts is read.
pdfmake.setUrlAccessPolicy(() => false)
pdfmake.setLocalAccessPolicy((path) => path.startsWith(folder))

/**
 * A PDF file of a definition; the same input gives the same bytes. `finish` may add to the document before it
 * ends (metadata of Factur-X).
 */
export async function drawPdf(
  definition: PdfDefinition,
  { language, at, ...info }: PdfAbout,
  finish?: (document: PdfDocument) => void,
): Promise<Buffer> {
  const document = await pdfmake
    .createPdf({
      ...definition,
      version: '1.7',
      displayTitle: true,
      language,
      info: { ...info, creator: 'Canopée', producer: 'Canopée', creationDate: at },
    })
    .getStream()
  finish?.(document)
  document.end()
  const pieces: Buffer[] = []
  for await (const piece of document) pieces.push(piece)
  return Buffer.concat(pieces)
}

/** How a text is set; `medium` is the weight between normal and bold. */
export type TextStyle = {
  fontSize?: number
  color?: string
  medium?: boolean
  bold?: boolean
  [more: string]: unknown
}

// Chinese characters, kana, and the signs and full-width forms set with them.
const chinese = /[\u2e80-\u303f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef]+/g

/** A text in its fonts, cut where its script changes: Inter has no Chinese characters, Noto Sans SC has them. */
export function pdfText(text: string, { medium, ...style }: TextStyle = {}): Content {
  const latin = medium ? 'InterMedium' : 'Inter'
  const runs: { text: string; font: string }[] = []
  let from = 0
  for (const match of text.matchAll(chinese)) {
    if (match.index > from) runs.push({ text: text.slice(from, match.index), font: latin })
    runs.push({ text: match[0], font: 'Noto' })
    from = match.index + match[0].length
  }
  if (from < text.length || runs.length === 0) runs.push({ text: text.slice(from), font: latin })
  return { ...style, text: runs } as Content
}
