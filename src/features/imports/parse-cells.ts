/** A cell understood, or the text key of why not. */
export type Parsed<T> = { value: T; remark?: string } | { fault: string; values?: Record<string, unknown> }

const spaces = /[\s\u00a0\u202f]+/g

/** One line of text: blanks of any kind folded, ends cut. */
export function oneLine(cell: string): string {
  return cell.replaceAll(spaces, ' ').trim()
}

/**
 * An amount as French or English files write it (`15 786,26`, `1.234,56 €`, `1,234.56`), in minor units.
 * Refuses other currencies, negative amounts and more than two decimals.
 */
export function parseAmount(cell: string, currency: string): Parsed<number> {
  const bare = cell.replaceAll(spaces, '')
  const symbol = bare.replaceAll(/[\d.,'’+-]/g, '')
  const own = currency === 'EUR' ? ['€', 'EUR', 'eur'] : [currency, currency.toLowerCase()]
  if (symbol !== '' && !own.includes(symbol))
    return { fault: 'imports.fault.currency', values: { text: cell.trim(), currency } }
  const digits = bare.replaceAll(/[^\d.,+-]/g, '')
  if (digits.startsWith('-')) return { fault: 'imports.fault.negative', values: { text: cell.trim() } }
  const decimal = Math.max(digits.lastIndexOf(','), digits.lastIndexOf('.'))
  // A lone group of three after the separator is a thousands group: `1.234`, `12,500`.
  const after = decimal < 0 ? 0 : digits.length - decimal - 1
  const grouped = after === 3 && /^\d{1,3}([.,]\d{3})+$/.test(digits)
  const whole = (decimal < 0 || grouped ? digits : digits.slice(0, decimal)).replaceAll(/[.,]/g, '')
  const cents = decimal < 0 || grouped ? '' : digits.slice(decimal + 1)
  if (!/^\d{1,12}$/.test(whole) || !/^\d{0,2}$/.test(cents))
    return { fault: 'imports.fault.amount', values: { text: cell.trim() } }
  const value = Number(whole) * 100 + Number(cents.padEnd(2, '0'))
  return symbol === '' ? { value } : { value, remark: 'imports.remark.currency' }
}

/** A calendar date: `31/12/2026`, `31-12-26`, `31.12.2026`, `2026-12-31`; refuses days that do not exist. */
export function parseDate(cell: string): Parsed<string> {
  const text = cell.trim()
  const french = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{2}|\d{4})$/.exec(text)
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?$/.exec(text)
  const parts = french
    ? { year: century(french[3]!), month: Number(french[2]), day: Number(french[1]) }
    : iso
      ? { year: Number(iso[1]), month: Number(iso[2]), day: Number(iso[3]) }
      : undefined
  if (!parts) return { fault: 'imports.fault.date_form', values: { text } }
  try {
    return { value: Temporal.PlainDate.from(parts, { overflow: 'reject' }).toString() }
  } catch {
    return { fault: 'imports.fault.date_missing', values: { text } }
  }
}

function century(year: string): number {
  const n = Number(year)
  return year.length === 4 ? n : n < 70 ? 2000 + n : 1900 + n
}

const yes = new Set(['oui', 'o', 'yes', 'y', 'true', 'vrai', '1', 'actif', 'active', 'x', 'si', 'sí', '是'])
const no = new Set([
  'non',
  'n',
  'no',
  'false',
  'faux',
  '0',
  'inactif',
  'inactive',
  'en pause',
  'paused',
  'archive',
  'archivé',
  '否',
])

/** Yes or no in the languages of the product. */
export function parseYesNo(cell: string): Parsed<boolean> {
  const text = oneLine(cell).toLowerCase()
  if (yes.has(text)) return { value: true }
  if (no.has(text)) return { value: false }
  return { fault: 'imports.fault.yes_no', values: { text: oneLine(cell) } }
}

/** An address: trimmed, lower case (with a remark when that changed it). */
export function parseEmail(cell: string): Parsed<string> {
  const text = oneLine(cell)
  if (
    !/^[^\s@<>(),;:"[\]\\]+@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/i.test(text) ||
    text.length > 254
  )
    return { fault: 'imports.fault.email', values: { text } }
  const value = text.toLowerCase()
  return value === text ? { value } : { value, remark: 'imports.remark.email_case' }
}

/** Whether a spreadsheet would run the cell as a formula: kept as plain text, with a remark. */
export function looksLikeFormula(cell: string): boolean {
  return /^\s*[=@]/.test(cell) || /^\s*[+-](?![\d\s.,]+$)/.test(cell)
}
