import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { createPdf } from 'pdfmake'
import { escapeXml } from './xml-element.ts'

/** What is drawn, as pdfmake takes it. */
export type PdfDefinition = Parameters<typeof createPdf>[0]
/** What of PDFKit's document this file needs. */
type PdfKitDocument = AsyncIterable<Buffer> & {
  info: Record<string, unknown>
  appendXML(xml: string): void
  _addInfo(): void
  end(): void
}
type PdfMake = {
  setFonts(fonts: object): void
  setUrlAccessPolicy(may: (url: string) => boolean): void
  setLocalAccessPolicy(may: (path: string) => boolean): void
  createPdf(definition: object): { getStream(): Promise<PdfKitDocument> }
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
 * A PDF/A-3b file with an XML invoice inside, and the metadata that says so (Factur-X 1.0, EN 16931). The same
 * input gives the same bytes.
 */
export async function facturXFile(
  definition: PdfDefinition,
  xml: string,
  about: { title: string; author: string; subject: string; at: Date; language: string },
): Promise<Buffer> {
  const document = await pdfmake
    .createPdf({
      ...definition,
      version: '1.7',
      subset: 'PDF/A-3b',
      tagged: true,
      displayTitle: true,
      language: about.language,
      info: {
        title: about.title,
        author: about.author,
        subject: about.subject,
        creator: 'Canopée',
        producer: 'Canopée',
        creationDate: about.at,
      },
      files: {
        xml: {
          src: `data:text/xml;base64,${Buffer.from(xml).toString('base64')}`,
          name: 'factur-x.xml',
          description: 'Factur-X',
          relationship: 'Alternative',
          type: 'text/xml',
          creationDate: about.at,
          modifiedDate: about.at,
        },
      },
    })
    .getStream()
  escapeMetadata(document)
  document.appendXML(facturXMetadata)
  document.end()
  const pieces: Buffer[] = []
  for await (const piece of document) pieces.push(piece)
  return Buffer.concat(pieces)
}

/** PDFKit writes names into its XML metadata as they are: an `&` in one would make the file invalid. */
function escapeMetadata(document: PdfKitDocument): void {
  const write = document._addInfo.bind(document)
  document._addInfo = () => {
    const { info } = document
    document.info = Object.fromEntries(
      Object.entries(info).map(([k, v]) => [k, v instanceof Date ? v : escapeXml(String(v))]),
    )
    write()
    document.info = info
  }
}

const properties = [
  ['DocumentFileName', 'Name of the embedded XML invoice file'],
  ['DocumentType', 'INVOICE'],
  ['Version', 'Version of the Factur-X schema'],
  ['ConformanceLevel', 'Conformance level of the embedded data'],
]

/** Factur-X properties, and the extension schema that PDF/A wants for properties it does not know. */
const facturXMetadata = `<rdf:Description rdf:about="" xmlns:fx="urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#">
<fx:DocumentType>INVOICE</fx:DocumentType><fx:DocumentFileName>factur-x.xml</fx:DocumentFileName>
<fx:Version>1.0</fx:Version><fx:ConformanceLevel>EN 16931</fx:ConformanceLevel></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>Factur-X PDFA Extension Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>fx</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq>${properties
  .map(
    ([name, description]) => `<rdf:li rdf:parseType="Resource">
<pdfaProperty:name>${name}</pdfaProperty:name><pdfaProperty:valueType>Text</pdfaProperty:valueType>
<pdfaProperty:category>external</pdfaProperty:category>
<pdfaProperty:description>${description}</pdfaProperty:description></rdf:li>`,
  )
  .join('')}</rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>`
