import type { Locale, Money } from '../../contract/common.ts'
import { intlTag } from './intl-tag.ts'

const dayMs = 86_400_000

/** Writes figures, money and dates as a language does; one per language and time zone. */
export type Format = {
  /** What stands between groups of thousands and before decimals. */
  separators: { decimalSeparator: string; thousandSeparator: string }
  number(value: number): string
  /** A share from 0 to 1. */
  percent(share: number): string
  /** With cents wherever it is owed. */
  money(value: Money): string
  /** Without cents, for overviews. */
  moneyWhole(value: Money): string
  /** "22 nov. 2026"; the year is left out when it is the current one and `short` is set. */
  date(value: string | Date, options?: { short?: boolean }): string
  /** "dimanche 22 novembre 2026 à 14:05", for titles. */
  exact(value: string | Date): string
  time(value: string | Date): string
  /** Relative up to 30 days, then day and month, with the year when it is another one. */
  relative(value: string | Date, now: Date): string
  list(values: string[]): string
  /** "3,2 Mo". */
  bytes(size: number): string
  /** A country's name in this language, from its two-letter code. */
  country(code: string): string
}

/** Makes the formats of a language; calendar dates (`YYYY-MM-DD`) are never moved by the time zone. */
export function makeFormat(language: Locale, timeZone?: string): Format {
  const tag = intlTag[language]
  const zone = timeZone ? { timeZone } : {}
  const make = (options: Intl.DateTimeFormatOptions) => {
    const instant = new Intl.DateTimeFormat(tag, { ...options, ...zone })
    const calendar = new Intl.DateTimeFormat(tag, { ...options, timeZone: 'UTC' })
    return (v: string | Date) => (isCalendarDate(v) ? calendar : instant).format(new Date(v))
  }
  const full = make({ day: 'numeric', month: 'short', year: 'numeric' })
  const dayMonth = make({ day: 'numeric', month: 'short' })
  const exact = make({
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  })
  const exactDay = make({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
  const year = make({ year: 'numeric' })
  const clock = make({ hour: '2-digit', minute: '2-digit' })
  const ago = new Intl.RelativeTimeFormat(tag, { numeric: 'auto', style: 'long' })
  const number = new Intl.NumberFormat(tag)
  const percent = new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 1 })
  const list = new Intl.ListFormat(tag, { type: 'conjunction' })
  const regions = new Intl.DisplayNames(tag, { type: 'region' })
  const money = moneyFormat(tag)

  const relative = (value: string | Date, now: Date) => {
    const then = new Date(value)
    const elapsed = then.getTime() - now.getTime()
    const days = Math.round(elapsed / dayMs)
    if (Math.abs(days) > 30) return year(value) === year(now) ? dayMonth(value) : full(value)
    if (isCalendarDate(value) || Math.abs(elapsed) >= dayMs) return ago.format(days, 'day')
    const minutes = Math.round(elapsed / 60_000)
    if (Math.abs(minutes) < 1) return ago.format(0, 'second')
    return Math.abs(minutes) < 60
      ? ago.format(minutes, 'minute')
      : ago.format(Math.round(minutes / 60), 'hour')
  }

  const parts = number.formatToParts(1_234_567.8)
  const separator = (type: 'decimal' | 'group') => parts.find((p) => p.type === type)?.value ?? ''
  return {
    separators: { decimalSeparator: separator('decimal'), thousandSeparator: separator('group') },
    number: (v) => number.format(v),
    percent: (v) => percent.format(v),
    money: (v) => money(v, false),
    moneyWhole: (v) => money(v, true),
    date: (v, options) => (options?.short && year(v) === year(new Date()) ? dayMonth(v) : full(v)),
    exact: (v) => (isCalendarDate(v) ? exactDay(v) : exact(v)),
    time: clock,
    relative,
    list: (v) => list.format(v),
    bytes: (size) => bytes(tag, size),
    country: (code) => regions.of(code) ?? code,
  }
}

function isCalendarDate(value: string | Date): boolean {
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)
}

/** Amounts are integers in minor units; the currency's own exponent says how many decimals. */
function moneyFormat(tag: string) {
  const kept = new Map<string, { cents: Intl.NumberFormat; whole: Intl.NumberFormat; unit: number }>()
  const make = (currency: string) => {
    const cents = new Intl.NumberFormat(tag, { style: 'currency', currency })
    const whole = new Intl.NumberFormat(tag, { style: 'currency', currency, maximumFractionDigits: 0 })
    return { cents, whole, unit: 10 ** (cents.resolvedOptions().maximumFractionDigits ?? 2) }
  }
  return ({ amount, currency }: Money, whole: boolean) => {
    const format = kept.get(currency) ?? make(currency)
    kept.set(currency, format)
    // The minus sign of figures, as wide as a digit, wherever a language's own data has the short hyphen.
    return format[whole ? 'whole' : 'cents'].format(amount / format.unit).replace('-', '\u2212')
  }
}

function bytes(tag: string, size: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const
  const step = size < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(size) / 3))
  const unit = units[step] ?? 'byte'
  const format = new Intl.NumberFormat(tag, {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: 1,
  })
  return format.format(size / 1000 ** step)
}
