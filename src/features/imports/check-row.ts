import { checkCompanyNumbers } from '../../contract/company-numbers.ts'
import { countryCode } from './country-code.ts'
import type { ImportField } from './contract.ts'
import type { Mapping, RowIssue } from './import-kind.ts'
import {
  looksLikeFormula,
  oneLine,
  parseAmount,
  parseDate,
  parseEmail,
  parseYesNo,
  type Parsed,
} from './parse-cells.ts'

/** What a row says of a client; absent fields were not in the file or empty. */
export type ParsedRow = {
  name?: string
  email?: string
  phone?: string
  website?: string
  city?: string
  country?: string
  sector?: string
  tags?: string[]
  siren?: string
  siret?: string
  vatNumber?: string
  legalName?: string
  addressLine1?: string
  postalCode?: string
  /** E-mail of the sub-account in charge, lower case. */
  assignee?: string
  /** Minor units of the agency's currency. */
  monthlyBudget?: number
  clientSince?: string
  active?: boolean
  note?: string
}

const numberFields = new Set<ImportField>(['siren', 'siret', 'vatNumber'])
const longest: Partial<Record<ImportField, number>> = {
  name: 200,
  phone: 40,
  website: 200,
  city: 120,
  sector: 120,
  legalName: 200,
  addressLine1: 200,
  postalCode: 20,
  note: 10_000,
}

/** Understands one row. Pure: knows nothing of other rows or of the database. */
export function checkRow(
  cells: readonly string[],
  mapping: Mapping,
  currency: string,
): { parsed: ParsedRow; issues: RowIssue[] } {
  const parsed: ParsedRow = {}
  const issues: RowIssue[] = []
  for (const [index, field] of Object.entries(mapping) as [string, ImportField][]) {
    const column = Number(index)
    const cell = cells[column] ?? ''
    if (cell.trim() === '' || numberFields.has(field)) continue
    const result = parseField(field, cell, currency)
    if ('fault' in result) {
      issues.push({
        severity: 'fault',
        column,
        field,
        code: result.fault,
        ...(result.values && { values: result.values }),
      })
      continue
    }
    ;(parsed as Record<string, unknown>)[field] = result.value
    if (result.remark)
      issues.push({
        severity: 'remark',
        column,
        field,
        code: result.remark,
        values: { text: oneLine(cell), value: String(result.value) },
      })
    if (looksLikeFormula(cell) && field !== 'phone')
      issues.push({
        severity: 'remark',
        column,
        field,
        code: 'imports.remark.formula',
        values: { text: oneLine(cell).slice(0, 80) },
      })
  }
  if (parsed.name === undefined && !issues.some((i) => i.field === 'name'))
    issues.unshift({
      severity: 'fault',
      column: columnOf(mapping, 'name'),
      field: 'name',
      code: 'imports.fault.name',
    })
  return { parsed, issues: [...issues, ...companyNumbers(cells, mapping, parsed)] }
}

function parseField(field: ImportField, cell: string, currency: string): Parsed<unknown> {
  switch (field) {
    case 'email':
    case 'assignee':
      return parseEmail(cell)
    case 'monthlyBudget':
      return parseAmount(cell, currency)
    case 'clientSince':
      return parseDate(cell)
    case 'active':
      return parseYesNo(cell)
    case 'country': {
      const code = countryCode(cell)
      return code === undefined
        ? { fault: 'imports.fault.country', values: { text: oneLine(cell) } }
        : { value: code }
    }
    case 'tags':
      return {
        value: [
          ...new Set(
            cell
              .split(/[,;|]/)
              .map(oneLine)
              .filter((t) => t !== '' && t.length <= 40),
          ),
        ].slice(0, 20),
      }
    case 'note':
      // Line breaks are the note's own: kept.
      return bounded(cell.replaceAll('\r\n', '\n').trim(), 'note')
    default:
      return bounded(oneLine(cell), field)
  }
}

function bounded(value: string, field: ImportField): Parsed<string> {
  const max = longest[field] ?? 200
  return value.length > max
    ? { fault: 'imports.fault.too_long', values: { max, length: value.length } }
    : { value }
}

/** The registration numbers by their keys, and that they are of one company. */
function companyNumbers(cells: readonly string[], mapping: Mapping, parsed: ParsedRow): RowIssue[] {
  const cell = (field: ImportField) => {
    const column = columnOf(mapping, field)
    return column === null ? null : (cells[column] ?? null)
  }
  const { numbers, faults } = checkCompanyNumbers({
    siren: cell('siren'),
    siret: cell('siret'),
    vatNumber: cell('vatNumber'),
  })
  for (const field of ['siren', 'siret', 'vatNumber'] as const)
    if (numbers[field] !== null) parsed[field] = numbers[field]
  return Object.entries(faults).map(([field, fault]) => ({
    severity: 'fault' as const,
    column: columnOf(mapping, field as ImportField),
    field: field as ImportField,
    ...fault,
  }))
}

function columnOf(mapping: Mapping, field: ImportField): number | null {
  const found = Object.entries(mapping).find(([, f]) => f === field)
  return found ? Number(found[0]) : null
}
