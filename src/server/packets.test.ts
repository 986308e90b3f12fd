import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { runInTenant } from './run-in-tenant.ts'
import { makeAgency, type TestAgency } from './testing-people.ts'
import { startTestApp, type TestApp } from './testing.ts'

let t: TestApp
let agency: TestAgency

before(async () => {
  // One connection: whoever takes it next takes what was left on it.
  t = await startTestApp({ POOL_SIZE: '2' })
  agency = await makeAgency(t)
})
after(() => t.close())

const countClients = `select count(*)::int as n from client`

test('a read-only transaction is over, tenant and all, when its connection is used again', async () => {
  await t.sql(
    `insert into client (agency_id, id, name, last_activity_at, created_at, updated_at) values ($1, gen_random_uuid(), 'Un', now(), now(), now())`,
    [agency.id],
  )
  for (let turn = 0; turn < 5; turn += 1) {
    const seen = await runInTenant(
      t.app,
      { agencyId: agency.id, readOnly: true },
      async (ctx) => (await ctx.tx.query<{ n: number }>('count_test', countClients, []))[0]!.n,
    )
    assert.equal(seen, 1)
    const client = await t.app.database.app.connect()
    const { rows } = await client.query<{ n: number; tenant: string }>(
      `select (${countClients}) as n, coalesce(current_setting('app.agency_id', true), '') as tenant`,
    )
    client.release()
    assert.deepEqual(rows, [{ n: 0, tenant: '' }])
  }
})

test('a read-only transaction ends by itself when nobody comes', async () => {
  await runInTenant(t.app, { agencyId: agency.id, readOnly: true }, async (ctx) =>
    ctx.tx.query('count_test', countClients, []),
  )
  const open = `select count(*)::int as n from pg_stat_activity where datname = current_database() and state = 'idle in transaction'`
  for (let i = 0; i < 100; i += 1) if ((await t.sql<{ n: number }>(open))[0]!.n === 0) return
  assert.fail('the transaction is still open')
})

test('a read-only transaction writes nothing, and says so', async () => {
  const write = runInTenant(t.app, { agencyId: agency.id, readOnly: true }, (ctx) =>
    ctx.db.deleteFrom('client').where('agency_id', '=', agency.id).execute(),
  )
  await assert.rejects(write, /read-only transaction/)
})

test('what a failed statement undid is never acknowledged', async () => {
  const work = runInTenant(t.app, { agencyId: agency.id }, async (ctx) => {
    await ctx.tx.client.query('select 1 / 0').catch(() => undefined)
  })
  await assert.rejects(work, /rolled back/)
})

test('a failure of the audit rolls the work back', async () => {
  const work = runInTenant(t.app, { agencyId: agency.id }, async (ctx) => {
    await ctx.db.updateTable('client').set({ name: 'Deux' }).where('agency_id', '=', agency.id).execute()
    ctx.audit({ action: 'client.updated', clientId: 'not an id' })
  })
  await assert.rejects(work, /uuid/)
  assert.equal((await t.sql<{ name: string }>('select name from client'))[0]!.name, 'Un')
})
