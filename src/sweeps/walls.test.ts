import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type pg from 'pg'
import { inTenant } from '../server/db.ts'
import { makeAgency, makeClient, makeMember, type TestAgency } from '../server/testing-people.ts'
import { startTestApp, type TestApp } from '../server/testing.ts'

let t: TestApp
let here: TestAgency
let there: TestAgency
let tables: string[]
/** Readable by every tenant on purpose (tables.test.ts says why); what is written there is still walled in. */
const shared = ['host_name', 'email_directory', 'plan_catalogue', 'catalogue_item', 'catalogue_item_version']

before(async () => {
  t = await startTestApp()
  here = await makeAgency(t)
  there = await makeAgency(t)
  for (const agency of [here, there]) {
    const lea = await makeMember(t, agency, { role: 'consultant' })
    await makeClient(t, agency, { assignees: [lea], name: 'Boulangerie' })
    await inTenant(t.app.database.app, agency.id, (tx) =>
      tx.query('audit', 'select append_audit($1::jsonb)', [
        JSON.stringify([
          {
            id: crypto.randomUUID(),
            occurredAt: '2026-01-01T00:00:00Z',
            action: 'client.created',
            actorName: 'Test',
          },
        ]),
      ]),
    )
  }
  tables = (
    await t.sql<{
      name: string
    }>(`select relname as name from pg_class c where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
    and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'agency_id' and not a.attisdropped) order by 1`)
  ).map((r) => r.name)
})
after(() => t.close())

/** A statement of the application's role; its error, or its rows. */
async function asApp(
  agencyId: string | null,
  text: string,
): Promise<{ rows: Record<string, unknown>[]; count: number; error?: string }> {
  const client: pg.PoolClient = await t.app.database.app.connect()
  try {
    await client.query('begin')
    if (agencyId !== null) await client.query(`select set_config('app.agency_id', $1, true)`, [agencyId])
    const result = await client.query(text)
    return { rows: result.rows as Record<string, unknown>[], count: result.rowCount ?? 0 }
  } catch (error) {
    return { rows: [], count: 0, error: (error as Error).message }
  } finally {
    await client.query('rollback')
    client.release()
  }
}

test('a query that forgets its predicate returns no foreign row', async () => {
  assert.ok(tables.length > 25)
  let seen = 0
  for (const table of tables) {
    if (shared.includes(table)) continue
    const { rows, error } = await asApp(here.id, `select agency_id from ${table}`)
    assert.equal(error, undefined, table)
    assert.deepEqual(
      rows.filter((r) => r['agency_id'] !== here.id),
      [],
      table,
    )
    seen += rows.length
  }
  assert.ok(seen > 5, 'there were rows to see')
  // Joined without a condition on the tenant, the walls still hold.
  const joined = await asApp(
    here.id,
    `select m.agency_id from member m join realm_user u on u.id = m.user_id join client c on true`,
  )
  assert.ok(joined.count > 0)
  assert.ok(joined.rows.every((r) => r['agency_id'] === here.id))
})

test('without a context there is no row, whatever the context is set to', async () => {
  for (const context of [null, '', '00000000-0000-0000-0000-000000000001'])
    for (const table of tables) {
      if (shared.includes(table)) continue
      assert.equal((await asApp(context, `select from ${table}`)).count, 0, `${table} under ${context}`)
    }
  assert.equal((await asApp(null, `select unnest(ids) from search_clients('boulangerie', 100)`)).count, 0)
  assert.equal((await asApp(here.id, `select unnest(ids) from search_clients('boulangerie', 100)`)).count, 1)
})

test('a write without its predicate touches no foreign row, and none can be planted there', async () => {
  const before = await t.sql(`select * from client where agency_id = $1`, [there.id])
  assert.equal((await asApp(here.id, `update client set name = 'pris'`)).count, 1)
  assert.equal((await asApp(here.id, `delete from assignment`)).count, 1)
  assert.match(
    (
      await asApp(
        here.id,
        `insert into sign_in_guard (agency_id, realm_id, login_hash, day) values ('${there.id}', '${there.id}', 'x', now())`,
      )
    ).error ?? '',
    /row-level security/,
  )
  assert.match(
    (await asApp(here.id, `update member set agency_id = '${there.id}'`)).error ?? '',
    /row-level security|foreign key/,
  )
  assert.match(
    (
      await asApp(
        here.id,
        `insert into host_name (name, kind, agency_id, realm_id, realm_kind) values ('pris', 'slug', '${there.id}', '${there.id}', 'agency')`,
      )
    ).error ?? '',
    /row-level security/,
  )
  assert.deepEqual(await t.sql(`select * from client where agency_id = $1`, [there.id]), before)
})

test('a reference cannot cross tenants, even past row security', async () => {
  const [lea] = await t.sql<{ id: string }>(
    `select id from member where agency_id = $1 and role = 'consultant'`,
    [there.id],
  )
  await assert.rejects(
    t.sql(`update client set home_id = $2 where agency_id = $1`, [here.id, lea!.id]),
    /foreign key/,
  )
  await assert.rejects(
    t.sql(`update member set parent_id = $2 where agency_id = $1 and role = 'owner'`, [here.id, lea!.id]),
    /foreign key/,
  )
})

test('the application’s role cannot leave its own shoes', async () => {
  const refused = [
    'set role postgres',
    'set session authorization postgres',
    'set row_security = off; select from client',
    'alter table client disable row level security',
    'alter table client no force row level security',
    'drop policy tenant on client',
    'drop trigger insert_only on audit_event',
    'alter table audit_event disable trigger all',
    `set session_replication_role = replica`,
    'create function f() returns int language sql as $$ select 1 $$',
    'create table planted (id int)',
    'truncate client',
    `select graphile_worker.add_job('x')`,
    'select * from schema_migration for update',
    `copy (select 1) to program 'true'`,
    `select pg_read_file('PG_VERSION')`,
    'update installation set sandbox = false',
  ]
  for (const text of refused)
    assert.ok((await asApp(here.id, text)).error !== undefined, `${text} went through`)
})

test('the audit is insert-only for the application, and for the owner', async () => {
  for (const text of [
    `update audit_event set actor_name = 'x'`,
    'delete from audit_event',
    `insert into audit_event select * from audit_event`,
    `update audit_chain set seq = 0`,
  ]) {
    assert.match((await asApp(here.id, text)).error ?? '', /permission denied/, text)
  }
  await assert.rejects(
    t.sql(`update audit_event set actor_name = 'x' where agency_id = $1`, [here.id]),
    /insert-only/,
  )
  await assert.rejects(t.sql(`delete from audit_event where agency_id = $1`, [here.id]), /insert-only/)
  await assert.rejects(t.sql(`truncate audit_event`), /insert-only/)
})
