import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { toPublicId } from '../../contract/ids.ts'
import { newId } from '../../server/ids.ts'
import { startTestApp, type Browser, type TestApp } from '../../server/testing.ts'
import { makeAgency, makeClient, makeMember, type TestAgency } from '../../server/testing-people.ts'
import { countClientViews, listClients, listClientValues, listUnassignedQueue } from './contract.ts'

let t: TestApp
before(async () => {
  t = await startTestApp()
})
after(() => t.close())

type Query = NonNullable<Parameters<typeof names>[1]>
async function names(browser: Browser, query: Record<string, unknown> = {}): Promise<string[]> {
  return (await browser.call(listClients, { query: query as never })).data.map((c) => c.name)
}

/** Every page of a list, one after the other. */
async function allNames(browser: Browser, query: Query): Promise<string[]> {
  const found: string[] = []
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<typeof browser.call<typeof listClients>>> = await browser.call(
      listClients,
      { query: { limit: 3, ...query, ...(cursor && { cursor }) } as never },
    )
    found.push(...page.data.map((c) => c.name))
    cursor = page.nextCursor
  } while (cursor)
  return found
}

async function set(agency: TestAgency, name: string, columns: Record<string, unknown>): Promise<void> {
  const sets = Object.keys(columns).map((c, i) => `${c} = $${i + 3}`)
  await t.sql(`update client set ${sets.join(', ')} where agency_id = $1 and name = $2`, [
    agency.id,
    name,
    ...Object.values(columns),
  ])
}

test('each role lists what it sees, and nothing else', async () => {
  const a = await makeAgency(t)
  const manager = await makeMember(t, a, { role: 'manager', name: 'Marie' })
  const other = await makeMember(t, a, { role: 'manager', name: 'Omar', seesUnassigned: false })
  const lea = await makeMember(t, a, {
    role: 'consultant',
    parent: manager,
    name: 'Léa',
    seesUnassigned: false,
  })
  const holder = await makeMember(t, a, { role: 'client', name: 'Hélène' })
  await makeClient(t, a, { name: 'De Léa', assignees: [lea] })
  await makeClient(t, a, { name: 'De Marie', assignees: [manager] })
  await makeClient(t, a, { name: 'Portefeuille de Marie', home: manager, assignees: [other] })
  await makeClient(t, a, { name: 'À tous' })
  const foreign = await makeAgency(t)
  await makeClient(t, foreign, { name: 'D’une autre agence' })
  assert.deepEqual((await names(a.owner.browser)).toSorted(), [
    'De Léa',
    'De Marie',
    'Portefeuille de Marie',
    'À tous',
  ])
  assert.deepEqual(await names(manager.browser), ['À tous', 'De Léa', 'De Marie', 'Portefeuille de Marie'])
  assert.deepEqual(await names(other.browser), ['Portefeuille de Marie'])
  assert.deepEqual(await names(lea.browser), ['De Léa'])
  assert.deepEqual(await names(holder.browser), ['À tous'])
  assert.deepEqual(await names(holder.browser, { q: 'lea' }), [])
  assert.equal((await t.browser(a.slug).refusal(listClients, {})).status, 401)
})

test('a line tells who is assigned, the lead first, and what the reader may do', async () => {
  const a = await makeAgency(t)
  const [zoe, ana, bob, max] = await Promise.all(
    ['Zoé', 'Ana', 'Bob', 'Max'].map((name) => makeMember(t, a, { role: 'consultant', name })),
  )
  const client = await makeClient(t, a, { name: 'Suivi', home: zoe!, assignees: [zoe!, ana!, bob!, max!] })
  await t.sql(`update assignment set is_lead = true where client_id = $1 and member_id = $2`, [
    client.id,
    zoe!.memberId,
  ])
  await set(a, 'Suivi', { monthly_budget: 410_000, tags: ['VIP'] })
  const [row] = (await a.owner.browser.call(listClients, {})).data
  assert.deepEqual(
    row?.assignees.map((p) => [p.name, p.isLead]),
    [
      ['Zoé', true],
      ['Ana', false],
      ['Bob', false],
    ],
  )
  assert.equal(row?.assigneeCount, 4)
  assert.equal(row?.home?.name, 'Zoé')
  assert.deepEqual(row?.monthlyBudget, { amount: 410_000, currency: 'EUR' })
  assert.deepEqual(row?.can, { edit: true, assign: true, archive: true })
  assert.deepEqual((await ana!.browser.call(listClients, {})).data[0]?.can, {
    edit: true,
    assign: false,
    archive: false,
  })
})

