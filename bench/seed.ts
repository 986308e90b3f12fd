import { once } from 'node:events'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { agencySizes, type Scale } from './scale.ts'
import { makeAgencyRows, type AgencyRows, type Row } from './seed-agency.ts'

/** Table and columns of each kind of row. */
const targets: Record<keyof AgencyRows, string> = {
  agency: 'agency (agency_id, kind, name, slug, mode, hierarchy_enabled, created_at)',
  host: 'host_name (name, kind, agency_id, realm_id, realm_kind, verified_at)',
  user: 'realm_user (agency_id, id, realm_id, realm_kind, email, email_key, name, password_hash, email_confirmed_at, created_at)',
  member: 'member (agency_id, id, user_id, role, parent_id, state, search_text, created_at)',
  closure: 'member_closure (agency_id, ancestor_id, descendant_id, depth)',
  client:
    'client (agency_id, id, name, status, home_id, website, city, sector, tags, monthly_budget, assignee_count, last_activity_at, created_at, updated_at)',
  assignment: 'assignment (agency_id, client_id, member_id, is_lead, assigned_by_name, assigned_at)',
}
const kinds = Object.keys(targets) as (keyof AgencyRows)[]
/** Rows copied in one transaction. */
const rowsACopy = 50_000

/**
 * Fills a migrated, empty database with `scale`. Triggers and foreign keys rest meanwhile, and the indexes of
 * `client` are built at the end: the rows are made consistent, and are what the product itself would store.
 */
export async function seed(url: string, scale: Scale, passwordHash: string): Promise<void> {
  await seedAgencies(
    url,
    agencySizes(scale)
      .entries()
      .map(([place, size]) => makeAgencyRows(place, size, passwordHash)),
  )
}

/** The same with agencies as they come. */
export async function seedAgencies(url: string, agencies: Iterable<AgencyRows>): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(`set session_replication_role = 'replica'; set maintenance_work_mem = '1GB'`)
    const indexes = await dropIndexes(client)
    let waiting = emptyRows()
    for (const made of agencies) {
      for (const kind of kinds) for (const row of made[kind]) waiting[kind].push(row)
      if (waiting.client.length < rowsACopy) continue
      await copyAll(client, waiting)
      waiting = emptyRows()
    }
    await copyAll(client, waiting)
    for (const definition of indexes) await client.query(definition)
    await client.query('vacuum (analyze)')
    await client.query('checkpoint')
  } finally {
    await client.end()
  }
}

async function dropIndexes(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
     from pg_index i where i.indrelid in ('client'::regclass, 'assignment'::regclass) and not i.indisprimary`,
  )
  for (const { name } of rows) await client.query(`drop index ${name}`)
  return rows.map((r) => r.definition)
}

function emptyRows(): AgencyRows {
  return { agency: [], host: [], user: [], member: [], closure: [], client: [], assignment: [] }
}

async function copyAll(client: pg.Client, rows: AgencyRows): Promise<void> {
  for (const kind of kinds) await copyRows(client, targets[kind], rows[kind])
}

/** Copies rows into a table; `target` is the table and its columns. */
export async function copyRows(client: pg.Client, target: string, rows: readonly Row[]): Promise<void> {
  const stream = client.query(copyFrom(`copy ${target} from stdin`))
  const done = once(stream, 'finish')
  for (let i = 0; i < rows.length; i += 1_000) {
    const text = rows
      .slice(i, i + 1_000)
      .map(lineOf)
      .join('')
    if (!stream.write(text)) await Promise.race([once(stream, 'drain'), done])
  }
  stream.end()
  await done
}

function lineOf(row: Row): string {
  return `${row.map((v) => (v === null ? '\\N' : String(v).replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n'))).join('\t')}\n`
}
