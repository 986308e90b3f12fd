import { Buffer } from 'node:buffer'
import { readSheet } from 'read-excel-file/node'
import type { FileRow } from './read-rows.ts'

/** Uncompressed bytes a workbook may unfold to: more is a bomb, not a client list. */
const maxUnfolded = 150_000_000

/**
 * Rows of a workbook's first sheet; dates as `YYYY-MM-DD`, numbers with a point.
 * Refuses what is not a workbook or would unfold beyond bounds.
 */
export async function readXlsx(file: Buffer): Promise<FileRow[] | { fault: 'imports.fault.xlsx' | 'imports.fault.xlsx_size' }> {
  const unfolded = unfoldedSize(file)
  if (unfolded === undefined) return { fault: 'imports.fault.xlsx' }
  if (unfolded > maxUnfolded) return { fault: 'imports.fault.xlsx_size' }
  try {
    const sheet = (await readSheet(file)) as unknown[][]
    return sheet.map((cells, i) => ({ number: i + 1, cells: cells.map(cellText) })).filter((r) => r.cells.some((c) => c.trim() !== ''))
  } catch {
    return { fault: 'imports.fault.xlsx' }
  }
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return value.toISOString().slice(0, 10)
  return String(value as string | number | boolean)
}

/** Sum of the sizes a zip's central directory announces; undefined when it is no zip. */
export function unfoldedSize(zip: Buffer): number | undefined {
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
  if (zip.readUInt32LE(0) !== 0x04034b50 || end < 0 || end + 22 > zip.length) return undefined
  const entries = zip.readUInt16LE(end + 10)
  let at = zip.readUInt32LE(end + 16)
  let total = 0
  for (let i = 0; i < entries; i++) {
    if (at + 46 > zip.length || zip.readUInt32LE(at) !== 0x02014b50) return undefined
    total += zip.readUInt32LE(at + 24)
    at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  }
  return total
}
