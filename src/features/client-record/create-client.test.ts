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
import { getBillingProfile } from '../client-billing/contract.ts'
import { createClient, getClient, listClientHistory } from './contract.ts'

let t: TestApp
let agency: TestAgency
let manager: TestMember
let consultant: TestMember
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
  holder = await makeMember(t, agency, { role: 'client', parent: consultant })
})
after(() => t.close())

const mem = (m: TestMember) => toPublicId('member', m.memberId)

test('a name is enough, and everything given is kept as it reads', async () => {
  const { browser } = agency.owner
  const bare = await browser.call(createClient, { body: { name: '  Maison Berthe  ' } })
  assert.equal(bare.name, 'Maison Berthe')
  assert.deepEqual(
    [bare.status, bare.country, bare.tags, bare.monthlyBudget, bare.assignees, bare.home],
    ['active', 'FR', [], null, [], null],
  )
  const full = await browser.call(createClient, {
    body: {
      name: 'Domaine Lacombe',
      website: 'https://domaine-lacombe.fr/',
      email: 'Contact@Domaine-Lacombe.fr',
      phone: '04 72 11 08 30',
      city: 'Anse',
      country: 'fr',
      sector: 'Viticulture',
      tags: ['Grand compte', 'grand compte', 'Fêtes 2026'],
      monthlyBudget: { amount: 410_000, currency: 'EUR' },
      clientSince: '2024-03-01',
      description: 'Domaine familial.\nVente directe.',
    },
  })
  assert.equal(full.website, 'domaine-lacombe.fr')
  assert.equal(full.email, 'Contact@Domaine-Lacombe.fr')
  assert.deepEqual(full.tags, ['Grand compte', 'Fêtes 2026'])
  assert.deepEqual(full.monthlyBudget, { amount: 410_000, currency: 'EUR' })
  assert.deepEqual(
    [full.clientSince, full.country, full.description],
    ['2024-03-01', 'FR', 'Domaine familial.\nVente directe.'],
  )
  assert.deepEqual(await browser.call(getClient, { params: { id: full.id } }), full)
  const { data } = await browser.call(listClientHistory, { params: { id: full.id } })
  assert.deepEqual(
    data.map((e) => [e.action, e.actor, e.entity?.name]),
    [['client.created', agency.owner.name, 'Domaine Lacombe']],
  )
})

test('each wrong field is named with its own sentence', async () => {
  const wrong: [Record<string, unknown>, string, RegExp][] = [
    [{ name: '  ' }, 'name', /nécessaire/],
    [{ name: 'x'.repeat(121) }, 'name', /trop long/],
    [{ name: 'A\u0007' }, 'name', /invisibles/],
    [{ website: 'javascript:alert(1)' }, 'website', /adresse de site/],
    [{ website: 'pas un site' }, 'website', /adresse de site/],
    [{ website: 'localhost' }, 'website', /adresse de site/],
    [{ email: 'contact@' }, 'email', /adresse électronique/],
    [{ phone: '12' }, 'phone', /6 à 15 chiffres/],
    [{ phone: 'appelez-moi' }, 'phone', /6 à 15 chiffres/],
    [{ country: 'ZZ' }, 'country', /pays de la liste/],
    [{ tags: Array.from({ length: 21 }, (_, i) => `t${i}`) }, 'tags', /20 étiquettes/],
    [{ monthlyBudget: { amount: -1, currency: 'EUR' } }, 'monthlyBudget', /entre zéro/],
    [{ monthlyBudget: { amount: 100, currency: 'USD' } }, 'monthlyBudget', /sont en EUR/],
    [{ clientSince: '2999-01-01' }, 'clientSince', /futur/],
    [{ clientSince: '2025-02-30' }, 'clientSince', /utilisable/],
    [{ siren: '123 456 789' }, 'siren', /dernier chiffre/],
    [{ siren: '1234' }, 'siren', /9 chiffres ; il y en a 4 ici/],
    [{ leadId: mem(manager) }, 'leadId', /personnes assignées/],
    [{ homeId: mem(holder) }, 'homeId', /portefeuille/],
    [{ colour: 'red' }, 'colour', /pas connu/],
  ]
  for (const [body, field, sentence] of wrong) {
    const problem = await agency.owner.browser.refusal(createClient, {
      body: { name: 'Atelier Vidal', ...body } as never,
    })
    assert.equal(problem.status, 422, JSON.stringify(body))
    assert.deepEqual(Object.keys(problem.fields ?? {}), [field])
    assert.match(problem.fields![field]!.message.replaceAll(/[\u00a0\u202f]/g, ' '), sentence)
  }
})

