import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { toPublicId } from '../../contract/ids.ts'
import {
  makeAgency,
  makeClient,
  makeMember,
  type TestAgency,
  type TestMember,
} from '../../server/testing-people.ts'
import { startTestApp, type TestApp } from '../../server/testing.ts'
import { explainAccess, explainClient, explainMember, getRightsTable, whoSeesUnassigned } from './contract.ts'

let t: TestApp
let agency: TestAgency
let manager: TestMember
let lea: TestMember
let tom: TestMember
let other: TestMember
let holder: TestMember
const cli = (c: { id: string }) => toPublicId('client', c.id)
const mem = (m: { memberId: string }) => toPublicId('member', m.memberId)

before(async () => {
  t = await startTestApp()
  agency = await makeAgency(t)
  manager = await makeMember(t, agency, { role: 'manager', name: 'Marc Manager' })
  lea = await makeMember(t, agency, { role: 'consultant', parent: manager, name: 'Léa Bernard' })
  tom = await makeMember(t, agency, {
    role: 'consultant',
    parent: manager,
    name: 'Tom Petit',
    seesUnassigned: false,
  })
  other = await makeMember(t, agency, { role: 'manager', name: 'Olga Autre' })
  holder = await makeMember(t, agency, { role: 'client', name: 'Claire Cliente' })
})
after(() => t.close())

async function rulesOf(client: { id: string }, member: TestMember): Promise<string[]> {
  const answer = await agency.owner.browser.call(explainAccess, {
    params: { id: cli(client), memberId: mem(member) },
  })
  assert.equal(answer.visible, answer.paths.length > 0)
  return answer.paths.map((p) => p.rule)
}

test('each rule opens a client by its own path, and only to whom it should', async () => {
  const assigned = await makeClient(t, agency, { assignees: [lea] })
  const kept = await makeClient(t, agency, { home: lea, assignees: [other] })
  const unassigned = await makeClient(t, agency)
  const waiting = await makeClient(t, agency, { home: manager })

  assert.deepEqual(await rulesOf(assigned, agency.owner), ['owner'])
  assert.deepEqual(await rulesOf(assigned, lea), ['direct'])
  assert.deepEqual(await rulesOf(assigned, manager), ['hierarchy'])
  assert.deepEqual(await rulesOf(assigned, tom), [])
  assert.deepEqual(await rulesOf(kept, lea), ['home'])
  assert.deepEqual(await rulesOf(kept, manager), ['home'])
  assert.deepEqual(await rulesOf(kept, other), ['direct'])
  // A21, A22: everybody whose switch is on, a client's member included.
  for (const m of [manager, lea, other, holder]) assert.deepEqual(await rulesOf(unassigned, m), ['pool'])
  assert.deepEqual(await rulesOf(unassigned, tom), [])
  // Waiting in a portfolio: its keeper, those below and above, never the neighbour.
  assert.deepEqual(await rulesOf(waiting, manager), ['home', 'pool'])
  assert.deepEqual(await rulesOf(waiting, lea), ['pool'])
  assert.deepEqual(await rulesOf(waiting, tom), [])
  assert.deepEqual(await rulesOf(waiting, other), [])
})

test('a path names through whom it comes, who granted it and when', async () => {
  const client = await makeClient(t, agency, { assignees: [lea] })
  await t.sql(
    `update assignment set is_lead = true, assigned_by_name = 'Camille', assigned_at = '2026-03-02T09:14:00Z' where client_id = $1`,
    [client.id],
  )
  const answer = await agency.owner.browser.call(explainAccess, {
    params: { id: cli(client), memberId: mem(manager) },
  })
  assert.deepEqual(answer.paths, [
    {
      rule: 'hierarchy',
      via: { id: mem(lea), name: 'Léa Bernard', role: 'consultant', state: 'active' },
      assignment: { isLead: true, source: 'manual', grantedBy: 'Camille', grantedAt: '2026-03-02T09:14:00Z' },
    },
  ])
})