test('a search forgives accents, case, missing parts and a typo, the best first', async () => {
  const a = await makeAgency(t)
  for (const name of [
    'Boulangerie Berthe',
    'Aux deux boulangers',
    'Électricité de l’Océan',
    'Garage Vasseur',
    '100 % Vélo',
    'Cave_Noël',
  ])
    await makeClient(t, a, { name })
  await set(a, 'Garage Vasseur', {
    city: 'Saint-Étienne',
    website: 'vasseur-autos.fr',
    sector: 'Réparation',
    email: 'contact@vasseur.fr',
  })
  const search = (q: string) => names(a.owner.browser, { q })
  assert.deepEqual(await search('ELECTRICITE ocean'), ['Électricité de l’Océan'])
  assert.deepEqual(await search('boulang'), ['Boulangerie Berthe', 'Aux deux boulangers'])
  for (const part of ['saint-etienne', 'autos.fr', 'reparation', 'contact@vass', 'asseu', 'etienne garage'])
    assert.deepEqual(await search(part), ['Garage Vasseur'], part)
  assert.equal((await search('boulangrie'))[0], 'Boulangerie Berthe')
  assert.equal((await search('vaseur'))[0], 'Garage Vasseur')
  assert.deepEqual(await search('100 %'), ['100 % Vélo'])
  assert.deepEqual(await search('%'), ['100 % Vélo'])
  assert.deepEqual(await search('_'), ['Cave_Noël'])
  assert.deepEqual(await search('\\'), [])
  assert.deepEqual(await search("'; drop table client; --"), [])
  assert.deepEqual(await search('xylophone'), [])
  // Alike in how an address begins: no typo of anything.
  for (const other of ['coop', 'contrat', 'contrôle']) assert.deepEqual(await search(other), [], other)
  assert.equal((await a.owner.browser.call(listClients, { query: { q: 'boulang', total: 'true' } })).total, 2)
})

test('a search that matches thousands is walked by name, beginnings first', async () => {
  const a = await makeAgency(t)
  await t.sql(
    `insert into client (agency_id, id, name, last_activity_at, created_at, updated_at)
     select $1, gen_random_uuid(), case when n % 2 = 0 then 'Commerce ' else 'Le commerce ' end || lpad(n::text, 5, '0'), now(), now(), now() from generate_series(1, 2600) n`,
    [a.id],
  )
  const found: string[] = []
  let cursor: string | null = null
  do {
    const page: { data: { name: string }[]; nextCursor: string | null } = await a.owner.browser.call(
      listClients,
      { query: { q: 'commerce', limit: 200, ...(cursor !== null && { cursor }) } },
    )
    found.push(...page.data.map((c) => c.name))
    cursor = page.nextCursor
  } while (cursor !== null)
  assert.equal(found.length, 2600)
  assert.equal(new Set(found).size, 2600)
  assert.deepEqual(found, found.toSorted())
  assert.ok(found[1299]!.startsWith('Commerce') && found[1300]!.startsWith('Le commerce'))
  assert.equal(
    (await a.owner.browser.call(listClients, { query: { q: 'commerce', limit: 1, total: 'true' } })).total,
    2600,
  )
})

