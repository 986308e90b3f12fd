import { z } from 'zod'

/** Version of the layout below; another one is refused. */
export const backupFormat = 1

const table = z.object({ name: z.string(), columns: z.array(z.string()) })

/** First entry of a backup: what it holds. Table and sequence names are quoted and qualified, ready for SQL. */
export const manifest = z.object({
  product: z.literal('canopee'),
  format: z.literal(backupFormat),
  /** RFC 3339, the machine's real time. */
  madeAt: z.string(),
  migrations: z.array(z.object({ name: z.string(), hash: z.string() })),
  tables: z.array(table),
  sequences: z.array(z.object({ name: z.string(), lastValue: z.string(), isCalled: z.boolean() })),
})
export type Manifest = z.output<typeof manifest>
export type BackedUpTable = z.output<typeof table>

/** What one table came to, written after the rows: `sha256` is over its binary COPY stream. */
export type TableSum = { name: string; rows: number; bytes: number; sha256: string }

/** Last entry of a backup; a file without it was cut short. */
export const sums = z.array(z.object({ name: z.string(), rows: z.int(), bytes: z.int(), sha256: z.string() }))

/** Entry names, in the order they come in the file. */
export const entryNames = { manifest: 'manifest.json', secret: 'secret', sums: 'sums.json' }

/** The `part`-th piece of the `index`-th table of the manifest. */
export function rowsEntry(index: number, part: number): string {
  return `rows/${String(index).padStart(5, '0')}/${String(part).padStart(8, '0')}.copy`
}

/** The table that an entry belongs to; null for other entries. */
export function tableOfEntry(name: string): number | null {
  const found = /^rows\/(\d{5})\/\d{8}\.copy$/.exec(name)
  return found ? Number(found[1]) : null
}
