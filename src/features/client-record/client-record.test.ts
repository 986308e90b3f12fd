import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { toPublicId } from '../../contract/ids.ts'
import { startTestApp, type TestApp } from '../../server/testing.ts'
import {
  makeAgency,
  makeClient,
  makeMember,
  type TestAgency,
  type TestMember,
} from '../../server/testing-people.ts'
import { listClients, listClientValues } from '../clients/contract.ts'
import {
  archiveClient,
  getClient,
  listAssignableMembers,
  listClientHistory,
  restoreClient,
  setClientAssignees,
  setClientHome,
  updateClient,
} from './contract.ts'

let t: TestApp
let agency: TestAgency
let manager: TestMember
let consultant: TestMember
let rival: TestMember
let holder: TestMember
before(async () => {
  t = await startTestApp()
  agency = await makeAgency(t)
  manager = await makeMember(t, agency, { role: 'manager', name: 'Karim Haddad', seesUnassigned: false })
  consultant = await makeMember(t, agency, {
    role: 'consultant',
    parent: manager,
    name: 'Léa Morel',
    seesUnassigned: false,
  })
  rival = await makeMember(t, agency, { role: 'manager', name: 'Élise Brunet', seesUnassigned: false })
  holder = await makeMember(t, agency, {
    role: 'client',
    parent: consultant,
    name: 'Paul Client',
    seesUnassigned: false,
  })
})
after(() => t.close())

const mem = (m: TestMember) => toPublicId('member', m.memberId)
const at = (c: { id: string }) => ({ params: { id: toPublicId('client', c.id) } })

test('who sees a client reads it; for everybody else it does not exist', async () => {
  const c = await makeClient(t, agency, { assignees: [consultant], home: manager })
  for (const m of [agency.owner, manager, consultant])
    assert.equal((await m.browser.call(getClient, at(c))).name, c.name)
  const stranger = await makeAgency(t)
  for (const m of [rival, holder, stranger.owner]) {
    for (const refused of [
      await m.browser.refusal(getClient, at(c)),
      await stranger.owner.browser.refusal(updateClient, { ...at(c), body: { city: 'Paris', version: 1 } }),
      await stranger.owner.browser.refusal(archiveClient, at(c)),
      await stranger.owner.browser.refusal(setClientHome, { ...at(c), body: { homeId: null } }),
      await stranger.owner.browser.refusal(setClientAssignees, { ...at(c), body: {} }),
      await stranger.owner.browser.refusal(listClientHistory, at(c)),
    ])
      assert.equal(refused.status, 404)
  }
  assert.equal(
    (await agency.owner.browser.refusal(getClient, { params: { id: 'cli_nonsense' } })).status,
    404,
  )
})

test('an unassigned client is in the pool of who sees unassigned ones (A21)', async () => {
  const c = await makeClient(t, agency)
  const curious = await makeMember(t, agency, { role: 'client', seesUnassigned: true })
  assert.equal((await curious.browser.call(getClient, at(c))).id, toPublicId('client', c.id))
  assert.equal((await holder.browser.refusal(getClient, at(c))).status, 404)
})

test('a client holder gets nothing that the team writes for itself', async () => {
  const c = await makeClient(t, agency, { assignees: [holder], home: manager })
  const { browser } = agency.owner
  const mine = await browser.call(updateClient, {
    ...at(c),
    body: { tags: ['À risque'], description: 'Paie mal', version: 1 },
  })
  assert.deepEqual([mine.tags, mine.description, mine.home?.name], [['À risque'], 'Paie mal', 'Karim Haddad'])
  const theirs = await holder.browser.call(getClient, at(c))
  assert.deepEqual([theirs.tags, theirs.description, theirs.home, theirs.noteCount], [[], null, null, 0])
  assert.ok(Object.values(theirs.can).every((may) => !may))
  assert.equal((await holder.browser.refusal(listClientHistory, at(c))).status, 403)
  const { data } = await holder.browser.call(listClients, {})
  assert.deepEqual([data.length, data[0]!.tags, data[0]!.home], [1, [], null])
  for (const query of [{ tag: 'À risque' }, { home: mem(manager) }, { manager: mem(manager) }]) {
    assert.ok((await browser.call(listClients, { query })).data.some((row) => row.name === c.name))
    assert.deepEqual((await holder.browser.call(listClients, { query })).data, [])
  }
  for (const field of ['tag', 'home'] as const)
    assert.deepEqual((await holder.browser.call(listClientValues, { params: { field } })).data, [])
})

