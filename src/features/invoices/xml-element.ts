/** A piece of XML, already escaped. */
export type Xml = { xml: string }

/** A text inside an element or attribute. */
export function escapeXml(text: string): string {
  return (
    text
      .toWellFormed()
      // oxlint-disable-next-line no-control-regex -- XML 1.0 has no way to write these
      .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
  )
}

/**
 * An element with a text or children. Children that are null, undefined or false are left out; an element
 * whose text is null or empty, or whose children are all left out, is left out itself: XML has no empty ones here.
 */
export function el(
  name: string,
  content: string | null | undefined | (Xml | null | undefined | false)[],
  attributes: Record<string, string> = {},
): Xml | null {
  const inner = Array.isArray(content)
    ? content.map((c) => (c ? c.xml : '')).join('')
    : escapeXml(content ?? '')
  if (inner === '') return null
  const written = Object.entries(attributes).map(([k, v]) => ` ${k}="${escapeXml(v)}"`)
  return { xml: `<${name}${written.join('')}>${inner}</${name}>` }
}
