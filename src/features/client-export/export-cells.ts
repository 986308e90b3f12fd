/** A cell of an export: text, a number, or a calendar day (`YYYY-MM-DD`); null is empty. */
export type Cell = string | { number: number; digits: number } | { day: string } | null

/** What a spreadsheet would run as a formula; written with a quote before it, it stays text. */
const formula = /^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/

/** A text that no spreadsheet runs. */
export function harmless(text: string): string {
  return formula.test(text) ? `'${text}` : text
}
