import { crc32, createDeflateRaw } from 'node:zlib'

/** A file of an archive; its content is read as it is written out. */
export type ZipEntry = { name: string; content: AsyncIterable<string | Buffer> | Iterable<string | Buffer> }

const utf8AndDescriptor = 0x0808
const deflated = 8
// 1 January 1980, the format's first day: archives of the same content are the same bytes.
const firstDay = 0x0021

/** A ZIP archive piece by piece (a spreadsheet is one), in the memory of one piece whatever its size. */
export async function* zipStream(entries: readonly ZipEntry[]): AsyncGenerator<Buffer> {
  const directory: Buffer[] = []
  let offset = 0
  for (const entry of entries) {
    const name = Buffer.from(entry.name)
    const start = offset
    const head = localHeader(name)
    yield head
    const state = { crc: 0, size: 0, packed: 0 }
    for await (const piece of deflate(entry.content, state)) {
      state.packed += piece.length
      yield piece
    }
    const tail = descriptor(state)
    yield tail
    offset += head.length + state.packed + tail.length
    directory.push(directoryLine(name, state, start))
  }
  const lines = Buffer.concat(directory)
  yield lines
  yield endOfDirectory(entries.length, lines.length, offset)
}

type State = { crc: number; size: number; packed: number }

async function* deflate(content: ZipEntry['content'], state: State): AsyncGenerator<Buffer> {
  const packer = createDeflateRaw()
  const feed = async () => {
    for await (const text of content) {
      const bytes = typeof text === 'string' ? Buffer.from(text) : text
      state.crc = crc32(bytes, state.crc)
      state.size += bytes.length
      if (!packer.write(bytes)) await new Promise((resume) => packer.once('drain', resume))
    }
    packer.end()
  }
  const fed = feed().catch((error: Error) => packer.destroy(error))
  for await (const piece of packer) yield piece as Buffer
  await fed
}

function localHeader(name: Buffer): Buffer {
  const b = Buffer.alloc(30)
  b.writeUInt32LE(0x04034b50, 0)
  b.writeUInt16LE(20, 4)
  b.writeUInt16LE(utf8AndDescriptor, 6)
  b.writeUInt16LE(deflated, 8)
  b.writeUInt16LE(firstDay, 12)
  b.writeUInt16LE(name.length, 26)
  return Buffer.concat([b, name])
}

function descriptor(s: State): Buffer {
  const b = Buffer.alloc(16)
  b.writeUInt32LE(0x08074b50, 0)
  b.writeUInt32LE(s.crc, 4)
  b.writeUInt32LE(s.packed, 8)
  b.writeUInt32LE(s.size, 12)
  return b
}

function directoryLine(name: Buffer, s: State, start: number): Buffer {
  const b = Buffer.alloc(46)
  b.writeUInt32LE(0x02014b50, 0)
  b.writeUInt16LE(20, 4)
  b.writeUInt16LE(20, 6)
  b.writeUInt16LE(utf8AndDescriptor, 8)
  b.writeUInt16LE(deflated, 10)
  b.writeUInt16LE(firstDay, 14)
  b.writeUInt32LE(s.crc, 16)
  b.writeUInt32LE(s.packed, 20)
  b.writeUInt32LE(s.size, 24)
  b.writeUInt16LE(name.length, 28)
  b.writeUInt32LE(start, 42)
  return Buffer.concat([b, name])
}

function endOfDirectory(count: number, size: number, offset: number): Buffer {
  const b = Buffer.alloc(22)
  b.writeUInt32LE(0x06054b50, 0)
  b.writeUInt16LE(count, 8)
  b.writeUInt16LE(count, 10)
  b.writeUInt32LE(size, 12)
  b.writeUInt32LE(offset, 16)
  return b
}
