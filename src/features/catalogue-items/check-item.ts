import {
  highestPrice,
  itemLanguages,
  itemThemes,
  type ItemKind,
  type ItemTheme,
} from '../../contract/catalogue-fields.ts'
import { locales } from '../../contract/common.ts'
import type { Texts } from '../../server/texts.ts'
import {
  countryCode,
  looksLikeFormula,
  oneLine,
  parseAmount,
  type Mapping,
  type Parsed,
  type RowIssue,
} from '../imports/public.ts'
import { longestItemText, type CatalogueImportField } from './contract.ts'
import type { ItemValues } from './save-items.ts'

/** What a row says of an item; absent values were not in the file, or empty. */
export type ParsedItem = Partial<ItemValues> & { reference?: string }

/** Words that files write a value with, folded, and the value. */
type Words<T> = ReadonlyMap<string, T>

/** Themes, kinds and languages by their words in every language of the product, and by their codes. */
export type ItemWords = { themes: Words<ItemTheme>; kinds: Words<ItemKind>; languages: Words<string> }

const kindWords: Record<ItemKind, string[]> = {
  link: ['lien', 'liens', 'link', 'links', 'enlace', 'backlink', 'article sponsorise', '链接'],
  ad: ['publicite', 'pub', 'ad', 'ad placement', 'banniere', 'banner', 'publicidad', '广告位', '广告'],
  content: ['contenu', 'redaction', 'texte', 'content', 'contenido', '内容'],
}

/** The words, read once from the texts. */
export function itemWords(texts: Texts): ItemWords {
  const themes = new Map<string, ItemTheme>()
  const languages = new Map<string, string>()
  for (const theme of itemThemes) {
    themes.set(fold(theme), theme)
    for (const locale of locales) themes.set(fold(texts.t(locale, `catalogue.theme.${theme}`)), theme)
  }
  for (const code of itemLanguages) {
    languages.set(code, code)
    for (const locale of locales)
      languages.set(fold(new Intl.DisplayNames(locale, { type: 'language' }).of(code) ?? code), code)
  }
  const kinds = new Map<string, ItemKind>()
  for (const [kind, words] of Object.entries(kindWords)) for (const w of words) kinds.set(w, kind as ItemKind)
  return { themes, kinds, languages }
}

function fold(text: string): string {
  return oneLine(text).normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
}

/** Understands one row of a file of items. Pure: knows nothing of other rows or of the database. */
export function checkItem(
  cells: readonly string[],
  mapping: Mapping,
  currency: string,
  words: ItemWords,
): { parsed: ParsedItem; issues: RowIssue[] } {
  const parsed: Record<string, unknown> = {}
  const issues: RowIssue[] = []
  for (const [index, field] of Object.entries(mapping) as [string, CatalogueImportField][]) {
    const column = Number(index)
    const cell = cells[column] ?? ''
    if (cell.trim() === '') continue
    const result = parseField(field, cell, currency, words)
    if ('fault' in result) {
      issues.push({ severity: 'fault', column, field, code: result.fault, values: result.values ?? {} })
      continue
    }
    parsed[field] = result.value
    const remark = result.remark ?? (looksLikeFormula(cell) ? 'imports.remark.formula' : undefined)
    if (remark)
      issues.push({
        severity: 'remark',
        column,
        field,
        code: remark,
        values: { text: oneLine(cell).slice(0, 80), value: String(result.value) },
      })
  }
  return { parsed, issues: [...issues, ...missing(parsed, mapping, issues)] }
}

/** What a row can't do without: reference, name and price; and a site, when the file has that column and it is no content. */
function missing(parsed: ParsedItem, mapping: Mapping, issues: readonly RowIssue[]): RowIssue[] {
  const fault = (field: CatalogueImportField, code: string): RowIssue[] =>
    issues.some((i) => i.field === field && i.severity === 'fault')
      ? []
      : [{ severity: 'fault', column: columnOf(mapping, field), field, code }]
  const found: RowIssue[] = []
  if (parsed.reference === undefined) found.push(...fault('reference', 'catalogue.fault.reference'))
  if (parsed.name === undefined) found.push(...fault('name', 'catalogue.fault.name'))
  if (parsed.price === undefined) found.push(...fault('price', 'catalogue.fault.price'))
  if (
    columnOf(mapping, 'site') !== null &&
    parsed.site === undefined &&
    (parsed.kind ?? 'link') !== 'content'
  )
    found.push(...fault('site', 'catalogue.fault.site_missing'))
  return found
}

function columnOf(mapping: Mapping, field: string): number | null {
  const found = Object.entries(mapping).find(([, f]) => f === field)
  return found ? Number(found[0]) : null
}

function parseField(
  field: CatalogueImportField,
  cell: string,
  currency: string,
  words: ItemWords,
): Parsed<unknown> {
  const text = oneLine(cell)
  switch (field) {
    case 'kind':
      return known(words.kinds, text, 'catalogue.fault.kind')
    case 'theme':
      return known(words.themes, text, 'catalogue.fault.theme')
    case 'language':
      return known(words.languages, text, 'catalogue.fault.language')
    case 'country': {
      const code = countryCode(cell)
      return code === undefined ? { fault: 'imports.fault.country', values: { text } } : { value: code }
    }
    case 'site':
      return parseSite(text)
    case 'trust':
    case 'citation':
      return wholeNumber(text, 100)
    case 'traffic':
      return wholeNumber(text, 2_000_000_000)
    case 'delayDays':
      return wholeNumber(text.replace(/\s*(jours?|days?|j|d|d[ií]as?|天)\.?$/i, ''), 365)
    case 'price': {
      const amount = parseAmount(cell, currency)
      return 'value' in amount && amount.value > highestPrice
        ? { fault: 'catalogue.fault.high_price', values: { text } }
        : amount
    }
    default: {
      const max = longestItemText[field]
      return text.length > max
        ? { fault: 'imports.fault.too_long', values: { max, length: text.length } }
        : { value: text }
    }
  }
}

function known<T>(words: Words<T>, text: string, fault: string): Parsed<T> {
  const value = words.get(fold(text))
  return value === undefined ? { fault, values: { text: text.slice(0, 80) } } : { value }
}

/** A whole number from 0 on, thousands set apart by blanks, points or commas as people write them. */
function wholeNumber(text: string, max: number): Parsed<number> {
  const digits = text.replaceAll(/[\s\u00a0\u202f]/g, '')
  const bare = /^\d{1,3}([.,’']\d{3})+$/.test(digits) ? digits.replaceAll(/\D/g, '') : digits
  const value = Number(bare)
  return /^\d{1,10}$/.test(bare) && value <= max
    ? { value }
    : { fault: 'catalogue.fault.number', values: { text: text.slice(0, 40), min: 0, max } }
}

/** A site's name: scheme, `www.` and path are left out, since people paste addresses. */
function parseSite(text: string): Parsed<string> {
  const host = text
    .replace(/^https?:\/\//i, '')
    .replace(/^www\./i, '')
    .replace(/[/?#].*$/, '')
    .toLowerCase()
  return /^(?:[\p{L}\d](?:[\p{L}\d-]{0,61}[\p{L}\d])?\.)+\p{L}{2,}$/u.test(host) &&
    host.length <= longestItemText.site
    ? { value: host }
    : { fault: 'catalogue.fault.site', values: { text: text.slice(0, 80) } }
}