test('every sort, both ways, pages to the end once each; no budget comes last either way', async () => {
  const a = await makeAgency(t)
  const rows = [
    ['Anis', '2026-03-01', '2026-05-04', 300],
    ['Épices', '2026-01-01', '2026-05-01', null],
    ['Zinc', '2026-02-01', '2026-05-02', 100],
    ['Bois', '2026-04-01', '2026-05-03', null],
    ['Cuir', '2026-05-01', '2026-05-05', 300],
    ['Eau', '2026-06-01', '2026-05-06', 200],
    ['Fer', '2026-07-01', '2026-05-07', null],
  ] as const
  for (const [name, created, active, budget] of rows) {
    await makeClient(t, a, { name })
    await set(a, name, { created_at: created, last_activity_at: active, monthly_budget: budget })
  }
  const by = (i: 1 | 2) => rows.toSorted((x, y) => (x[i] < y[i] ? -1 : 1)).map((r) => r[0])
  const o = a.owner.browser
  const alphabetic = ['Anis', 'Bois', 'Cuir', 'Eau', 'Épices', 'Fer', 'Zinc']
  assert.deepEqual(await allNames(o, {}), alphabetic)
  assert.deepEqual(await allNames(o, { sort: 'name' }), alphabetic)
  assert.deepEqual(await allNames(o, { sort: '-name' }), alphabetic.toReversed())
  assert.deepEqual(await allNames(o, { sort: 'createdAt' }), by(1))
  assert.deepEqual(await allNames(o, { sort: '-createdAt' }), by(1).toReversed())
  assert.deepEqual(await allNames(o, { sort: 'lastActivityAt' }), by(2))
  assert.deepEqual(await allNames(o, { sort: '-lastActivityAt' }), by(2).toReversed())
  const up = await allNames(o, { sort: 'monthlyBudget' })
  const down = await allNames(o, { sort: '-monthlyBudget' })
  assert.deepEqual(up.slice(0, 2), ['Zinc', 'Eau'])
  assert.deepEqual(up.slice(2, 4).toSorted(), ['Anis', 'Cuir'])
  assert.deepEqual(up.slice(4).toSorted(), ['Bois', 'Fer', 'Épices'])
  assert.deepEqual(down.slice(2, 4), ['Eau', 'Zinc'])
  assert.deepEqual(down.slice(4).toSorted(), ['Bois', 'Fer', 'Épices'])
  assert.equal(
    (await o.refusal(listClients, { query: { sort: 'colour' } })).fields?.['sort']?.code,
    'field.choice',
  )
})

test('pages stay right while clients are added and renamed', async () => {
  const a = await makeAgency(t)
  for (const name of ['B', 'D', 'F', 'H', 'J']) await makeClient(t, a, { name })
  const first = await a.owner.browser.call(listClients, { query: { limit: 2 } })
  assert.deepEqual(
    first.data.map((c) => c.name),
    ['B', 'D'],
  )
  for (const name of ['A', 'C', 'G']) await makeClient(t, a, { name })
  const second = await a.owner.browser.call(listClients, { query: { limit: 2, cursor: first.nextCursor! } })
  assert.deepEqual(
    second.data.map((c) => c.name),
    ['F', 'G'],
  )
  const third = await a.owner.browser.call(listClients, { query: { limit: 2, cursor: second.nextCursor! } })
  assert.deepEqual(
    third.data.map((c) => c.name),
    ['H', 'J'],
  )
  assert.equal(third.nextCursor, null)
})

test('a cursor of another sort, or none at all, is refused at its field', async () => {
  const a = await makeAgency(t)
  for (const name of ['A', 'B', 'C']) await makeClient(t, a, { name })
  const { nextCursor } = await a.owner.browser.call(listClients, { query: { limit: 1 } })
  for (const query of [{ cursor: nextCursor!, sort: '-name' }, { cursor: 'abc' }, { cursor: 'e30' }])
    assert.equal(
      (await a.owner.browser.refusal(listClients, { query })).fields?.['cursor']?.code,
      'field.invalid',
    )
  const forged = Buffer.from(JSON.stringify(['name', false, 0, 'a', 'not an id', null])).toString('base64url')
  assert.equal((await a.owner.browser.refusal(listClients, { query: { cursor: forged } })).status, 422)
})

