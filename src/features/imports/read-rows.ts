import { parse } from 'csv-parse/sync'
import { lastRecordEnd, type Encoding } from './detect.ts'

/** A row and the line of the file it begins on. */
export type FileRow = { number: number; cells: string[] }

/** What a batch leaves for the next: bytes of a cut character, text of a cut record, lines read. */
export type ReadCursor = { chunk: number; bytes: string; text: string; line: number }

/** A record longer than this is a quote that never closes, not a cell. */
const longestRecord = 1_000_000

/**
 * Rows of the next pieces of a CSV file. A record or character cut at the end waits in the cursor.
 * Quotes, line breaks in cells and uneven rows are taken as they come; empty lines are passed over.
 */
export function readCsvPart(
  part: Uint8Array,
  from: ReadCursor,
  how: { encoding: Encoding; delimiter: string; last: boolean },
): { rows: FileRow[]; next: ReadCursor } | { fault: 'imports.fault.quote'; line: number } {
  const bytes = Buffer.concat([Buffer.from(from.bytes, 'base64'), part])
  const cut = how.last ? bytes.length : wholeCharacters(bytes, how.encoding)
  let text = from.text + new TextDecoder(how.encoding).decode(bytes.subarray(0, cut))
  if (from.line === 0 && from.text === '') text = text.replace(/^\ufeff/, '')
  // A lone CR is the line end of old Mac files; CSV readers know only LF and CRLF.
  if (!text.includes('\n') && text.includes('\r')) text = text.replaceAll('\r', '\n')
  const end = how.last ? text.length : lastRecordEnd(text)
  const rest = text.slice(end)
  if (rest.length > longestRecord) return { fault: 'imports.fault.quote', line: from.line + 1 }
  const whole = Buffer.from(text.slice(0, end))
  const records = parse(whole, {
    delimiter: how.delimiter,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    info: true,
  }) as unknown as { record: string[]; info: { bytes: number } }[]
  const lines = new LineCounter(whole, from.line)
  const rows = records.map(({ record, info }) => ({ number: lines.startOf(info.bytes), cells: record }))
  return {
    rows,
    next: {
      chunk: from.chunk,
      bytes: bytes.subarray(cut).toString('base64'),
      text: rest,
      line: lines.at(whole.length),
    },
  }
}

/** Tells the line of the file each record begins on, empty lines before it and line breaks in cells counted. */
class LineCounter {
  readonly #bytes: Buffer
  #offset = 0
  #line: number
  constructor(bytes: Buffer, line: number) {
    this.#bytes = bytes
    this.#line = line
  }

  /** Line that the record ending at `end` begins on. */
  startOf(end: number): number {
    while (this.#bytes[this.#offset] === 10 || this.#bytes[this.#offset] === 13) this.at(this.#offset + 1)
    const start = this.#line + 1
    this.at(end)
    return start
  }

  /** Line breaks up to an offset. */
  at(offset: number): number {
    for (; this.#offset < offset; this.#offset++) if (this.#bytes[this.#offset] === 10) this.#line++
    return this.#line
  }
}

/** How many bytes end on a whole character. */
function wholeCharacters(bytes: Uint8Array, encoding: Encoding): number {
  if (encoding === 'windows-1252') return bytes.length
  if (encoding === 'utf-16le') return bytes.length - (bytes.length % 2)
  let i = bytes.length - 1
  while (i >= 0 && i > bytes.length - 4 && (bytes[i]! & 0xc0) === 0x80) i--
  const lead = bytes[i] ?? 0
  const size = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1
  return i + size <= bytes.length ? bytes.length : i
}
