import { inflateRawSync } from 'node:zlib'
import { readSheet } from 'read-excel-file/node'
import type { FileRow } from './read-rows.ts'

/** Uncompressed bytes a workbook may unfold to: more is a bomb, not a client list. */
const maxUnfolded = 150_000_000

/** Rows of a workbook, or why it is not read. */
export type WorkbookRows = FileRow[] | { fault: 'imports.fault.xlsx' | 'imports.fault.xlsx_size' }

/** Rows of the first sheet; dates as `YYYY-MM-DD`, numbers with a point. Runs in a thread of its own (`read-xlsx.ts`). */
export async function workbookRows(file: Buffer): Promise<WorkbookRows> {
  try {
    const unfolded = unfoldedSize(file, maxUnfolded)
    if (unfolded === undefined) return { fault: 'imports.fault.xlsx' }
    if (unfolded > maxUnfolded) return { fault: 'imports.fault.xlsx_size' }
    const sheet = (await readSheet(file)) as unknown[][]
    return sheet
      .map((cells, i) => ({ number: i + 1, cells: cells.map(cellText) }))
      .filter((r) => r.cells.some((c) => c.trim() !== ''))
  } catch {
    return { fault: 'imports.fault.xlsx' }
  }
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return value.toISOString().slice(0, 10)
  return String(value as string | number | boolean)
}

/**
 * Bytes that a zip's files really unfold to, counted by unfolding them: what its directory announces can be a lie.
 * Beyond `most` the count stops. Undefined when it is no zip, or holds anything that its directory does not name.
 */
export function unfoldedSize(zip: Buffer, most: number): number | undefined {
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
  if (end < 0 || end + 22 > zip.length) return undefined
  const directory = zip.readUInt32LE(end + 16)
  const files: { at: number; packed: number }[] = []
  for (let i = 0, at = directory; i < zip.readUInt16LE(end + 10); i++) {
    if (at + 46 > zip.length || zip.readUInt32LE(at) !== 0x02014b50) return undefined
    files.push({ at: zip.readUInt32LE(at + 42), packed: zip.readUInt32LE(at + 20) })
    at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  }
  let total = 0
  let next = 0
  for (const { at, packed } of files.toSorted((a, b) => a.at - b.at)) {
    // Between two files there is room for the sizes of the first one, never for another file.
    if (at < next || at > next + 24 || at + 30 > directory || zip.readUInt32LE(at) !== 0x04034b50)
      return undefined
    const from = at + 30 + zip.readUInt16LE(at + 26) + zip.readUInt16LE(at + 28)
    next = from + packed
    if (next > directory) return undefined
    total += unfolded(zip.subarray(from, next), zip.readUInt16LE(at + 8), most - total)
    if (total > most) return total
  }
  return directory > next + 24 ? undefined : total
}

function unfolded(bytes: Buffer, method: number, most: number): number {
  if (method === 0) return bytes.length
  if (method !== 8) throw new Error('not a way that workbooks are packed')
  try {
    return inflateRawSync(bytes, { maxOutputLength: Math.max(1, most) }).length
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') return most + 1
    throw error
  }
}
