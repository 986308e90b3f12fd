import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { readArchive } from './archive.ts'
import { copyOut, steadyReads } from './backup.ts'
import { entryNames, tableOfEntry } from './backup-format.ts'
import type { BackedUpTable, TableSum } from './backup-format.ts'
import { inspectBackup } from './inspect-backup.ts'
import type { Inspected } from './inspect-backup.ts'
import { openDatabase } from './db.ts'
import type { Logger } from './log.ts'
import { migrate } from './migrate.ts'
import { prepareTarget } from './prepare-target.ts'
import { StartupRefusal } from './startup-refusal.ts'

/** Where to restore: `force` allows the loss of what is there; `fixedSecret` is the one that cannot be replaced. */
export type RestoreTarget = { url: string; force: boolean; fixedSecret?: string | undefined; log: Logger }

/**
 * Puts a backup back: checks the whole file first, brings the schema to the backup's level, loads every row in one
 * transaction and reads it back to compare with the file. Refuses (`StartupRefusal`) a damaged file, a database in
 * use and, without `force`, one that holds anything. Gives what was loaded and the secret that belongs to it.
 */
export async function restore(
  file: string,
  target: RestoreTarget,
): Promise<{ sums: TableSum[]; secret: string }> {
  const backup = await inspectBackup(file)
  if (target.fixedSecret !== undefined && target.fixedSecret !== backup.secret) {
    throw new StartupRefusal(
      `Le SECRET réglé n’est pas celui de la sauvegarde : ses clés seraient illisibles. Réglez SECRET à la valeur que donne « tar --zstd -xOf ${file} secret ».`,
      `The SECRET that is set is not the backup’s: its keys could not be read. Set SECRET to what "tar --zstd -xOf ${file} secret" gives.`,
    )
  }
  await prepareTarget(target.url, backup.manifest, target.force)
  const level = backup.manifest.migrations.at(-1)?.name
  const database = openDatabase(target.url, { secret: backup.secret, poolSize: 2 }, target.log)
  try {
    await migrate(database, backup.secret, level)
  } finally {
    await database.close()
  }
  await load(file, backup, target.url)
  return { sums: backup.sums, secret: backup.secret }
}

async function load(file: string, backup: Inspected, url: string): Promise<void> {
  const { tables, sequences } = backup.manifest
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query('begin')
    await steadyReads(client)
    // No trigger fires and no reference is checked: the rows are a consistent whole already.
    await client.query('set local session_replication_role = replica')
    if (tables.length > 0) await client.query(`truncate ${tables.map((t) => t.name).join(', ')}`)
    await copyIn(client, file, tables)
    for (const [index, table] of tables.entries()) {
      const found = await copyOut(client, table, async () => {})
      if (found.sha256 !== backup.sums[index]?.sha256)
        throw new Error(`${table.name} was not restored as it was`)
    }
    for (const { name, lastValue, isCalled } of sequences) {
      await client.query('select setval($1::regclass, $2::bigint, $3)', [name, lastValue, isCalled])
    }
    // Workers that held these jobs are gone; left locked, the jobs would wait for hours.
    await client.query(`update graphile_worker._private_jobs set locked_at = null, locked_by = null;
      update graphile_worker._private_job_queues set locked_at = null, locked_by = null`)
    await client.query('commit')
    await client.query('analyze')
  } finally {
    // Without the commit, the end of the connection undoes everything.
    await client.end()
  }
}

/** Feeds each table its pieces, in the order of the file. */
async function copyIn(client: pg.Client, file: string, tables: BackedUpTable[]): Promise<void> {
  let loading = -1
  let feed: Feed | undefined
  for await (const { name, bytes } of readArchive(file)) {
    if (name === entryNames.sums) break
    const index = tableOfEntry(name)
    const table = index === null ? undefined : tables[index]
    if (index === null || !table) continue
    if (index !== loading) {
      await feed?.end()
      feed = openFeed(client, table)
      loading = index
    }
    await feed?.give(bytes)
  }
  await feed?.end()
}

type Feed = { give(bytes: Buffer): Promise<void>; end(): Promise<void> }

function openFeed(client: pg.Client, table: BackedUpTable): Feed {
  const columns = table.columns.join(', ')
  const stream = client.query(copyFrom(`copy ${table.name} (${columns}) from stdin (format binary)`))
  const loaded = finished(stream)
  // A refused row shows at the next piece or at the end, whichever comes first.
  loaded.catch(() => {})
  return {
    give: async (bytes) => {
      if (!stream.write(bytes)) await Promise.race([once(stream, 'drain'), loaded])
    },
    end: async () => {
      stream.end()
      await loaded
    },
  }
}
