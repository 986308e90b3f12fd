import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Content, createPdf } from 'pdfmake'

/** What is drawn, as pdfmake takes it. */
export type PdfDefinition = Parameters<typeof createPdf>[0]

type PdfMake = {
  setFonts(fonts: object): void
  setUrlAccessPolicy(may: (url: string) => boolean): void
  setLocalAccessPolicy(may: (path: string) => boolean): void
  createPdf(definition: object): { getStream(): Promise<AsyncIterable<Buffer> & { end(): void }> }
}

// A CommonJS module whose default is one object: its types say otherwise.
const pdfmake = createRequire(import.meta.url)('pdfmake') as PdfMake
// The invoices' own fonts: one object serves the whole process, so that everybody names the same files.
const folder = join(import.meta.dirname, '../invoices/fonts')
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

/** A PDF file of a definition; the same input gives the same pages. */
export async function pdfFile(
  definition: PdfDefinition,
  about: { title: string; author: string; language: string; at: Date },
): Promise<Buffer> {
  const document = await pdfmake
    .createPdf({
      ...definition,
      version: '1.7',
      displayTitle: true,
      language: about.language,
      info: {
        title: about.title,
        author: about.author,
        creator: 'Canopée',
        producer: 'Canopée',
        creationDate: about.at,
      },
    })
    .getStream()
  document.end()
  const pieces: Buffer[] = []
  for await (const piece of document) pieces.push(piece)
  return Buffer.concat(pieces)
}

// Chinese characters, kana, and the signs and full-width forms set with them.
const chinese = /[\u2e80-\u303f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef]+/g

/** A text in its fonts: Inter has no Chinese characters, Noto Sans SC has them. */
export function txt(text: string, style: Record<string, unknown> = {}): Content {
  const runs: { text: string; font: string }[] = []
  let from = 0
  for (const match of text.matchAll(chinese)) {
    if (match.index > from) runs.push({ text: text.slice(from, match.index), font: 'Inter' })
    runs.push({ text: match[0], font: 'Noto' })
    from = match.index + match[0].length
  }
  if (from < text.length || runs.length === 0) runs.push({ text: text.slice(from), font: 'Inter' })
  return { ...style, text: runs } as Content
}