test('only the given fields change; before and after are recorded', async () => {
  const c = await makeClient(t, agency)
  const { browser } = agency.owner
  const one = await browser.call(updateClient, {
    ...at(c),
    body: { city: 'Lyon', monthlyBudget: { amount: 5000, currency: 'EUR' }, version: 1 },
  })
  assert.deepEqual([one.city, one.monthlyBudget?.amount, one.version, one.name], ['Lyon', 5000, 2, c.name])
  const two = await browser.call(updateClient, { ...at(c), body: { city: '', status: 'paused', version: 2 } })
  assert.deepEqual([two.city, two.status, two.monthlyBudget?.amount], [null, 'paused', 5000])
  const same = await browser.call(updateClient, { ...at(c), body: { status: 'paused', version: 3 } })
  assert.equal(same.version, 3)
  const { data } = await browser.call(listClientHistory, at(c))
  assert.deepEqual(
    data.map((e) => e.data),
    [
      { changes: { status: ['active', 'paused'], city: ['Lyon', null] } },
      { changes: { city: [null, 'Lyon'], monthlyBudget: [null, { amount: 5000, currency: 'EUR' }] } },
    ],
  )
  assert.equal(
    (await browser.refusal(updateClient, { ...at(c), body: { name: '', version: 3 } })).fields?.name?.code,
    'field.required',
  )
  assert.equal(
    (await browser.refusal(updateClient, { ...at(c), body: { clientSince: '2999-01-01', version: 3 } }))
      .fields?.clientSince?.code,
    'client.since_future',
  )
})

test('a change made on an old reading is refused with the current record', async () => {
  const c = await makeClient(t, agency)
  await agency.owner.browser.call(updateClient, { ...at(c), body: { city: 'Lyon', version: 1 } })
  const problem = await agency.owner.browser.refusal(updateClient, {
    ...at(c),
    body: { city: 'Paris', version: 1 },
  })
  assert.deepEqual([problem.status, problem.code], [409, 'version.stale'])
  assert.deepEqual(problem.data!.current, await agency.owner.browser.call(getClient, at(c)))
  const both = await Promise.all(
    ['Nantes', 'Brest'].map((city) =>
      agency.owner.browser.send(updateClient, { ...at(c), body: { city, version: 2 } }),
    ),
  )
  assert.deepEqual(
    both.map((r) => r.statusCode).toSorted((a, b) => a - b),
    [200, 409],
  )
})

test('archiving keeps everything and takes changes no more, until it is restored', async () => {
  const c = await makeClient(t, agency, { assignees: [consultant] })
  const { browser } = agency.owner
  const gone = await browser.call(archiveClient, at(c))
  assert.deepEqual([gone.status, gone.can.edit, gone.assignees.length], ['archived', false, 1])
  assert.ok(gone.archivedAt)
  assert.equal(
    (await browser.refusal(updateClient, { ...at(c), body: { city: 'Lyon', version: 2 } })).code,
    'client.archived',
  )
  assert.equal(
    (await browser.refusal(setClientHome, { ...at(c), body: { homeId: mem(manager) } })).code,
    'client.archived',
  )
  assert.equal((await browser.call(archiveClient, at(c))).version, gone.version)
  const back = await browser.call(restoreClient, at(c))
  assert.deepEqual([back.status, back.archivedAt, back.can.edit], ['active', null, true])
  assert.equal((await consultant.browser.refusal(archiveClient, at(c))).status, 403)
  const { data } = await browser.call(listClientHistory, at(c))
  assert.deepEqual(
    data.map((e) => e.action),
    ['client.restored', 'client.archived'],
  )
})

test('an owner moves a client anywhere, a manager only within its branch', async () => {
  const c = await makeClient(t, agency, { assignees: [consultant] })
  const moved = await manager.browser.call(setClientHome, { ...at(c), body: { homeId: mem(manager) } })
  assert.deepEqual(moved.home, { id: mem(manager), name: 'Karim Haddad' })
  assert.equal(
    (await manager.browser.refusal(setClientHome, { ...at(c), body: { homeId: null } })).fields?.homeId?.code,
    'client.home_root',
  )
  assert.equal(
    (await manager.browser.refusal(setClientHome, { ...at(c), body: { homeId: mem(rival) } })).fields?.homeId
      ?.code,
    'client.home_unknown',
  )
  assert.equal(
    (await agency.owner.browser.refusal(setClientHome, { ...at(c), body: { homeId: mem(holder) } })).fields
      ?.homeId?.code,
    'client.home_unknown',
  )
  const elsewhere = await agency.owner.browser.call(setClientHome, { ...at(c), body: { homeId: mem(rival) } })
  assert.equal(elsewhere.home?.name, 'Élise Brunet')
  assert.equal(
    (await manager.browser.refusal(setClientHome, { ...at(c), body: { homeId: mem(manager) } })).code,
    'client.home_elsewhere',
  )
  assert.equal(
    (await consultant.browser.refusal(setClientHome, { ...at(c), body: { homeId: mem(consultant) } })).status,
    403,
  )
  assert.equal(
    (await agency.owner.browser.call(setClientHome, { ...at(c), body: { homeId: null } })).home,
    null,
  )
})

