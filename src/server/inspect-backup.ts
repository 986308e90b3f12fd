import { createHash } from 'node:crypto'
import type { Hash } from 'node:crypto'
import { readArchive } from './archive.ts'
import { entryNames, manifest, sums, tableOfEntry } from './backup-format.ts'
import type { Manifest, TableSum } from './backup-format.ts'
import { StartupRefusal } from './startup-refusal.ts'

/** A backup that was read whole and found sound. */
export type Inspected = { manifest: Manifest; secret: string; sums: TableSum[] }

/** Reads a backup from end to end without touching any database; refuses (`StartupRefusal`) what is not whole. */
export async function inspectBackup(file: string): Promise<Inspected> {
  try {
    return await readWhole(file)
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error)
    throw new StartupRefusal(
      `${file} n’est pas une sauvegarde utilisable (${reason}). Rien n’a été changé.`,
      `${file} is not a usable backup (${reason}). Nothing was changed.`,
    )
  }
}

async function readWhole(file: string): Promise<Inspected> {
  let description: Manifest | undefined
  let secret = ''
  let written: TableSum[] | undefined
  const digests = new Map<number, { digest: Hash; bytes: number }>()
  for await (const { name, bytes } of readArchive(file)) {
    if (name === entryNames.manifest) description = manifest.parse(JSON.parse(bytes.toString()))
    else if (name === entryNames.secret) secret = bytes.toString()
    else if (name === entryNames.sums) written = sums.parse(JSON.parse(bytes.toString()))
    const table = tableOfEntry(name)
    if (table === null) continue
    const so = digests.get(table) ?? { digest: createHash('sha256'), bytes: 0 }
    so.digest.update(bytes)
    so.bytes += bytes.length
    digests.set(table, so)
  }
  if (!description || !written || !secret) throw new Error('a part of it is missing')
  for (const [index, table] of description.tables.entries()) {
    const expected = written[index]
    const found = digests.get(index)
    if (expected?.name !== table.name || expected.bytes !== (found?.bytes ?? 0))
      throw new Error(`${table.name} is not whole`)
    if (found && found.digest.digest('hex') !== expected.sha256) throw new Error(`${table.name} is damaged`)
  }
  return { manifest: description, secret, sums: written }
}
