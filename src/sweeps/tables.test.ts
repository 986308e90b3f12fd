import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { appRole } from '../server/db.ts'
import { startTestApp, type TestApp } from '../server/testing.ts'

/** Tables of the whole installation: no tenant in their key, nothing of a tenant readable through them alone. */
const withoutTenantKey = [
  'installation',
  'host_name',
  'email_directory',
  'schema_migration',
  'recurring_work',
  'health_check',
]
/** Of these, the ones that hold nothing about anybody, and which need no row security. */
const withoutRowSecurity = ['installation', 'schema_migration', 'recurring_work', 'health_check']
/** Doors past row security, each with the tenant of the transaction built in: look twice before adding one. */
const doors = [
  'append_audit',
  'enqueue_job',
  'find_hosted_accounts',
  'find_orders',
  'lock_wallets',
  'move_money',
  'search_clients',
]

let t: TestApp
before(async () => void (t = await startTestApp()))
after(() => t.close())

test('every table begins its keys with the tenant', async () => {
  const keys = await t.sql<{ name: string; key: string; columns: string[] }>(`
    select c.relname as name, pg_get_constraintdef(k.oid) as key,
      array(select a.attname::text from unnest(k.conkey) with ordinality u(n, i)
        join pg_attribute a on a.attrelid = c.oid and a.attnum = u.n order by u.i) as columns
    from pg_constraint k join pg_class c on c.oid = k.conrelid
    where c.relnamespace = 'public'::regnamespace and k.contype in ('p', 'u', 'f') order by 1, 2`)
  assert.ok(keys.length > 30)
  const wrong = keys.filter((k) => k.columns[0] !== 'agency_id' && !withoutTenantKey.includes(k.name))
  assert.deepEqual(wrong, [])
  const indexes = await t.sql<{ name: string; index: string }>(`
    select c.relname as name, i.relname as index from pg_index x
    join pg_class i on i.oid = x.indexrelid join pg_class c on c.oid = x.indrelid
    where c.relnamespace = 'public'::regnamespace and x.indisunique
      and (select a.attname from pg_attribute a where a.attrelid = c.oid and a.attnum = x.indkey[0]) is distinct from 'agency_id'`)
  assert.deepEqual(
    indexes.filter((i) => !withoutTenantKey.includes(i.name)),
    [],
  )
  const without = await t.sql<{ name: string }>(`
    select relname as name from pg_class c where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
      and not exists (select from pg_constraint k where k.conrelid = c.oid and k.contype = 'p')`)
  assert.deepEqual(without, [])
})

test('row security is on, and forced on the owner too, by tenant equality only', async () => {
  const tables = await t.sql<{ name: string; on: boolean; forced: boolean; policies: string[] }>(`
    select c.relname as name, c.relrowsecurity as on, c.relforcerowsecurity as forced,
      array(select pg_get_expr(p.polqual, p.polrelid) || ' / ' || coalesce(pg_get_expr(p.polwithcheck, p.polrelid), '') from pg_policy p
        where p.polrelid = c.oid and p.polname <> 'readable') as policies
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by 1`)
  const equality = `(agency_id = (NULLIF(current_setting('app.agency_id'::text, true), ''::text))::uuid)`
  for (const table of tables) {
    if (withoutRowSecurity.includes(table.name)) continue
    assert.ok(table.on && table.forced, `${table.name} has no forced row security`)
    assert.deepEqual(table.policies, [`${equality} / ${equality}`], table.name)
  }
  const readable = await t.sql<{ name: string }>(
    `select polrelid::regclass::text as name from pg_policy where polname = 'readable' order by 1`,
  )
  // Two name tenants and hold nothing of theirs: who answers at an address, and keyed hashes of addresses. The
  // plans and the catalogue are the operator's, for every tenant to buy from.
  assert.deepEqual(
    readable.map((r) => r.name),
    [
      'catalogue_item',
      'catalogue_item_version',
      'catalogue_word',
      'email_directory',
      'host_name',
      'plan_catalogue',
    ],
  )
})

test('every table and column says what it is', async () => {
  const silent = await t.sql<{ name: string }>(`
    select c.relname || coalesce('.' || a.attname, '') as name from pg_class c
    left join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm')
      and (obj_description(c.oid) is null or col_description(c.oid, a.attnum) is null) order by 1`)
  assert.deepEqual(silent, [])
})

test('the application’s role owns nothing, is nobody’s member and cannot pass the walls', async () => {
  const [role] = await t.sql(
    `select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication, rolinherit,
    (select count(*)::int from pg_auth_members where member = r.oid) as memberships,
    (select count(*)::int from pg_class where relowner = r.oid) as owned
    from pg_roles r where rolname = $1`,
    [appRole],
  )
  assert.deepEqual(role, {
    rolsuper: false,
    rolbypassrls: false,
    rolcreaterole: false,
    rolcreatedb: false,
    rolreplication: false,
    rolinherit: false,
    memberships: 0,
    owned: 0,
  })
  // What its grants allow beyond reading: never the installation's history or the audit's rows.
  const grants = await t.sql<{ name: string }>(
    `
    select table_name || ' ' || privilege_type as name from information_schema.role_table_grants
    where grantee = $1 and (table_name in ('audit_event', 'audit_chain', 'schema_migration') and privilege_type <> 'SELECT'
      or privilege_type in ('TRUNCATE', 'REFERENCES', 'TRIGGER'))`,
    [appRole],
  )
  assert.deepEqual(grants, [])
})

test('functions that run as the owner are few, and cannot be led astray by a search path', async () => {
  const functions = await t.sql<{ name: string; config: string[] | null }>(`
    select p.proname as name, p.proconfig as config from pg_proc p
    where p.pronamespace = 'public'::regnamespace and p.prosecdef and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e') order by 1`)
  for (const f of functions)
    assert.ok(
      f.config?.some((c) => c.startsWith('search_path=')),
      `${f.name} sets no search_path`,
    )
  assert.deepEqual(
    functions.map((f) => f.name),
    doors,
  )
})