test('filters narrow the list', async () => {
  const a = await makeAgency(t)
  const manager = await makeMember(t, a, { role: 'manager' })
  const lea = await makeMember(t, a, { role: 'consultant', parent: manager })
  const gone = await makeMember(t, a, { role: 'consultant', state: 'disabled' })
  for (const name of ['Actif', 'En pause', 'Archivé', 'Orphelin', 'Portefeuille', 'Seul']) {
    const assignees =
      name === 'Orphelin' ? [gone] : name === 'Seul' ? [] : name === 'Portefeuille' ? [a.owner] : [lea]
    await makeClient(t, a, { name, assignees, ...(name === 'Portefeuille' && { home: manager }) })
  }
  await set(a, 'En pause', { status: 'paused', city: 'Paris, Texas', tags: ['VIP', 'À risque'] })
  await set(a, 'Archivé', { status: 'archived' })
  await set(a, 'Actif', {
    city: 'Lyon',
    sector: 'Santé',
    monthly_budget: 5000,
    created_at: '2026-03-29T22:30:00Z',
  })
  await set(a, 'Seul', { created_at: '2020-01-01', last_activity_at: '2020-01-01' })
  const o = a.owner.browser
  const lists = async (query: Record<string, unknown>, expected: string[]) =>
    assert.deepEqual((await names(o, query)).toSorted(), expected.toSorted(), JSON.stringify(query))
  await lists({}, ['Actif', 'En pause', 'Orphelin', 'Portefeuille', 'Seul'])
  await lists({ status: 'archived' }, ['Archivé'])
  await lists({ status: ['paused', 'archived'] }, ['En pause', 'Archivé'])
  await lists({ assignee: toPublicId('member', lea.memberId) }, ['Actif', 'En pause'])
  await lists({ manager: toPublicId('member', manager.memberId) }, ['Actif', 'En pause', 'Portefeuille'])
  await lists({ home: toPublicId('member', manager.memberId) }, ['Portefeuille'])
  await lists({ home: 'root', status: 'paused' }, ['En pause'])
  await lists({ mine: 'true' }, ['Portefeuille'])
  await lists({ unassigned: 'true' }, ['Seul'])
  await lists({ orphan: 'true' }, ['Orphelin'])
  await lists({ tag: 'À risque' }, ['En pause'])
  await lists({ city: 'Paris\\, Texas,Lyon' }, ['Actif', 'En pause'])
  await lists({ sector: 'Santé', q: 'act' }, ['Actif'])
  await lists({ budgetMin: 5000, budgetMax: 5000 }, ['Actif'])
  await lists({ inactiveDays: 30 }, ['Seul'])
  await lists({ createdDays: 2 }, ['En pause', 'Orphelin', 'Portefeuille'])
  await lists({ activityTo: '2020-01-01' }, ['Seul'])
  // Half past midnight in Paris on the 30th: the agency's day counts, not the server's.
  await lists({ createdFrom: '2026-03-30', createdTo: '2026-03-30' }, ['Actif'])
  await lists({ createdFrom: '2026-03-29', createdTo: '2026-03-29' }, [])
  assert.equal(
    (await o.refusal(listClients, { query: { status: 'asleep' as never } })).fields?.['status.0']?.code,
    'field.choice',
  )
  assert.equal((await o.refusal(listClients, { query: { assignee: 'mem_1' } })).status, 422)
  assert.equal(
    (await o.refusal(listClients, { query: { colour: 'red' } as never })).fields?.['colour']?.code,
    'field.unknown',
  )
  assert.equal(
    (await o.refusal(listClients, { query: { limit: 201 } })).fields?.['limit']?.code,
    'field.too_big',
  )
  const orphan = (await o.call(listClients, { query: { q: 'orphelin' } })).data[0]
  assert.equal(orphan?.orphan, true)
  assert.equal(orphan?.assigneeCount, 1)
})

test('totals are exact to 10,000, then 10,001', async () => {
  const a = await makeAgency(t)
  const fill = (n: number) =>
    t.sql(
      `insert into client (agency_id, id, name, last_activity_at, created_at, updated_at) select $1, gen_random_uuid(), 'Maison', now(), now(), now() from generate_series(1, $2)`,
      [a.id, n],
    )
  await fill(10_000)
  assert.equal(
    (await a.owner.browser.call(listClients, { query: { limit: 1, total: 'true' } })).total,
    10_000,
  )
  await fill(500)
  assert.equal(
    (await a.owner.browser.call(listClients, { query: { limit: 1, total: 'true' } })).total,
    10_001,
  )
  assert.equal(
    (await a.owner.browser.call(listClients, { query: { limit: 1, total: 'true', q: 'maison' } })).total,
    10_001,
  )
  assert.equal((await a.owner.browser.call(listClients, { query: { limit: 1 } })).total, undefined)
})

