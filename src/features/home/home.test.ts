import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { startTestApp, type TestApp } from '../../server/testing.ts'
import { makeAgency, makeClient, makeMember, type TestAgency } from '../../server/testing-people.ts'
import { getAgency, updateAgency } from '../agency-settings/contract.ts'
import { closeHint, getHome } from './contract.ts'

let t: TestApp
before(async () => {
  t = await startTestApp()
})
after(() => t.close())

const tick = async (agency: TestAgency) =>
  Object.fromEntries(
    (await agency.owner.browser.call(getHome, {})).startList?.map((s) => [s.step, s.done]) ?? [],
  )

test('the start list is ticked by facts and goes when all is done', async () => {
  const agency = await makeAgency(t)
  const { browser } = agency.owner
  assert.deepEqual(await tick(agency), { clients: false, assign: false, invite: false, brand: false })
  await makeClient(t, agency)
  assert.deepEqual(await tick(agency), { clients: true, assign: false, invite: false, brand: false })
  await makeClient(t, agency, { assignees: [agency.owner] })
  await t.sql(
    `insert into assignment (agency_id, client_id, member_id, assigned_by_name, assigned_at)
    select agency_id, id, $2, 'Test', now() from client where agency_id = $1 and assignee_count = 0`,
    [agency.id, agency.owner.memberId],
  )
  assert.equal((await tick(agency))['assign'], true)
  await makeMember(t, agency, { role: 'consultant', state: 'invited' })
  assert.equal((await tick(agency))['invite'], true)
  const { version } = await browser.call(getAgency, {})
  await browser.call(updateAgency, { body: { version, name: 'Autre nom' } })
  assert.equal((await tick(agency))['brand'], false, 'another setting is no brand')
  await browser.call(updateAgency, { body: { version: version + 1, brandColor: '#7a2d55' } })
  assert.equal((await browser.call(getHome, {})).startList, null)
})

test('an owner puts the start list away for the agency, and may bring it back; others never see it', async () => {
  const agency = await makeAgency(t)
  const { browser } = agency.owner
  await browser.call(closeHint, { body: { hint: 'start_list' } })
  await browser.call(closeHint, { body: { hint: 'start_list' } })
  assert.equal((await browser.call(getHome, {})).startList, null)
  const closed = await t.sql(`select action from audit_event where agency_id = $1`, [agency.id])
  assert.deepEqual(closed, [{ action: 'hint.closed' }], 'twice is once')
  await browser.call(closeHint, { body: { hint: 'start_list', open: true } })
  assert.equal((await browser.call(getHome, {})).startList?.length, 4)
  const consultant = await makeMember(t, agency, { role: 'consultant' })
  assert.equal((await consultant.browser.call(getHome, {})).startList, null)
  assert.equal((await consultant.browser.refusal(closeHint, { body: { hint: 'start_list' } })).status, 403)
})

test('figures, own clients and activity are those of the viewer’s sight', async () => {
  const agency = await makeAgency(t)
  const manager = await makeMember(t, agency, { role: 'manager', seesUnassigned: false })
  const lea = await makeMember(t, agency, { role: 'consultant', parent: manager, seesUnassigned: false })
  const other = await makeMember(t, agency, { role: 'consultant', seesUnassigned: false })
  const gone = await makeMember(t, agency, { role: 'consultant', state: 'disabled', parent: manager })
  const reader = await makeMember(t, agency, { role: 'client' })
  const hers = await makeClient(t, agency, { name: 'À Léa', assignees: [lea] })
  await makeClient(t, agency, { name: 'En pause', assignees: [lea], status: 'paused' })
  await makeClient(t, agency, { name: 'Rangé', assignees: [lea], status: 'archived' })
  await makeClient(t, agency, { name: 'Orphelin', assignees: [gone] })
  const free = await makeClient(t, agency, { name: 'À personne' })
  for (const [client, actor] of [
    [hers, 'Léa'],
    [free, 'Camille'],
  ] as const)
    await t.sql(
      `select set_config('app.agency_id', $1, true), append_audit(jsonb_build_array(jsonb_build_object('id', gen_random_uuid(), 'occurredAt', now(), 'action', 'client.updated', 'actorName', $3::text, 'clientId', $2::text)))`,
      [agency.id, client.id, actor],
    )

  const owner = await agency.owner.browser.call(getHome, {})
  assert.deepEqual(owner.clients, { seen: 4, active: 3, paused: 1, mine: 0, unassigned: 1, orphan: 1 })
  assert.deepEqual(
    owner.unassignedSeenBy,
    { members: 2, clientMembers: 1 },
    'the owner and the client’s own person',
  )
  assert.deepEqual(owner.members, { active: 5, invited: 0 })
  assert.deepEqual(
    owner.activity.map((e) => [e.actor.name, e.client?.name]),
    [
      ['Camille', 'À personne'],
      ['Léa', 'À Léa'],
    ],
  )

  const above = await manager.browser.call(getHome, {})
  assert.deepEqual(above.clients, { seen: 3, active: 2, paused: 1, mine: 0, unassigned: 0, orphan: 1 })
  assert.deepEqual(above.members, { active: 2, invited: 0 })
  assert.deepEqual(
    above.activity.map((e) => e.actor.name),
    ['Léa'],
  )

  const mine = await lea.browser.call(getHome, {})
  assert.deepEqual(mine.clients, { seen: 2, active: 1, paused: 1, mine: 2, unassigned: 0, orphan: 0 })
  assert.deepEqual(mine.mine.map((c) => c.name).toSorted(), ['En pause', 'À Léa'].toSorted())
  assert.deepEqual([mine.members, mine.unassignedSeenBy], [null, null])

  const none = await other.browser.call(getHome, {})
  assert.deepEqual([none.clients?.seen, none.mine, none.activity], [0, [], []])
  const outside = await reader.browser.call(getHome, {})
  assert.equal(outside.clients?.seen, 1, 'the pool is shown to clients’ people too (A21)')
  assert.deepEqual(outside.activity, [], 'but nothing of what the team does')
})