test('why not says which rules could have held', async () => {
  const whyNot = async (c: { id: string }, m: TestMember) =>
    (await agency.owner.browser.call(explainAccess, { params: { id: cli(c), memberId: mem(m) } })).whyNot
  assert.deepEqual(await whyNot(await makeClient(t, agency, { assignees: [lea] }), tom), [
    'assigned_elsewhere',
  ])
  assert.deepEqual(await whyNot(await makeClient(t, agency, { assignees: [lea], home: manager }), other), [
    'assigned_elsewhere',
    'other_portfolio',
  ])
  assert.deepEqual(await whyNot(await makeClient(t, agency), tom), ['nobody_assigned', 'switched_off'])
  assert.deepEqual(await whyNot(await makeClient(t, agency, { home: manager }), other), [
    'nobody_assigned',
    'waits_elsewhere',
  ])
})

test('an orphan is seen from above only, and the disabled member is told as such', async () => {
  const gone = await makeMember(t, agency, {
    role: 'consultant',
    parent: manager,
    name: 'Paul Parti',
    state: 'disabled',
  })
  const client = await makeClient(t, agency, { assignees: [gone] })
  const answer = await agency.owner.browser.call(explainClient, { params: { id: cli(client) } })
  assert.equal(answer.client.orphan, true)
  assert.equal(answer.client.unassigned, false)
  assert.deepEqual(
    answer.data.map((d) => [d.member.name, d.member.state]),
    [
      [agency.owner.name, 'active'],
      ['Marc Manager', 'active'],
      ['Paul Parti', 'disabled'],
    ],
  )
  assert.equal(answer.seers, 2)
  assert.deepEqual(await rulesOf(client, holder), [])
})

test('the list of who sees a client, and of who does not, in pages', async () => {
  const client = await makeClient(t, agency, { assignees: [lea, tom] })
  const first = await agency.owner.browser.call(explainClient, {
    params: { id: cli(client) },
    query: { limit: 2 },
  })
  assert.deepEqual(
    first.data.map((d) => d.member.name),
    [agency.owner.name, 'Marc Manager'],
  )
  assert.deepEqual(first.data[1]?.paths.map((p) => p.via?.name).toSorted(), ['Léa Bernard', 'Tom Petit'])
  const second = await agency.owner.browser.call(explainClient, {
    params: { id: cli(client) },
    query: { limit: 2, cursor: first.nextCursor! },
  })
  assert.deepEqual(
    second.data.map((d) => d.member.name),
    ['Léa Bernard', 'Tom Petit'],
  )
  assert.equal(second.nextCursor, null)
  const blind = await agency.owner.browser.call(explainClient, {
    params: { id: cli(client) },
    query: { sees: 'false', q: 'olga' },
  })
  assert.deepEqual(
    blind.data.map((d) => [d.member.name, d.whyNot]),
    [['Olga Autre', ['assigned_elsewhere']]],
  )
})

test('explain tells no more than the asker may see', async () => {
  const client = await makeClient(t, agency)
  const hidden = await makeClient(t, agency, { assignees: [other], name: 'Secret' })
  // Outside one's sight a client does not exist, whoever is asked about.
  assert.equal((await lea.browser.refusal(explainClient, { params: { id: cli(hidden) } })).status, 404)
  assert.equal(
    (await lea.browser.refusal(explainAccess, { params: { id: cli(hidden), memberId: mem(other) } })).status,
    404,
  )
  // Branch, superiors and owners are named; the others are counted.
  const answer = await lea.browser.call(explainClient, { params: { id: cli(client) } })
  assert.deepEqual(
    answer.data.map((d) => d.member.name),
    [agency.owner.name, 'Marc Manager', 'Léa Bernard'],
  )
  assert.equal(answer.seers, 5)
  assert.equal(answer.clientSeers, 1)
  assert.equal(answer.unnamed, 2)
  assert.equal(answer.can.assign, false)
  assert.equal(
    (await lea.browser.refusal(explainAccess, { params: { id: cli(client), memberId: mem(other) } })).status,
    404,
  )
  // What somebody sees is for that member and those above.
  assert.equal((await lea.browser.refusal(explainMember, { params: { id: mem(manager) } })).status, 404)
  assert.equal((await lea.browser.refusal(explainMember, { params: { id: mem(tom) } })).status, 404)
  assert.equal((await holder.browser.refusal(explainMember, { params: { id: mem(holder) } })).status, 403)
})

