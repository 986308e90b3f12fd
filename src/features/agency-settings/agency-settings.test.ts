import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { routes } from '../../app.ts'
import { holds, roles } from '../../contract/rights.ts'
import { queueMail } from '../../server/mail.ts'
import { runInTenant } from '../../server/run-in-tenant.ts'
import { startTestApp, type TestApp } from '../../server/testing.ts'
import { makeAgency, makeMember, type TestAgency } from '../../server/testing-people.ts'
import { getRealm } from '../agencies/contract.ts'
import { getHome } from '../home/contract.ts'
import { getAgency, updateAgency } from './contract.ts'

let t: TestApp
let agency: TestAgency
before(async () => {
  t = await startTestApp()
  agency = await makeAgency(t, { slug: 'reglages', name: 'Réglages' })
})
after(() => t.close())

test('an owner changes what is given and nothing else, and it shows before sign-in', async () => {
  const { browser } = agency.owner
  const before = await browser.call(getAgency, {})
  const after = await browser.call(updateAgency, {
    body: { version: before.version, brandColor: '#F5C518', supportEmail: 'aide@reglages.example' },
  })
  assert.deepEqual(
    { ...after, version: 0 },
    { ...before, version: 0, brandColor: '#f5c518', supportEmail: 'aide@reglages.example' },
  )
  assert.equal(after.version, before.version + 1)
  const realm = await t.browser('reglages').call(getRealm, {})
  assert.deepEqual([realm.brandColor, realm.supportEmail], ['#f5c518', 'aide@reglages.example'])
  const [event] = await t.sql<{ data: unknown }>(
    `select data from audit_event where agency_id = $1 and action = 'agency.updated'`,
    [agency.id],
  )
  assert.deepEqual(event?.data, {
    changes: { brandColor: ['#12694f', '#f5c518'], supportEmail: [null, 'aide@reglages.example'] },
  })
  assert.equal(
    (await browser.call(updateAgency, { body: { version: after.version, supportEmail: '' } })).supportEmail,
    null,
  )
})

test('of two who change at once the second gets the current settings back', async () => {
  const { browser } = agency.owner
  const { version } = await browser.call(getAgency, {})
  await browser.call(updateAgency, { body: { version, name: 'Premier' } })
  const late = await browser.refusal(updateAgency, { body: { version, name: 'Second' } })
  assert.deepEqual([late.status, late.code], [409, 'version.stale'])
  assert.equal((late.data!['current'] as { name: string }).name, 'Premier')
})

test('a change that changes nothing is neither counted nor recorded', async () => {
  const { browser } = agency.owner
  const before = await browser.call(getAgency, {})
  assert.deepEqual(
    await browser.call(updateAgency, { body: { version: before.version, name: before.name } }),
    before,
  )
})

test('wrong values are refused at their field', async () => {
  const { browser } = agency.owner
  const { version } = await browser.call(getAgency, {})
  const codeOf = async (change: Record<string, unknown>) => {
    const problem = await browser.refusal(updateAgency, { body: { version, ...change } as never })
    return problem.fields?.[Object.keys(change)[0]!]?.code
  }
  assert.equal(await codeOf({ name: '' }), 'field.required')
  assert.equal(await codeOf({ brandColor: 'red' }), 'settings.brand_color_malformed')
  assert.equal(await codeOf({ timeZone: '+02:00' }), 'field.time_zone')
  assert.equal(await codeOf({ country: 'ZZ' }), 'field.country')
  assert.equal(await codeOf({ supportEmail: 'nobody' }), 'field.email')
  assert.equal(await codeOf({ currency: 'USD' }), 'field.unknown')
  assert.equal(await codeOf({ slug: 'other' }), 'field.unknown')
  assert.equal(await codeOf({ locale: 'de' }), 'field.choice')
})

test('only owners see and change the settings', async () => {
  for (const role of roles.filter((r) => r !== 'owner')) {
    const { browser } = await makeMember(t, agency, { role })
    assert.equal((await browser.refusal(getAgency, {})).status, 403, role)
    assert.equal((await browser.refusal(updateAgency, { body: { version: 1 } })).status, 403, role)
  }
  assert.equal((await t.browser('reglages').refusal(getAgency, {})).status, 401)
})

test('answers to mails go to the support address', async () => {
  const other = await makeAgency(t, { slug: 'reponses' })
  const { version } = await other.owner.browser.call(getAgency, {})
  await other.owner.browser.call(updateAgency, { body: { version, supportEmail: 'aide@reponses.example' } })
  await runInTenant(t.app, { agencyId: other.id }, (ctx) =>
    queueMail(ctx, {
      kind: 'sign_in.confirm',
      to: { email: 'lea@exemple.fr' },
      locale: 'fr',
      body: { subject: 'Objet', title: 'Titre', paragraphs: ['Texte'] },
    }),
  )
  const [mail] = await t.sql(`select reply_to, from_name from mail where agency_id = $1`, [other.id])
  assert.deepEqual(mail, { reply_to: 'aide@reponses.example', from_name: 'Agence reponses' })
})

test('an advertiser has no client folders: their endpoints do not exist for it (A1)', async () => {
  const advertiser = await makeAgency(t, { slug: 'annonceur', kind: 'advertiser' })
  const closed = /^\/(clients|imports|assignments|client-)/
  let tried = 0
  for (const { endpoint } of routes) {
    if (!closed.test(endpoint.path) || !endpoint.realms.includes('agency')) continue
    tried += 1
    const path = endpoint.path.replaceAll(/:\w+/g, 'cli_019a0b5c7d2e7f00a1b2c3d4e5f60718')
    const response = await advertiser.owner.browser.raw({
      method: endpoint.method,
      url: `/api/v1${path}`,
      ...(endpoint.method !== 'GET' && { payload: {} }),
    })
    assert.equal(response.statusCode, 404, `${endpoint.name}: ${response.body}`)
    // An agency's owner does reach them: it is the account type that closes them, not the input.
    if (endpoint.may !== 'anyone' && endpoint.may !== 'signedIn')
      assert.ok(holds('owner', endpoint.may), endpoint.name)
  }
  assert.ok(tried > 5, `only ${tried} endpoints`)
  const home = await advertiser.owner.browser.call(getHome, {})
  assert.equal(home.clients, null)
  assert.deepEqual(
    home.startList?.map((s) => s.step),
    ['invite', 'brand'],
  )
})
