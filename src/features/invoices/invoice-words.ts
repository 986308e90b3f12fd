import type { Locale } from '../../contract/common.ts'
import type { Texts } from '../../server/texts.ts'
import { moneyText } from '../wallets/public.ts'

/** How a document's language writes what is in it. */
export type Words = {
  t(key: `invoices.pdf.${string}`, values?: Record<string, unknown>): string
  money(minor: bigint | number): string
  day(day: string): string
  /** Half-open days as people say them, last one included. */
  period(from: string, to: string): string
  percent(basisPoints: number): string
  country(code: string): string
}

/** Words of a language and currency. Days are calendar days: no zone moves them. */
export function wordsOf(texts: Texts, locale: Locale, currency: string): Words {
  const days = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' })
  const rate = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 })
  const countries = new Intl.DisplayNames(locale, { type: 'region' })
  const at = (day: string) => new Date(`${day}T00:00:00Z`)
  // « 1er novembre », not « 1 novembre ».
  const first = (text: string) => (locale === 'fr' ? text.replaceAll(/(?<!\d)1(?= \p{L})/gu, '1er') : text)
  return {
    t: (key, values) => texts.t(locale, key, values),
    // A minus sign as wide as a figure, not a hyphen.
    money: (minor) => moneyText(locale, BigInt(minor), currency).replace('-', '−'),
    day: (day) => first(days.format(at(day))),
    period: (from, to) =>
      first(days.formatRange(at(from), at(Temporal.PlainDate.from(to).subtract({ days: 1 }).toString()))),
    percent: (basisPoints) => rate.format(basisPoints / 10_000),
    country: (code) => countries.of(code) ?? code,
  }
}
