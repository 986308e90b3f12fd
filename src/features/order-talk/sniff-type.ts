/** Office documents are ZIP archives: what they are is said by their name, once the bytes say ZIP. */
const zipped: Record<string, string> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  odt: 'application/vnd.oasis.opendocument.text',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
  zip: 'application/zip',
}

const magics: [type: string, matches: (b: Buffer) => boolean][] = [
  ['application/pdf', (b) => b.subarray(0, 5).toString('latin1') === '%PDF-'],
  [
    'image/png',
    (b) => b.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])),
  ],
  ['image/jpeg', (b) => b[0] === 0xff && b[1] === 0xd8 && b[2] === 0xff],
  ['image/gif', (b) => /^GIF8[79]a$/.test(b.subarray(0, 6).toString('latin1'))],
  [
    'image/webp',
    (b) => b.subarray(0, 4).toString('latin1') === 'RIFF' && b.subarray(8, 12).toString('latin1') === 'WEBP',
  ],
]

/**
 * What a file is by its bytes, whatever its sender said; undefined for what no order needs (programs, web pages
 * with anything but text in them are text and stay text: they are only ever sent as attachments).
 */
export function sniffType(bytes: Buffer, name: string): string | undefined {
  const known = magics.find(([, matches]) => matches(bytes))
  if (known) return known[0]
  if (bytes.subarray(0, 4).equals(Buffer.from([0x50, 0x4b, 0x03, 0x04])))
    return zipped[/\.([a-z]{3,4})$/i.exec(name)?.[1]?.toLowerCase() ?? '']
  return isText(bytes) ? 'text/plain' : undefined
}

/** Names that what is of a type may have; the first is given to any other. */
const endings: Record<string, string[]> = {
  'application/pdf': ['pdf'],
  'image/png': ['png'],
  'image/jpeg': ['jpg', 'jpeg'],
  'image/gif': ['gif'],
  'image/webp': ['webp'],
  'text/plain': ['txt', 'csv', 'tsv', 'md', 'json', 'srt', 'vtt'],
}

/**
 * A file's name with an ending that says what it is: a text called `facture.bat` or `page.html` would be run by
 * whoever opens it, so it becomes `facture.bat.txt`. Signs that turn the direction of a text are taken out.
 */
export function honestName(name: string, type: string): string {
  const plain = name.replaceAll(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
  const allowed = endings[type] ?? Object.keys(zipped).filter((ending) => zipped[ending] === type)
  const ending = /\.([^.]+)$/.exec(plain)?.[1]?.toLowerCase()
  return ending !== undefined && allowed.includes(ending) ? plain : `${plain}.${allowed[0]}`
}

function isText(bytes: Buffer): boolean {
  if (bytes.length === 0) return false
  try {
    // oxlint-disable-next-line no-control-regex -- the point is to find them
    return !/[\u0000-\u0008\u000e-\u001f]/.test(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return false
  }
}
