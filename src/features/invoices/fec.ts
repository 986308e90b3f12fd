/**
 * Lines of a French accounting file (« fichier des écritures comptables », art. A47 A-1 of the tax procedure
 * code): 18 columns, tabs, CRLF, decimal commas, ISO 8859-15.
 */

/** The 18 columns, in order. */
export const fecColumns = [
  'JournalCode',
  'JournalLib',
  'EcritureNum',
  'EcritureDate',
  'CompteNum',
  'CompteLib',
  'CompAuxNum',
  'CompAuxLib',
  'PieceRef',
  'PieceDate',
  'EcritureLib',
  'Debit',
  'Credit',
  'EcritureLet',
  'DateLet',
  'ValidDate',
  'Montantdevise',
  'Idevise',
] as const

/** One line; amounts in minor units of EUR, days `YYYY-MM-DD`. */
export type FecLine = {
  journal: string
  journalLabel: string
  number: string
  day: string
  account: string
  accountLabel: string
  auxiliary: { number: string; label: string } | null
  piece: string
  label: string
  debit: number
  credit: number
}

/** Name of the file: the company's number, FEC, the last day of its year. */
export function fecName(siren: string, year: number): string {
  return `${siren}FEC${year}1231.txt`
}

/** The first line: names of the columns. */
export function fecHead(): Buffer {
  return encode(fecColumns.join('\t'))
}

/** One line as bytes. */
export function fecLine(l: FecLine): Buffer {
  const day = l.day.replaceAll('-', '')
  const cells = [
    l.journal,
    l.journalLabel,
    l.number,
    day,
    l.account,
    l.accountLabel,
    l.auxiliary?.number ?? '',
    l.auxiliary?.label ?? '',
    l.piece,
    day,
    l.label,
    amount(l.debit),
    amount(l.credit),
    '',
    '',
    day,
    '',
    '',
  ]
  return encode(cells.map((cell) => cell.replaceAll(/[\t\r\n]+/g, ' ')).join('\t'))
}

function amount(minor: number): string {
  const digits = String(Math.abs(minor)).padStart(3, '0')
  return `${minor < 0 ? '-' : ''}${digits.slice(0, -2)},${digits.slice(-2)}`
}

// Where ISO 8859-15 differs from ISO 8859-1, and what it lacks but invoices use.
const differing: Readonly<Record<string, number>> = {
  '€': 0xa4,
  Š: 0xa6,
  š: 0xa8,
  Ž: 0xb4,
  ž: 0xb8,
  Œ: 0xbc,
  œ: 0xbd,
  Ÿ: 0xbe,
}
const plain: Readonly<Record<string, string>> = {
  '’': "'",
  '‘': "'",
  '“': '"',
  '”': '"',
  '–': '-',
  '—': '-',
  '−': '-',
  '…': '...',
  '\u202f': ' ',
  '\u2009': ' ',
}
const replaced = new Set([0xa4, 0xa6, 0xa8, 0xb4, 0xb8, 0xbc, 0xbd, 0xbe])

/** A line in ISO 8859-15, ended by CRLF; signs that it lacks become their nearest, letters without accents, else `?`. */
function encode(text: string): Buffer {
  const bytes: number[] = []
  for (const sign of text.replaceAll(/[’‘“”–—−…\u202f\u2009]/g, (s) => plain[s] ?? s)) {
    const code = differing[sign] ?? sign.codePointAt(0)!
    if (differing[sign] !== undefined || (code < 0x100 && !replaced.has(code))) bytes.push(code)
    else {
      const bare = sign.normalize('NFD').replaceAll(/\p{M}/gu, '')
      const known = bare.codePointAt(0)!
      bytes.push(bare.length > 0 && known < 0x80 ? known : 0x3f)
    }
  }
  return Buffer.from([...bytes, 0x0d, 0x0a])
}