test('views are counted in the reader’s sight', async () => {
  const a = await makeAgency(t)
  const lea = await makeMember(t, a, { role: 'consultant' })
  const gone = await makeMember(t, a, { role: 'consultant', state: 'disabled' })
  await makeClient(t, a, { assignees: [lea] })
  await makeClient(t, a, {})
  await makeClient(t, a, { assignees: [gone] })
  await makeClient(t, a, { assignees: [a.owner], status: 'archived' })
  assert.deepEqual(await a.owner.browser.call(countClientViews, {}), {
    all: 3,
    mine: 0,
    unassigned: 1,
    orphan: 1,
    archived: 1,
    views: [],
  })
  assert.deepEqual(await lea.browser.call(countClientViews, {}), {
    all: 2,
    mine: 1,
    unassigned: 1,
    orphan: 0,
    archived: 0,
    views: [],
  })
})

test('filters offer the values of the clients one sees', async () => {
  const a = await makeAgency(t)
  const lea = await makeMember(t, a, { role: 'consultant', name: 'Léa', seesUnassigned: false })
  await makeClient(t, a, { name: 'Un', assignees: [lea] })
  await makeClient(t, a, { name: 'Deux' })
  await set(a, 'Un', { city: 'Lyon', tags: ['VIP'] })
  await set(a, 'Deux', { city: 'Nîmes', tags: ['VIP', 'Neuf'] })
  const values = async (browser: Browser, field: 'tag' | 'city' | 'assignee', q?: string) =>
    (await browser.call(listClientValues, { params: { field }, query: { q } })).data.map(
      (v) => `${v.label} ${v.count}`,
    )
  assert.deepEqual(await values(a.owner.browser, 'tag'), ['VIP 2', 'Neuf 1'])
  assert.deepEqual(await values(a.owner.browser, 'city', 'nim'), ['Nîmes 1'])
  assert.deepEqual(await values(a.owner.browser, 'assignee'), ['Léa 1'])
  assert.deepEqual(await values(lea.browser, 'city'), ['Lyon 1'])
  assert.deepEqual(await values(lea.browser, 'tag'), ['VIP 1'])
})

test('the queue says who sees each unassigned client', async () => {
  const a = await makeAgency(t)
  const manager = await makeMember(t, a, { role: 'manager', name: 'Marie' })
  const lea = await makeMember(t, a, { role: 'consultant', parent: manager, name: 'Léa' })
  await makeMember(t, a, { role: 'manager', name: 'Omar' })
  const holder = await makeMember(t, a, { role: 'client', name: 'Hélène' })
  await makeMember(t, a, { role: 'client', name: 'Aveugle', seesUnassigned: false })
  await makeClient(t, a, { name: 'À tous' })
  await makeClient(t, a, { name: 'De Marie', home: manager })
  await makeClient(t, a, { name: 'Pris', assignees: [lea] })
  const queue = (await a.owner.browser.call(listUnassignedQueue, {})).data
  assert.deepEqual(
    queue.map((c) => [c.name, c.seenBy.total, c.seenBy.clients]),
    [
      ['À tous', 5, 1],
      ['De Marie', 3, 0],
    ],
  )
  assert.deepEqual(queue[1]?.seenBy.names, [a.owner.name, 'Marie', 'Léa'])
  const asHolder = (await holder.browser.call(listUnassignedQueue, {})).data
  assert.deepEqual(
    asHolder.map((c) => c.name),
    ['À tous'],
  )
  assert.deepEqual(asHolder[0]?.seenBy, { total: 5, clients: 1, names: [] })
})

test('invisible characters are refused at their field, not by the database', async () => {
  const a = await makeAgency(t)
  for (const query of [{ q: 'a\u0000' }, { city: 'a\u0000' }, { tag: '\u0000' }])
    assert.equal((await a.owner.browser.refusal(listClients, { query: query as never })).status, 422)
})

test('ids nobody has filter to nothing', async () => {
  const a = await makeAgency(t)
  await makeClient(t, a, {})
  assert.deepEqual(await names(a.owner.browser, { assignee: toPublicId('member', newId()) }), [])
})
