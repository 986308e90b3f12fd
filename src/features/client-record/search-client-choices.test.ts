import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { startTestApp, type TestApp } from '../../server/testing.ts'
import {
  makeAgency,
  makeClient,
  makeMember,
  type TestAgency,
  type TestMember,
} from '../../server/testing-people.ts'
import { searchClientChoices } from './contract.ts'

let t: TestApp
let agency: TestAgency
let lea: TestMember
before(async () => {
  t = await startTestApp()
  agency = await makeAgency(t)
  lea = await makeMember(t, agency, { role: 'consultant', seesUnassigned: false })
  for (const name of [
    'Boulangerie Berthe',
    'Maison Berthe',
    'Bérénice & fils',
    '100 % Laine',
    'Clinique Delmas',
  ])
    await makeClient(t, agency, { name })
  await makeClient(t, agency, { name: 'Berthe Archivée', status: 'archived' })
  await makeClient(t, agency, { name: 'Berthe de Léa', assignees: [lea] })
  await makeClient(t, await makeAgency(t), { name: 'Berthe d’à côté' })
})
after(() => t.close())

const names = async (query: Record<string, unknown>, m = agency.owner) =>
  (await m.browser.call(searchClientChoices, { query } as never)).data.map((c) => c.name)

test('names that begin so come first, then those that contain it', async () => {
  assert.deepEqual((await names({ q: 'BERTHÉ' })).slice(0, 3), [
    'Berthe de Léa',
    'Boulangerie Berthe',
    'Maison Berthe',
  ])
  assert.deepEqual(await names({ q: 'be' }), ['Bérénice & fils', 'Berthe de Léa'])
})

test('a typo is forgiven when nothing else matches', async () => {
  assert.deepEqual(await names({ q: 'clinik delmas' }), ['Clinique Delmas'])
  assert.deepEqual(await names({ q: 'xyzw' }), [])
})

test('per cent, underscore and backslash are letters like others', async () => {
  assert.deepEqual(await names({ q: '00 %' }), ['100 % Laine'])
  assert.deepEqual(await names({ q: '___' }), [])
  assert.deepEqual(await names({ q: '\\\\\\' }), [])
})

test('nothing typed gives the last active, archived ones only on demand', async () => {
  assert.equal((await names({}))[0], 'Berthe de Léa')
  assert.equal((await names({})).length, 6)
  assert.equal((await names({ limit: 2 })).length, 2)
  assert.deepEqual(await names({ q: 'archivee', archived: true }), ['Berthe Archivée'])
  assert.deepEqual(await names({ q: 'archivee' }), [])
})

test('only clients in sight', async () => {
  for (const q of ['', 'be', 'berthe', 'berthx'])
    assert.deepEqual(
      await names({ q }, lea),
      q === 'berthx' ? await names({ q: 'berthe' }, lea) : ['Berthe de Léa'],
    )
})
