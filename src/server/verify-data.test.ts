import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { runInTenant } from './run-in-tenant.ts'
import { makeAgency, makeClient, makeMember, type TestAgency } from './testing-people.ts'
import { startTestApp, type TestApp } from './testing.ts'
import { verifyData } from './verify-data.ts'

let t: TestApp
let agency: TestAgency

before(async () => {
  t = await startTestApp()
  agency = await makeAgency(t)
  const manager = await makeMember(t, agency, { role: 'manager' })
  const lea = await makeMember(t, agency, { role: 'consultant', parent: manager })
  await makeClient(t, agency, { assignees: [lea, manager] })
  for (const name of ['Un', 'Deux', 'Trois', 'Quatre'])
    await runInTenant(t.app, { agencyId: agency.id }, async (ctx) => {
      ctx.audit({
        action: 'client.created',
        entity: { kind: 'client', id: crypto.randomUUID(), name },
        data: { name, when: '2026-01-01' },
      })
    })
})
after(() => t.close())

/** The checks that found something. */
async function broken(): Promise<string[]> {
  return (await verifyData(t.app.database.owner))
    .filter((f) => f.broken.length > 0)
    .map((f) => f.check.split(':')[0]!)
}

/** Does something as nobody but the database's owner can: with triggers off. */
async function behindTheTriggers(text: string): Promise<void> {
  const client = await t.app.database.owner.connect()
  try {
    await client.query(`begin; set local session_replication_role = replica; ${text}; commit`)
  } finally {
    client.release(true)
  }
}

test('a sound database passes every check', async () => {
  const findings = await verifyData(t.app.database.owner)
  assert.equal(findings.length, 5)
  assert.deepEqual(
    findings.flatMap((f) => f.broken),
    [],
  )
})

test('an audit event edited, removed, added or reordered by the owner is found', async () => {
  const at = `agency_id = '${agency.id}'`
  for (const [spoil, mend] of [
    [
      `update audit_event set actor_name = 'Personne' where ${at} and seq = 2`,
      `update audit_event set actor_name = 'Canopée' where ${at} and seq = 2`,
    ],
    [
      `update audit_event set data = '{"name":"Faux"}' where ${at} and seq = 4`,
      `update audit_event set data = '{"name":"Quatre","when":"2026-01-01"}' where ${at} and seq = 4`,
    ],
    [
      `update audit_event set occurred_at = occurred_at - interval '1 day' where ${at} and seq = 3`,
      `update audit_event set occurred_at = occurred_at + interval '1 day' where ${at} and seq = 3`,
    ],
    [
      `create table kept as select * from audit_event where ${at} and seq = 2; delete from audit_event where ${at} and seq = 2`,
      `insert into audit_event select * from kept; drop table kept`,
    ],
    [
      `create table kept as select * from audit_event where ${at} and seq = 4; delete from audit_event where ${at} and seq = 4`,
      `insert into audit_event select * from kept; drop table kept`,
    ],
    [`update audit_chain set seq = 3 where ${at}`, `update audit_chain set seq = 4 where ${at}`],
  ] as const) {
    await behindTheTriggers(spoil)
    const found = await broken()
    await behindTheTriggers(mend)
    assert.deepEqual([found, await broken()], [['audit chain'], []], spoil)
  }
})

test('a closure that is not the tree, a wrong count and an agency without owner are found', async () => {
  const at = `agency_id = '${agency.id}'`
  await behindTheTriggers(`update member_closure set depth = 2 where ${at} and depth = 1`)
  assert.deepEqual(await broken(), ['member tree'])
  await behindTheTriggers(`update member_closure set depth = 1 where ${at} and depth = 2`)
  await behindTheTriggers(`update client set assignee_count = 7 where ${at}`)
  assert.deepEqual(await broken(), ['clients'])
  await behindTheTriggers(`update client set assignee_count = 2 where ${at}`)
  await behindTheTriggers(`update member set state = 'disabled' where ${at} and role = 'owner'`)
  assert.deepEqual(await broken(), ['agencies'])
  await behindTheTriggers(`update member set state = 'active' where ${at} and role = 'owner'`)
  assert.deepEqual(await broken(), [])
})
