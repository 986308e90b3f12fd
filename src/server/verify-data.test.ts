import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { captureHold, holdMoney, moveMoney, type WalletRef } from '../features/wallets/public.ts'
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
  assert.ok(findings.length >= 10)
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

test('money that drifts, in whichever of its tables, is found by the invariant it breaks', async () => {
  const client: WalletRef = { owner: 'client', id: crypto.randomUUID(), purpose: 'budget', unit: 'EUR' }
  const [bank, revenue] = (['bank', 'revenue'] as const).map((counterpart) => ({ counterpart, unit: 'EUR' }))
  const reason = 'budget.topped_up'
  await runInTenant(t.app, { agencyId: agency.id }, async (ctx) => {
    for (const operationKey of ['one', 'two', 'three'])
      await moveMoney(ctx, {
        operationKey,
        reason,
        lines: [
          { wallet: bank!, amount: -500n },
          { wallet: client, amount: 500n },
        ],
      })
    const { holdId } = await holdMoney(ctx, { operationKey: 'hold', wallet: client, amount: 700n, reason })
    await captureHold(ctx, {
      operationKey: 'capture',
      holdId,
      amount: 300n,
      to: revenue!,
      reason,
      release: false,
    })
  })
  assert.deepEqual(await broken(), [])
  const at = `agency_id = '${agency.id}'`
  const ofClient = `${at} and wallet_id = (select id from wallet where owner_kind = 'client' and ${at})`
  for (const [spoil, mend, found] of [
    [
      `update wallet set balance = balance + 1 where ${at} and owner_kind = 'client'`,
      `update wallet set balance = balance - 1 where ${at} and owner_kind = 'client'`,
      ['ledger balances'],
    ],
    [
      `update entry set amount = 501 where ${ofClient} and number = 2`,
      `update entry set amount = 500 where ${ofClient} and number = 2`,
      ['ledger entries', 'ledger balances', 'ledger chains'],
    ],
    [
      `create table kept as select * from entry where ${ofClient} and number = 2; delete from entry where ${ofClient} and number = 2`,
      `insert into entry select * from kept; drop table kept`,
      ['ledger entries', 'ledger balances', 'ledger chains'],
    ],
    [
      `update entry set balance_after = balance_after + 1 where ${ofClient} and number = 2`,
      `update entry set balance_after = balance_after - 1 where ${ofClient} and number = 2`,
      ['ledger chains'],
    ],
    [
      `update wallet set held = held - 1 where ${at} and owner_kind = 'client'`,
      `update wallet set held = held + 1 where ${at} and owner_kind = 'client'`,
      ['ledger holds'],
    ],
    [
      `update hold set remaining = remaining - 1 where ${at}; update wallet set held = held - 1 where ${at} and owner_kind = 'client'`,
      `update hold set remaining = remaining + 1 where ${at}; update wallet set held = held + 1 where ${at} and owner_kind = 'client'`,
      ['ledger holds'],
    ],
    [
      `update entry set wallet_id = gen_random_uuid() where ${ofClient} and number = 3`,
      `update entry set wallet_id = (select id from wallet where owner_kind = 'client' and ${at}) where ${at} and number = 3`,
      ['ledger entries', 'ledger balances', 'ledger chains'],
    ],
  ] as const) {
    await behindTheTriggers(spoil)
    const seen = await broken()
    await behindTheTriggers(mend)
    assert.deepEqual([seen, await broken()], [found, []], spoil)
  }
})
