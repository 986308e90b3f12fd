import { once } from 'node:events'
import { createReadStream, createWriteStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { finished } from 'node:stream/promises'
import { constants, createZstdCompress, createZstdDecompress } from 'node:zlib'

// One compressed file that `tar --zstd -tf` can list. Entries are small (a table is many), so that memory stays bounded.

const block = 512

/** The largest entry that is written or read, in bytes. */
export const largestEntry = 16 * 1024 * 1024

/** An archive being written. */
export type ArchiveWriter = {
  add(name: string, bytes: Buffer): Promise<void>
  /** Makes the file appear under its name, whole and on disk. */
  finish(): Promise<void>
  /** Removes what was written. */
  abandon(): Promise<void>
}

/** Starts a new archive, readable by its owner only. Nothing exists under `file` before `finish`. */
export function writeArchive(file: string): ArchiveWriter {
  const partial = `${file}.partial`
  const output = createWriteStream(partial, { mode: 0o600, flush: true })
  const packed = createZstdCompress({ params: { [constants.ZSTD_c_checksumFlag]: 1 } })
  const written = finished(packed.pipe(output))
  // Whoever adds next learns of a failed write; nobody else waits for it meanwhile.
  written.catch((error: Error) => packed.destroy(error))
  const push = async (bytes: Buffer): Promise<void> => {
    if (output.errored) throw output.errored
    if (packed.write(bytes)) return
    await once(packed, 'drain')
  }
  packed.on('error', () => {})
  return {
    add: async (name, bytes) => {
      await push(header(name, bytes.length))
      await push(bytes)
      await push(Buffer.alloc(padding(bytes.length)))
    },
    finish: async () => {
      packed.end(Buffer.alloc(2 * block))
      await written
      await rename(partial, file)
    },
    abandon: async () => {
      packed.destroy()
      output.destroy()
      await rm(partial, { force: true })
    },
  }
}

/** Reads an archive entry by entry. Throws when it is cut short or damaged. */
export async function* readArchive(file: string): AsyncGenerator<{ name: string; bytes: Buffer }> {
  await (await open(file)).close()
  const stream = createReadStream(file)
  const unpacked = createZstdDecompress()
  stream.on('error', (error) => unpacked.destroy(error))
  const chunks = stream.pipe(unpacked)[Symbol.asyncIterator]() as AsyncIterator<Buffer>
  let held: Buffer[] = []
  let available = 0
  const take = async (length: number): Promise<Buffer> => {
    while (available < length) {
      const next = await chunks.next()
      if (next.done) throw new Error('the archive is cut short')
      held.push(next.value)
      available += next.value.length
    }
    const all = held.length === 1 && held[0] ? held[0] : Buffer.concat(held)
    held = [all.subarray(length)]
    available -= length
    return all.subarray(0, length)
  }
  try {
    while (true) {
      const head = await take(block)
      if (head.every((byte) => byte === 0)) return
      const { name, size } = parseHeader(head)
      const bytes = Buffer.from(await take(size))
      await take(padding(size))
      yield { name, bytes }
    }
  } finally {
    stream.destroy()
    unpacked.destroy()
  }
}

function padding(size: number): number {
  return (block - (size % block)) % block
}

/** A POSIX ustar header of a private file. */
function header(name: string, size: number): Buffer {
  if (Buffer.byteLength(name) > 99 || size > largestEntry)
    throw new Error(`${name} does not fit in an archive entry`)
  const head = Buffer.alloc(block)
  const put = (text: string, at: number): number => head.write(text, at, 'utf8')
  put(name, 0)
  put('0000600\0', 100)
  put('0000000\0', 108)
  put('0000000\0', 116)
  put(`${size.toString(8).padStart(11, '0')}\0`, 124)
  put('00000000000\0', 136)
  put('        ', 148)
  put('0', 156)
  put('ustar\x0000', 257)
  const sum = head.reduce((a, b) => a + b, 0)
  put(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return head
}

function parseHeader(head: Buffer): { name: string; size: number } {
  const text = (from: number, to: number): string => head.toString('utf8', from, to).replace(/\0.*$/s, '')
  const size = Number.parseInt(text(124, 136), 8)
  if (text(257, 262) !== 'ustar' || !(size >= 0 && size <= largestEntry))
    throw new Error('not an archive of this program')
  return { name: text(0, 100), size }
}
