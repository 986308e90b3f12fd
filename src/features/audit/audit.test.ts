import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { runInTenant } from '../../server/run-in-tenant.ts'
import { startTestApp, type TestApp } from '../../server/testing.ts'
import { makeAgency, makeMember } from '../../server/testing-people.ts'
import { exportAuditEvents, getAuditChoices, listAuditEvents } from './contract.ts'

let t: TestApp
before(async () => {
  t = await startTestApp()
})
after(() => t.close())

async function record(agencyId: string, names: string[]): Promise<void> {
  for (const name of names)
    await runInTenant(t.app, { agencyId }, async (ctx) => {
      ctx.audit({ action: 'client.imported', entity: { kind: 'client', id: agencyId, name } })
    })
}

test('the journal is paged, filtered and the owner’s alone', async () => {
  const agency = await makeAgency(t)
  await record(agency.id, ['Zoé', 'Électricité Sud', '=SUM(A1)'])
  const first = await agency.owner.browser.call(listAuditEvents, { query: { limit: 2 } })
  assert.deepEqual(
    first.data.map((e) => e.entity?.name),
    ['=SUM(A1)', 'Électricité Sud'],
  )
  const second = await agency.owner.browser.call(listAuditEvents, {
    query: { limit: 2, cursor: first.nextCursor! },
  })
  assert.deepEqual(
    second.data.map((e) => e.entity?.name),
    ['Zoé'],
  )
  const found = await agency.owner.browser.call(listAuditEvents, { query: { q: 'electricite' } })
  assert.equal(found.data.length, 1)
  assert.equal(
    (await agency.owner.browser.call(listAuditEvents, { query: { to: '2000-01-01' } })).data.length,
    0,
  )
  assert.deepEqual(
    (await agency.owner.browser.call(getAuditChoices, {})).actions.map((a) => a.label),
    ['Client importé'],
  )
  const manager = await makeMember(t, agency, { role: 'manager' })
  assert.equal((await manager.browser.refusal(listAuditEvents, {})).code, 'right.missing')
})

test('the export is quoted against spreadsheets, recorded, and of one agency only', async () => {
  const [mine, other] = [await makeAgency(t), await makeAgency(t)]
  await record(mine.id, ['=cmd()'])
  await record(other.id, ['Étranger'])
  const response = await mine.owner.browser.send(exportAuditEvents, {})
  assert.match(response.body, /'=cmd\(\)/)
  assert.doesNotMatch(response.body, /Étranger/)
  const [latest] = (await mine.owner.browser.call(listAuditEvents, {})).data
  assert.equal(latest?.action, 'audit.exported')
})