test('ticking gives access, unticking takes it away at once (A17, A18)', async () => {
  const c = await makeClient(t, agency, { home: manager })
  const { browser } = agency.owner
  const set = await browser.call(setClientAssignees, {
    ...at(c),
    body: { add: [mem(consultant), mem(holder)], leadId: mem(consultant) },
  })
  assert.deepEqual(set.added.toSorted(), [mem(consultant), mem(holder)].toSorted())
  assert.deepEqual(
    set.client?.assignees.map((a) => [a.name, a.isLead, a.assignedBy]),
    [
      ['Léa Morel', true, agency.owner.name],
      ['Paul Client', false, agency.owner.name],
    ],
  )
  assert.equal((await holder.browser.call(getClient, at(c))).name, c.name)
  const off = await browser.call(setClientAssignees, {
    ...at(c),
    body: { remove: [mem(holder), mem(consultant)] },
  })
  assert.deepEqual([off.removed.length, off.leadBefore, off.client?.assignees], [2, mem(consultant), []])
  assert.equal((await holder.browser.refusal(getClient, at(c))).status, 404)
  assert.equal(
    (await manager.browser.refusal(setClientAssignees, { ...at(c), body: { add: [mem(rival)] } })).status,
    404,
  )
  assert.equal(
    (await consultant.browser.refusal(setClientAssignees, { ...at(c), body: { add: [mem(consultant)] } }))
      .status,
    403,
  )
})

test('who takes away its own last sight is answered without the client', async () => {
  const c = await makeClient(t, agency, { assignees: [manager, rival] })
  const off = await manager.browser.call(setClientAssignees, { ...at(c), body: { remove: [mem(manager)] } })
  assert.equal(off.client, null)
  assert.equal((await manager.browser.refusal(getClient, at(c))).status, 404)
})

test('the picker offers whom the caller sees, ticked ones first, disabled ones only when ticked', async () => {
  const off = await makeMember(t, agency, {
    role: 'consultant',
    parent: manager,
    name: 'Ancien Collègue',
    state: 'disabled',
  })
  const idle = await makeMember(t, agency, {
    role: 'consultant',
    parent: manager,
    name: 'Jamais Assigné',
    state: 'disabled',
  })
  const c = await makeClient(t, agency, { assignees: [consultant, off], home: manager })
  const { data } = await manager.browser.call(listAssignableMembers, at(c))
  assert.deepEqual(
    data.map((m) => [m.name, m.assigned, m.team, m.canBeHome]),
    [
      ['Ancien Collègue', true, 'Karim Haddad', false],
      ['Léa Morel', true, 'Karim Haddad', true],
      ['Karim Haddad', false, null, true],
      ['Paul Client', false, 'Léa Morel', false],
    ],
  )
  const all = await agency.owner.browser.call(listAssignableMembers, at(c))
  assert.ok(all.data.some((m) => m.id === mem(rival)) && !all.data.some((m) => m.id === mem(idle)))
})

test('a client only disabled people have is an orphan', async () => {
  const off = await makeMember(t, agency, { role: 'consultant', state: 'disabled' })
  const c = await makeClient(t, agency, { assignees: [off] })
  assert.equal((await agency.owner.browser.call(getClient, at(c))).orphan, true)
  await agency.owner.browser.call(setClientAssignees, { ...at(c), body: { add: [mem(consultant)] } })
  assert.equal((await agency.owner.browser.call(getClient, at(c))).orphan, false)
})

test('whatever happens moves the last activity', async () => {
  const c = await makeClient(t, agency)
  const activity = async () => (await agency.owner.browser.call(getClient, at(c))).lastActivityAt
  let last = await activity()
  const later = async (work: () => Promise<unknown>) => {
    // Instants are kept to the millisecond: two within one are the same.
    await new Promise((next) => setTimeout(next, 5))
    await work()
    const now = await activity()
    assert.ok(now > last, work.toString())
    last = now
  }
  const { browser } = agency.owner
  await later(() => browser.call(updateClient, { ...at(c), body: { city: 'Lyon', version: 1 } }))
  await later(() => browser.call(setClientAssignees, { ...at(c), body: { add: [mem(consultant)] } }))
  await later(() => browser.call(setClientHome, { ...at(c), body: { homeId: mem(manager) } }))
  await later(() => browser.call(archiveClient, at(c)))
})

test('the history has pages and says who acted for whom', async () => {
  const c = await makeClient(t, agency)
  const { browser } = agency.owner
  for (let i = 1; i <= 5; i++)
    await browser.call(updateClient, { ...at(c), body: { city: `Ville ${i}`, version: i } })
  const first = await browser.call(listClientHistory, { ...at(c), query: { limit: 3 } })
  assert.equal(first.data.length, 3)
  const rest = await browser.call(listClientHistory, {
    ...at(c),
    query: { limit: 3, cursor: first.nextCursor! },
  })
  assert.deepEqual([rest.data.length, rest.nextCursor], [2, null])
  assert.equal((await browser.refusal(listClientHistory, { ...at(c), query: { cursor: 'x' } })).status, 422)
  assert.ok(first.data.every((e) => e.actor === agency.owner.name && e.subject === null))
})
