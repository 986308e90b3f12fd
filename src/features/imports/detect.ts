/** How a text file is written. */
export type Encoding = 'utf-8' | 'utf-16le' | 'windows-1252'

/**
 * Finds the encoding of a file fed piece by piece: a byte order mark, else UTF-8 when every byte fits it,
 * else windows-1252, which is what French Windows tools write. `isBinary` when bytes no text has occur.
 */
export class EncodingProbe {
  #utf8 = new TextDecoder('utf-8', { fatal: true })
  #valid = true
  #first = true
  #bom: Encoding | undefined
  isBinary = false

  feed(bytes: Uint8Array): void {
    if (this.#first) {
      this.#first = false
      if (bytes[0] === 0xff && bytes[1] === 0xfe) this.#bom = 'utf-16le'
      else if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) this.#bom = 'utf-8'
    }
    if (this.#bom !== 'utf-16le' && bytes.includes(0)) this.isBinary = true
    if (!this.#valid) return
    try {
      this.#utf8.decode(bytes, { stream: true })
    } catch {
      this.#valid = false
    }
  }

  get encoding(): Encoding {
    return this.#bom ?? (this.#valid ? 'utf-8' : 'windows-1252')
  }
}

/** The separator that cuts the first lines into the most columns of an even number, quotes respected. */
export function guessDelimiter(start: string): string {
  const lines = logicalLines(start).slice(0, 20)
  let best = { delimiter: ';', score: 0 }
  for (const delimiter of [';', ',', '\t', '|']) {
    const counts = lines.map((l) => outsideQuotes(l).split(delimiter).length)
    const columns = counts[0] ?? 1
    const score = columns < 2 ? 0 : columns * (counts.filter((c) => c === columns).length / counts.length)
    if (score > best.score) best = { delimiter, score }
  }
  return best.delimiter
}

function outsideQuotes(line: string): string {
  return line.replaceAll(/"(?:[^"]|"")*"/g, '')
}

function logicalLines(text: string): string[] {
  const end = lastRecordEnd(text)
  return text
    .slice(0, end > 0 ? end : text.length)
    .replaceAll(/"(?:[^"]|"")*"/g, (quoted) => quoted.replaceAll(/[\r\n]/g, ' '))
    .split(/\r\n|\n|\r/)
    .filter((l) => l.trim() !== '')
}

/** Where the last whole record of a text ends: after the last line break outside quotes; 0 when there is none. */
export function lastRecordEnd(text: string): number {
  let quoted = false
  let end = 0
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    if (c === 34) quoted = !quoted
    else if (c === 10 && !quoted) end = i + 1
  }
  return end
}
