import { drawPdf, type PdfAbout, type PdfDefinition, type PdfDocument } from '../../server/pdf.ts'
import { escapeXml } from './xml-element.ts'

/**
 * A PDF/A-3b file with an XML invoice inside, and the metadata that says so (Factur-X 1.0, EN 16931). The same
 * input gives the same bytes.
 */
export function facturXFile(definition: PdfDefinition, xml: string, about: PdfAbout): Promise<Buffer> {
  const invoice = {
    src: `data:text/xml;base64,${Buffer.from(xml).toString('base64')}`,
    name: 'factur-x.xml',
    description: 'Factur-X',
    relationship: 'Alternative',
    type: 'text/xml',
    creationDate: about.at,
    modifiedDate: about.at,
  }
  const archivable = { ...definition, subset: 'PDF/A-3b', tagged: true, files: { xml: invoice } }
  return drawPdf(archivable as PdfDefinition, about, (document) => {
    escapeMetadata(document)
    document.appendXML(facturXMetadata)
  })
}

/** PDFKit writes names into its XML metadata as they are: an `&` in one would make the file invalid. */
function escapeMetadata(document: PdfDocument): void {
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
