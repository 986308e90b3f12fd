import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { toPublicId } from '../contract/ids.ts'
import { getRealm } from '../features/agencies/contract.ts'
import { startTestApp, type TestApp } from './testing.ts'
import { makeAgency } from './testing-people.ts'

let t: TestApp
before(async () => {
  t = await startTestApp()
})
after(() => t.close())

test('the base host answers, an unknown host is 421', async () => {
  const realm = await t.browser().call(getRealm, {})
  assert.equal(realm.kind, 'operator')
  assert.equal(realm.emptyInstallation, true)
  const stranger = await t.browser('personne').raw({ method: 'GET', url: '/api/v1/realm' })
  assert.equal(stranger.statusCode, 421)
  assert.equal(stranger.json().code, 'host.unknown')
})

test('host header variants never reach a realm of another name', async () => {
  for (const host of [
    'localhost.evil.example',
    'evil.example',
    'localhost:3000:3000',
    'loc%61lhost',
    'localhost/evil',
    '[::1]',
    'a.b.localhost',
    '.localhost',
    'localhost@evil.example',
  ]) {
    const response = await t.browser().raw({ method: 'GET', url: '/api/v1/realm', headers: { host } })
    assert.equal(response.statusCode, 421, host)
  }
})

test('a write from another site is refused', async () => {
  const write = (headers: Record<string, string>) =>
    t.browser().raw({
      method: 'POST',
      url: '/api/v1/sign-in',
      headers,
      payload: { login: 'a@exemple.fr', password: 'faux' },
    })
  const foreign: Record<string, string>[] = [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ]
  for (const headers of foreign) {
    const response = await write(headers)
    assert.deepEqual(
      [response.statusCode, response.json().code],
      [403, 'origin.foreign'],
      JSON.stringify(headers),
    )
  }
  assert.equal(
    (await write({ origin: 'http://localhost:3000', 'sec-fetch-site': 'same-origin' })).statusCode,
    401,
  )
})

test('an address that invents cookies still has a limit', async () => {
  const strict = await startTestApp({ RATE_LIMIT: '2' })
  const ask = (cookie: string) =>
    strict.browser().raw({ method: 'GET', url: '/api/v1/realm', cookies: { session: cookie } })
  const statuses = []
  for (let i = 0; i < 21; i += 1) statuses.push((await ask(`invented-${i}`)).statusCode)
  assert.deepEqual([statuses.filter((s) => s === 200).length, statuses.at(-1)], [20, 429])
  await strict.close()
})

test('health is answered on any host', async () => {
  assert.equal((await t.browser('x').raw({ method: 'GET', url: '/healthz' })).statusCode, 200)
  assert.equal((await t.browser().raw({ method: 'GET', url: '/readyz' })).statusCode, 200)
  assert.equal((await t.browser().raw({ method: 'GET', url: '/metrics' })).statusCode, 401)
})

test('what no database takes is refused, never an error of ours', async () => {
  const agency = await makeAgency(t)
  const { browser } = agency.owner
  const get = async (path: string) => (await browser.raw({ method: 'GET', url: `/api/v1${path}` })).statusCode
  const paths = [
    '/clients?q=a%00b',
    '/client-choices?q=%00',
    '/audit-events?q=%00',
    '/audit-events?action=%00',
    '/clients?createdFrom=0000-01-01',
    '/audit-events?from=0001-01-01',
  ]
  for (const path of paths) assert.equal(await get(path), 422, path)
  const login = await browser.raw({
    method: 'POST',
    url: '/api/v1/sign-in',
    payload: { login: 'a\0b', password: 'x' },
  })
  assert.equal(login.json().fields.login.code, 'field.control_characters')
  const forged = Buffer.from('["a","b"]').toString('base64url')
  for (const path of ['/access-sessions', `/members/${toPublicId('member', agency.owner.memberId)}/sight`])
    assert.equal(await get(`${path}?cursor=${forged}`), 422, path)
})

test('what is dear may be called a few times a minute from one address', async () => {
  const slow = await startTestApp({ RATE_LIMIT: '300' })
  const { findMyAgency } = await import('../features/agencies/contract.ts')
  const codes: number[] = []
  for (let i = 0; i < 5; i++)
    codes.push((await slow.browser().send(findMyAgency, { body: { email: `a${i}@exemple.fr` } })).statusCode)
  assert.deepEqual(
    codes.slice(0, 3).filter((c) => c === 429),
    [],
  )
  assert.deepEqual(codes.slice(3), [429, 429])
  await slow.close()
})
