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
import { archiveClient, getClient, listClientHistory } from '../client-record/contract.ts'
import { getBillingProfile, updateBillingProfile } from './contract.ts'

let t: TestApp
let agency: TestAgency
let consultant: TestMember
before(async () => {
  t = await startTestApp()
  agency = await makeAgency(t)
  consultant = await makeMember(t, agency, { role: 'consultant', seesUnassigned: false })
})
after(() => t.close())

const at = (c: { id: string }) => ({ params: { id: toPublicId('client', c.id) } })
const nothingElse = { country: 'FR', paymentTermsDays: null, email: null }
const readable = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ')

test('empty until saved, then kept with bare numbers; the SIREN is taken from the SIRET', async () => {
  const c = await makeClient(t, agency)
  const { browser } = agency.owner
  const none = await browser.call(getBillingProfile, at(c))
  assert.deepEqual(
    [none.version, none.legalName, none.country, none.updatedAt, none.can.edit],
    [0, null, 'FR', null, true],
  )
  const saved = await browser.call(updateBillingProfile, {
    ...at(c),
    body: {
      legalName: 'Domaine Lacombe SARL',
      siret: '732 829 320 00074',
      vatNumber: 'fr 44 732 829 320',
      email: 'compta@lacombe.example',
      addressLine1: '12 montée de la Grange',
      postalCode: '69480',
      city: 'Anse',
      country: 'FR',
      purchaseReference: 'BC-2026-118',
      paymentTermsDays: 30,
      version: 0,
    },
  })
  assert.deepEqual(
    [saved.siren, saved.siret, saved.vatNumber, saved.version],
    ['732829320', '73282932000074', 'FR44732829320', 1],
  )
  assert.deepEqual(await browser.call(getBillingProfile, at(c)), saved)
  const same = await browser.call(updateBillingProfile, {
    ...at(c),
    body: {
      ...nothingElse,
      legalName: 'Domaine Lacombe SARL',
      siret: '73282932000074',
      vatNumber: 'FR44732829320',
      email: 'compta@lacombe.example',
      addressLine1: '12 montée de la Grange',
      postalCode: '69480',
      city: 'Anse',
      purchaseReference: 'BC-2026-118',
      paymentTermsDays: 30,
      version: 1,
    },
  })
  assert.equal(same.version, 1)
  const { data } = await browser.call(listClientHistory, at(c))
  assert.deepEqual(
    data.map((e) => e.action),
    ['billing_profile.updated'],
  )
  assert.deepEqual((data[0]!.data.changes as { siren: string[] }).siren, [null, '732829320'])
  assert.equal((await browser.call(getClient, at(c))).lastActivityAt, saved.updatedAt)
})

test('every wrong number is named at its field, all at once', async () => {
  const c = await makeClient(t, agency)
  const refuse = (body: object) =>
    agency.owner.browser.refusal(updateBillingProfile, {
      ...at(c),
      body: { ...nothingElse, version: 0, ...body },
    })
  const all = await refuse({
    siren: '123',
    siret: '73282932000075',
    vatNumber: 'FR00732829320',
    postalCode: '6948',
    email: 'nulle part',
  })
  assert.deepEqual(Object.keys(all.fields!), ['email'])
  const numbers = await refuse({
    siren: '123',
    siret: '73282932000075',
    vatNumber: 'FR00732829320',
    postalCode: '6948',
  })
  assert.deepEqual(Object.fromEntries(Object.entries(numbers.fields!).map(([k, f]) => [k, f.code])), {
    siren: 'company_number.siren_length',
    siret: 'company_number.siret_key',
    vatNumber: 'company_number.vat_key',
    postalCode: 'client_billing.postal_code_fr',
  })
  assert.equal(readable(numbers.fields!.siren!.message), 'Un SIREN compte 9 chiffres ; il y en a 3 ici.')
  assert.equal(
    readable(numbers.fields!.vatNumber!.message),
    'La clé de ce numéro de TVA est fausse. Pour ce SIREN, le numéro est FR44732829320.',
  )
  const cases: [object, string, RegExp][] = [
    [{ siren: '73282932A' }, 'siren', /que des chiffres/],
    [{ siren: '732829321' }, 'siren', /SIREN n’existe pas/],
    [{ siret: '73282932A00074' }, 'siret', /que des chiffres/],
    [{ siret: '7328293200007' }, 'siret', /14 chiffres ; il y en a 13 ici/],
    [{ siret: '73282932100074' }, 'siret', /9 premiers chiffres/],
    [{ siren: '303265045', siret: '73282932000074' }, 'siret', /commencer par 303265045/],
    [{ vatNumber: '732829320' }, 'vatNumber', /deux lettres d’un pays/],
    [{ vatNumber: 'DE1234' }, 'vatNumber', /Exemple pour DE : DE123456789/],
    [{ vatNumber: 'FR44732829321' }, 'vatNumber', /9 derniers chiffres/],
    [{ siren: '303265045', vatNumber: 'FR44732829320' }, 'vatNumber', /autre entreprise.*FR40303265045/],
    [{ paymentTermsDays: 400 }, 'paymentTermsDays', /dépasser 120/],
    [{ country: 'XX' }, 'country', /pays de la liste/],
  ]
  for (const [body, field, sentence] of cases) {
    const problem = await refuse(body)
    assert.equal(problem.status, 422, JSON.stringify(body))
    assert.deepEqual(Object.keys(problem.fields ?? {}), [field], JSON.stringify(body))
    assert.match(readable(problem.fields![field]!.message), sentence)
  }
  assert.equal((await agency.owner.browser.call(getBillingProfile, at(c))).version, 0)
})

