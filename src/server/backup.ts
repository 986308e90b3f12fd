import { createHash } from 'node:crypto'
import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { writeArchive } from './archive.ts'
import { backupFormat, entryNames, rowsEntry } from './backup-format.ts'
import type { BackedUpTable, Manifest, TableSum } from './backup-format.ts'

const pieceSize = 4 * 1024 * 1024

/**
 * Writes the whole database at `url` (the owner's) and the installation's secret into one private file,
 * as they were at one instant, while the application goes on. Gives each table's rows and digest.
 */
export async function backUp(source: { url: string; secret: string }, file: string): Promise<TableSum[]> {
  const client = new pg.Client({ connectionString: source.url })
  client.on('error', () => {})
  await client.connect()
  const archive = writeArchive(file)
  try {
    await client.query('begin isolation level repeatable read read only')
    await steadyReads(client)
    const { rows } = await client.query<{ now: string }>(
      `select to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as now`,
    )
    const description: Manifest = {
      product: 'canopee',
      format: backupFormat,
      madeAt: rows[0]?.now ?? '',
      migrations: (await client.query('select name, hash from schema_migration order by name')).rows,
      tables: await listTables(client),
      sequences: await listSequences(client),
    }
    await archive.add(entryNames.manifest, json(description))
    await archive.add(entryNames.secret, Buffer.from(source.secret))
    const sums: TableSum[] = []
    for (const [index, table] of description.tables.entries()) {
      let part = 0
      sums.push(await copyOut(client, table, (piece) => archive.add(rowsEntry(index, part++), piece)))
    }
    await archive.add(entryNames.sums, json(sums))
    await archive.finish()
    return sums
  } catch (error) {
    await archive.abandon()
    throw error
  } finally {
    await client.end()
  }
}

/** Makes two reads of one unchanged table give the same bytes: no shared scans, no parallel workers, no hidden rows. */
export async function steadyReads(client: pg.Client): Promise<void> {
  await client.query(`set local synchronize_seqscans = off; set local max_parallel_workers_per_gather = 0;
    set local row_security = off; set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0`)
}

/** Reads a table as binary COPY, in pieces, and sums it up. */
export async function copyOut(
  client: pg.Client,
  table: BackedUpTable,
  take: (piece: Buffer) => Promise<void>,
): Promise<TableSum> {
  const columns = table.columns.join(', ')
  const stream = client.query(copyTo(`copy (select ${columns} from ${table.name}) to stdout (format binary)`))
  const digest = createHash('sha256')
  let bytes = 0
  let held: Buffer[] = []
  let size = 0
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    digest.update(chunk)
    bytes += chunk.length
    held.push(chunk)
    size += chunk.length
    if (size < pieceSize) continue
    await take(Buffer.concat(held))
    held = []
    size = 0
  }
  if (size > 0) await take(Buffer.concat(held))
  return { name: table.name, rows: stream.rowCount, bytes, sha256: digest.digest('hex') }
}

/**
 * Every table that holds data: no child of a partitioned table (its parent reads it), nothing of extensions,
 * not the two lists of migrations, which restoring makes anew. Generated columns are computed again.
 */
async function listTables(client: pg.Client): Promise<BackedUpTable[]> {
  const { rows } = await client.query<BackedUpTable>(`
    select format('%I.%I', n.nspname, c.relname) as name,
      array_agg(quote_ident(a.attname) order by a.attnum) as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    where c.relkind in ('r', 'p') and not c.relispartition and c.relpersistence <> 't'
      and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
      and (n.nspname, c.relname) not in (('public', 'schema_migration'), ('graphile_worker', 'migrations'))
      and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
    group by n.nspname, c.relname order by n.nspname, c.relname`)
  return rows
}

async function listSequences(client: pg.Client): Promise<Manifest['sequences']> {
  const { rows } = await client.query<{ name: string }>(`
    select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'S' and n.nspname !~ '^pg_' order by 1`)
  const sequences: Manifest['sequences'] = []
  for (const { name } of rows) {
    const state = await client.query(
      `select last_value::text as "lastValue", is_called as "isCalled" from ${name}`,
    )
    sequences.push({ name, ...state.rows[0] })
  }
  return sequences
}

function json(value: unknown): Buffer {
  return Buffer.from(`${JSON.stringify(value, null, 2)}\n`)
}
