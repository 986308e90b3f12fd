import { stringify } from 'csv-stringify/sync'
import type { Locale } from '../../contract/common.ts'
import { harmless, type Cell } from './export-cells.ts'

// How spreadsheets of each language read a CSV by themselves: French and Spanish ones want semicolons and
// decimal commas.
const continental = new Set<Locale>(['fr', 'es'])

/** Lines of CSV as a spreadsheet in that language opens them with a double click. */
export function csvLines(rows: readonly (readonly Cell[])[], locale: Locale): string {
  const comma = continental.has(locale)
  const text = (cell: Cell): string => {
    if (cell === null) return ''
    if (typeof cell === 'string') return harmless(cell)
    if ('day' in cell) return cell.day
    const figure = cell.number.toFixed(cell.digits)
    return comma ? figure.replace('.', ',') : figure
  }
  return stringify(
    rows.map((row) => row.map(text)),
    { delimiter: comma ? ';' : ',', record_delimiter: 'windows' },
  )
}

/** Tells spreadsheets that the file is UTF-8. */
export const byteOrderMark = '\uFEFF'
