import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { getRealm } from '../features/agencies/contract.ts'
import { startTestApp, type TestApp } from './testing.ts'

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
  for (const host of ['localhost.evil.example', 'evil.example', 'localhost:3000:3000', 'loc%61lhost', 'localhost/evil', '[::1]', 'a.b.localhost', '.localhost', 'localhost@evil.example']) {
    const response = await t.browser().raw({ method: 'GET', url: '/api/v1/realm', headers: { host } })
    assert.equal(response.statusCode, 421, host)
  }
})

test('a write from another site is refused', async () => {
  const response = await t.browser().raw({ method: 'POST', url: '/api/v1/realm', headers: { origin: 'https://evil.example' } })
  assert.equal(response.statusCode, 404)
})

test('health is answered on any host', async () => {
  assert.equal((await t.browser('x').raw({ method: 'GET', url: '/healthz' })).statusCode, 200)
  assert.equal((await t.browser().raw({ method: 'GET', url: '/readyz' })).statusCode, 200)
  assert.equal((await t.browser().raw({ method: 'GET', url: '/metrics' })).statusCode, 401)
})