test('sentences come in the caller’s language', async () => {
  const c = await makeClient(t, agency)
  const { browser } = agency.owner
  for (const [locale, sentence] of [
    ['en', /^A SIREN has 9 digits; there are 3 here/],
    ['es', /^Un SIREN tiene 9 cifras; aquí hay 3/],
    ['zh', /9 位数字，这里是 3 位/],
  ] as const) {
    browser.locale = locale
    const problem = await browser.refusal(updateBillingProfile, {
      ...at(c),
      body: { ...nothingElse, version: 0, siren: '123' },
    })
    assert.match(problem.fields!.siren!.message, sentence)
  }
  browser.locale = 'fr'
})

test('foreign companies have no SIREN and their own postal codes', async () => {
  const c = await makeClient(t, agency)
  const saved = await agency.owner.browser.call(updateBillingProfile, {
    ...at(c),
    body: { ...nothingElse, country: 'be', vatNumber: 'BE 0123.456.789', postalCode: '1000', version: 0 },
  })
  assert.deepEqual(
    [saved.country, saved.vatNumber, saved.postalCode, saved.siren],
    ['BE', 'BE0123456789', '1000', null],
  )
})

test('another client in sight with the same SIREN is shown, one out of sight is not', async () => {
  const [a, b] = [
    await makeClient(t, agency, { name: 'Siège' }),
    await makeClient(t, agency, { name: 'Boutique' }),
  ]
  const { browser } = agency.owner
  await browser.call(updateBillingProfile, {
    ...at(a),
    body: { ...nothingElse, siren: '443061841', version: 0 },
  })
  const second = await browser.call(updateBillingProfile, {
    ...at(b),
    body: { ...nothingElse, siren: '443061841', version: 0 },
  })
  assert.deepEqual(second.sameSiren, [
    { id: toPublicId('client', a.id), name: 'Siège', city: null, status: 'active', by: 'siren' },
  ])
  await t.sql(
    `insert into assignment (agency_id, client_id, member_id, assigned_by_name, assigned_at) values ($1, $2, $3, 'Test', now())`,
    [agency.id, b.id, consultant.memberId],
  )
  assert.deepEqual((await consultant.browser.call(getBillingProfile, at(b))).sameSiren, [])
})

test('two people saving at once: the second is shown what the first saved', async () => {
  const c = await makeClient(t, agency)
  const { browser } = agency.owner
  const save = (legalName: string) =>
    browser.send(updateBillingProfile, { ...at(c), body: { ...nothingElse, legalName, version: 0 } })
  const answers = await Promise.all([save('Un'), save('Deux')])
  assert.deepEqual(
    answers.map((r) => r.statusCode).toSorted((a, b) => a - b),
    [200, 409],
  )
  const stale = answers.find((r) => r.statusCode === 409)!.json()
  assert.deepEqual([stale.code, stale.data.current.version], ['version.stale', 1])
})

test('reading needs sight, saving its right and an open client', async () => {
  const [hidden, own] = [
    await makeClient(t, agency),
    await makeClient(t, agency, { assignees: [consultant] }),
  ]
  assert.equal((await consultant.browser.refusal(getBillingProfile, at(hidden))).status, 404)
  assert.equal((await consultant.browser.call(getBillingProfile, at(own))).can.edit, false)
  assert.equal(
    (
      await consultant.browser.refusal(updateBillingProfile, {
        ...at(own),
        body: { ...nothingElse, version: 0 },
      })
    ).status,
    403,
  )
  await agency.owner.browser.call(archiveClient, at(own))
  assert.equal(
    (
      await agency.owner.browser.refusal(updateBillingProfile, {
        ...at(own),
        body: { ...nothingElse, version: 0 },
      })
    ).code,
    'client.archived',
  )
})