test('what a member sees, by name, with counts by first rule and what the asker does not see counted only', async () => {
  const a = await makeAgency(t)
  const boss = await makeMember(t, a, { role: 'manager', seesUnassigned: false })
  const eve = await makeMember(t, a, { role: 'consultant', parent: boss, name: 'Ève' })
  const names = ['Éclair', 'Zèbre', 'abricot']
  for (const name of names) await makeClient(t, a, { name, assignees: [eve] })
  await makeClient(t, a, { name: 'Libre' })
  await makeClient(t, a, { name: 'Portefeuille', home: eve, assignees: [a.owner] })
  const seen = await a.owner.browser.call(explainMember, { params: { id: mem(eve) } })
  assert.deepEqual(
    seen.data.map((d) => d.client.name),
    ['abricot', 'Éclair', 'Libre', 'Portefeuille', 'Zèbre'],
  )
  assert.deepEqual(seen.counts, { owner: 0, direct: 3, hierarchy: 0, home: 1, pool: 1 })
  assert.equal(seen.total, 5)
  assert.equal(seen.unnamed, 0)
  const byRule = await a.owner.browser.call(explainMember, {
    params: { id: mem(eve) },
    query: { rule: 'direct', limit: 2, q: 'r' },
  })
  assert.deepEqual(
    byRule.data.map((d) => d.client.name),
    ['abricot', 'Éclair'],
  )
  const next = await a.owner.browser.call(explainMember, {
    params: { id: mem(eve) },
    query: { rule: 'direct', limit: 2, q: 'r', cursor: byRule.nextCursor! },
  })
  assert.deepEqual(
    next.data.map((d) => d.client.name),
    ['Zèbre'],
  )
  // The manager's own switch is off: what its consultant sees in the pool is counted for it, not named.
  const fromAbove = await boss.browser.call(explainMember, { params: { id: mem(eve) } })
  assert.equal(
    fromAbove.data.some((d) => d.client.name === 'Libre'),
    false,
  )
  assert.equal(fromAbove.unnamed, 1)
  assert.equal(
    (await a.owner.browser.refusal(explainMember, { params: { id: mem(eve) }, query: { cursor: 'x' } }))
      .status,
    422,
  )
})

test('the notice counts unassigned clients and who sees at least one', async () => {
  const a = await makeAgency(t)
  const boss = await makeMember(t, a, { role: 'manager' })
  const eve = await makeMember(t, a, { role: 'consultant', parent: boss, seesUnassigned: false })
  await makeMember(t, a, { role: 'client' })
  await makeMember(t, a, { role: 'client', state: 'disabled' })
  assert.deepEqual(await a.owner.browser.call(whoSeesUnassigned, {}), {
    clients: 0,
    members: 0,
    clientMembers: 0,
  })
  await makeClient(t, a, { home: boss })
  assert.deepEqual(await a.owner.browser.call(whoSeesUnassigned, {}), {
    clients: 1,
    members: 2,
    clientMembers: 0,
  })
  await makeClient(t, a)
  await makeClient(t, a, { status: 'archived' })
  assert.deepEqual(await a.owner.browser.call(whoSeesUnassigned, {}), {
    clients: 2,
    members: 3,
    clientMembers: 1,
  })
  assert.deepEqual(await eve.browser.call(whoSeesUnassigned, {}), {
    clients: 0,
    members: 0,
    clientMembers: 0,
  })
})

test('the rights page shows the table that the server obeys', async () => {
  const table = await lea.browser.call(getRightsTable, {})
  assert.deepEqual(table.data.find((r) => r.right === 'audit.read')?.roles, ['owner'])
  assert.deepEqual(table.roles, ['owner', 'manager', 'consultant', 'client'])
})
