import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { startTestApp, type TestApp } from '../../server/testing.ts'
import { makeAgency, makeMember } from '../../server/testing-people.ts'
import { getAgencyBilling, updateAgencyBilling } from './contract.ts'

let t: TestApp
before(async () => void (t = await startTestApp()))
after(() => t.close())

const full = {
  legalName: 'Studio Lumière SAS',
  siret: '732 829 320 00074',
  vatNumber: 'FR44 732 829 320',
  email: 'compta@studio.example',
  addressLine1: '12 rue des Lilas',
  postalCode: '69003',
  city: 'Lyon',
  country: 'FR',
  collectionDay: null,
}

test('empty until saved; then bare numbers, VAT that follows, and nothing missing', async () => {
  const { owner } = await makeAgency(t)
  const none = await owner.browser.call(getAgencyBilling, {})
  assert.deepEqual(
    [none.version, none.country, none.missing],
    [0, 'FR', ['legalName', 'addressLine1', 'postalCode', 'city']],
  )
  const saved = await owner.browser.call(updateAgencyBilling, { body: { ...full, version: 0 } })
  assert.deepEqual(
    [saved.siren, saved.siret, saved.vatNumber, saved.missing, saved.version, saved.vat],
    ['732829320', '73282932000074', 'FR44732829320', [], 1, { rateBasisPoints: 2000, case: 'domestic' }],
  )
  const abroad = await owner.browser.call(updateAgencyBilling, {
    body: {
      ...full,
      siret: null,
      vatNumber: 'BE0123456789',
      postalCode: null,
      country: 'BE',
      collectionDay: 5,
      version: 1,
    },
  })
  assert.deepEqual(
    [abroad.vat, abroad.missing, abroad.collectionDay],
    [{ rateBasisPoints: 0, case: 'reverse_charge' }, [], 5],
  )
})

test('wrong numbers are named at their fields, an old reading is refused with what is there now', async () => {
  const { owner } = await makeAgency(t)
  const wrong = await owner.browser.refusal(updateAgencyBilling, {
    body: { ...full, siret: '732 829 320 00075', vatNumber: 'FR00732829320', postalCode: '6900', version: 0 },
  })
  assert.deepEqual(Object.fromEntries(Object.entries(wrong.fields!).map(([k, f]) => [k, f.code])), {
    siret: 'company_number.siret_key',
    vatNumber: 'company_number.vat_key',
    postalCode: 'client_billing.postal_code_fr',
  })
  const day = await owner.browser.refusal(updateAgencyBilling, {
    body: { ...full, collectionDay: 31, version: 0 },
  })
  assert.ok(day.fields?.collectionDay)
  const answers = await Promise.all(
    ['Un', 'Deux'].map((legalName) =>
      owner.browser.send(updateAgencyBilling, { body: { ...full, legalName, version: 0 } }),
    ),
  )
  assert.deepEqual(answers.map((a) => a.statusCode).toSorted(), [200, 409])
  assert.equal(answers.find((a) => a.statusCode === 409)!.json().data.current.version, 1)
})

test('it is the owners’ alone', async () => {
  const agency = await makeAgency(t)
  const manager = await makeMember(t, agency, { role: 'manager' })
  assert.equal((await manager.browser.refusal(getAgencyBilling, {})).status, 403)
})