test('accents, case, punctuation and order of words do not hide a duplicate; confirming creates it', async () => {
  const { browser } = agency.owner
  const first = await browser.call(createClient, { body: { name: 'Crédit Agricole', city: 'Lyon' } })
  for (const name of ['credit agricole', 'CRÉDIT-AGRICOLE', 'Agricole, Crédit']) {
    const problem = await browser.refusal(createClient, { body: { name } })
    assert.deepEqual([problem.status, problem.code], [409, 'client.duplicate'])
    assert.deepEqual(problem.data!.lookAlikes, [
      { id: first.id, name: 'Crédit Agricole', city: 'Lyon', status: 'active', by: 'name' },
    ])
  }
  await browser.call(createClient, { body: { name: 'Crédit Agricole du Rhône' } })
  const second = await browser.call(createClient, {
    body: { name: 'credit agricole', confirmDuplicate: true },
  })
  assert.notEqual(second.id, first.id)
})

test('the same SIREN is a duplicate under any name, and starts the billing details', async () => {
  const { browser } = agency.owner
  const first = await browser.call(createClient, { body: { name: 'Air Liquide', siren: '552 096 281' } })
  const billing = await browser.call(getBillingProfile, { params: { id: first.id } })
  assert.deepEqual([billing.siren, billing.version], ['552096281', 1])
  const problem = await browser.refusal(createClient, {
    body: { name: 'Tout autre nom', siren: '552096281' },
  })
  assert.deepEqual(
    (problem.data!.lookAlikes as { by: string }[]).map((l) => l.by),
    ['siren'],
  )
})

test('a duplicate out of sight is never told', async () => {
  await makeClient(t, agency, { name: 'Secret du chef' })
  const made = await consultant.browser.call(createClient, { body: { name: 'Secret du chef' } })
  assert.equal(made.name, 'Secret du chef')
  const stranger = await makeAgency(t)
  await makeClient(t, stranger, { name: 'Chez le voisin' })
  assert.equal(
    (await agency.owner.browser.call(createClient, { body: { name: 'Chez le voisin' } })).name,
    'Chez le voisin',
  )
})

test('a consultant is assigned what it creates, in the portfolio of its manager', async () => {
  const made = await consultant.browser.call(createClient, { body: { name: 'Librairie Besson' } })
  assert.deepEqual(
    made.assignees.map((a) => a.id),
    [mem(consultant)],
  )
  assert.deepEqual(made.home, { id: mem(manager), name: 'Karim Haddad' })
  assert.equal((await manager.browser.call(getClient, { params: { id: made.id } })).can.assign, true)
})

test('a manager’s new client is in its own portfolio, in simple mode at the root and still in sight', async () => {
  const made = await manager.browser.call(createClient, { body: { name: 'Optique Gaillard' } })
  assert.deepEqual([made.home?.id, made.assignees], [mem(manager), []])
  const simple = await makeAgency(t, { mode: 'simple' })
  const flat = await makeMember(t, simple, { role: 'manager', seesUnassigned: false })
  const there = await flat.browser.call(createClient, { body: { name: 'Optique Gaillard' } })
  assert.deepEqual([there.home, there.assignees.map((a) => a.id)], [null, [mem(flat)]])
})

test('assignees and the person in charge can be given at once', async () => {
  const made = await agency.owner.browser.call(createClient, {
    body: {
      name: 'Garage Vasseur',
      assigneeIds: [mem(consultant), mem(holder)],
      leadId: mem(consultant),
      homeId: mem(manager),
    },
  })
  assert.deepEqual(
    made.assignees.map((a) => [a.id, a.isLead]),
    [
      [mem(consultant), true],
      [mem(holder), false],
    ],
  )
  assert.equal(made.home?.id, mem(manager))
})

test('who may not assign, bill or create is refused', async () => {
  const create = (m: TestMember, body: object) =>
    m.browser.refusal(createClient, { body: { name: 'Nouveau venu', ...body } as never })
  assert.equal((await create(consultant, { assigneeIds: [mem(manager)] })).status, 403)
  assert.equal((await create(consultant, { homeId: mem(consultant) })).status, 403)
  assert.equal((await create(consultant, { siren: '552096281' })).status, 403)
  assert.equal((await create(holder, {})).status, 403)
  const elsewhere = await makeMember(t, agency, { role: 'manager' })
  assert.equal((await create(manager, { assigneeIds: [mem(elsewhere)] })).status, 404)
  assert.equal(
    (await create(manager, { homeId: mem(elsewhere) })).fields?.homeId?.code,
    'client.home_unknown',
  )
  assert.equal((await create(manager, { homeId: null })).fields?.homeId?.code, 'client.home_root')
  assert.equal((await t.sql(`select from client where name = 'Nouveau venu'`)).length, 0)
})

test('the same Idempotency-Key twice makes one client', async () => {
  const key = { 'idempotency-key': 'new-client-1' }
  const [a, b] = [
    await agency.owner.browser.call(createClient, { body: { name: 'Une seule fois' } }, key),
    await agency.owner.browser.call(createClient, { body: { name: 'Une seule fois' } }, key),
  ]
  assert.equal(a.id, b.id)
})
