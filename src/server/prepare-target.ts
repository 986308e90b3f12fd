import pg from 'pg'
import type { Manifest } from './backup-format.ts'
import { readMigrations } from './migrate.ts'
import { StartupRefusal } from './startup-refusal.ts'

/**
 * Makes the database at `url` ready to receive a backup, or refuses (`StartupRefusal`): this build must know the
 * backup's migrations, nobody else may be connected, and what is there must be nothing, or may be lost (`force`).
 */
export async function prepareTarget(url: string, manifest: Manifest, force: boolean): Promise<void> {
  refuseOtherBuild(manifest)
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    await refuseUnableRole(client)
    await refuseUsed(client)
    const state = await readState(client)
    if (state === 'foreign') {
      throw new StartupRefusal(
        'Cette base de données contient des tables qui ne sont pas celles de Canopée. Restaurez dans une base vide.',
        'This database holds tables that are not Canopée’s. Restore into an empty database.',
      )
    }
    if (state === 'full' && !force) {
      throw new StartupRefusal(
        'Cette base de données contient déjà des données. Ajoutez --force pour les remplacer par la sauvegarde.',
        'This database already holds data. Add --force to replace them with the backup.',
      )
    }
    if (state !== 'blank') await emptySchemaUnlessSameLevel(client, manifest)
  } finally {
    await client.end()
  }
}

function refuseOtherBuild(manifest: Manifest): void {
  const known = new Map(readMigrations().map((m) => [m.name, m.hash]))
  const unknown = manifest.migrations.find((m) => known.get(m.name) !== m.hash)
  if (!unknown) return
  throw new StartupRefusal(
    `Cette sauvegarde vient d’une autre version de Canopée (migration ${unknown.name}). Installez cette version, puis restaurez.`,
    `This backup comes from another version of Canopée (migration ${unknown.name}). Install that version, then restore.`,
  )
}

/** Loading switches triggers off, which PostgreSQL lets only some roles do. */
async function refuseUnableRole(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ able: boolean; who: string }>(`select current_user as who,
    has_parameter_privilege('session_replication_role', 'set') and (select rolsuper or rolbypassrls from pg_roles where rolname = current_user) as able`)
  if (rows[0]?.able) return
  throw new StartupRefusal(
    `Le rôle ${rows[0]?.who} ne peut pas restaurer : il lui faut BYPASSRLS et « grant set on parameter session_replication_role ».`,
    `The role ${rows[0]?.who} cannot restore: it needs BYPASSRLS and "grant set on parameter session_replication_role".`,
  )
}

async function refuseUsed(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query(`select 1 from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`)
  if (!rowCount) return
  throw new StartupRefusal(
    'Canopée ou un autre programme utilise cette base de données. Arrêtez-le avant de restaurer.',
    'Canopée or another program uses this database. Stop it before restoring.',
  )
}

/** blank: no table; fresh: migrated, nobody signed up; full: in use; foreign: not ours. */
async function readState(client: pg.Client): Promise<'blank' | 'fresh' | 'full' | 'foreign'> {
  const { rows } = await client.query<{ ours: boolean; tables: number }>(`
    select to_regclass('public.schema_migration') is not null and to_regclass('public.agency') is not null
      and to_regclass('public.realm_user') is not null as ours,
      (select count(*)::int from pg_tables where schemaname !~ '^pg_'
        and schemaname not in ('information_schema', 'graphile_worker') and tablename <> 'schema_migration') as tables`)
  if (!rows[0]?.ours) return rows[0]?.tables ? 'foreign' : 'blank'
  await client.query('begin; set local row_security = off')
  const found = await client.query(
    `select 1 where exists (select from agency where kind <> 'operator') or exists (select from realm_user)`,
  )
  await client.query('commit')
  return found.rowCount ? 'full' : 'fresh'
}

/** At the same level loading replaces the rows in one transaction; at another, the schema is made anew. */
async function emptySchemaUnlessSameLevel(client: pg.Client, manifest: Manifest): Promise<void> {
  const { rows } = await client.query<{ name: string }>('select name from schema_migration order by name')
  const same =
    rows.length === manifest.migrations.length &&
    rows.every((r, i) => r.name === manifest.migrations[i]?.name)
  if (same) return
  await client.query(`begin;
    drop schema public cascade; drop schema if exists graphile_worker cascade;
    create schema public authorization pg_database_owner; grant usage on schema public to public;
    commit`)
}
