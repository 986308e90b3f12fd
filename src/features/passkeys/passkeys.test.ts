import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { startTestApp, type Browser, type TestApp } from '../../server/testing.ts'
import * as signIn from '../sign-in/contract.ts'
import { goodPassword, makePlace } from '../sign-in/testing.ts'
import * as contract from './contract.ts'
import { SoftAuthenticator } from './testing.ts'

let t: TestApp
before(async () => {
  t = await startTestApp()
})
after(() => t.close())

async function register(browser: Browser, key: SoftAuthenticator, name = 'Ordinateur') {
  const { ticket, options } = await browser.call(contract.beginPasskey, {
    body: { currentPassword: goodPassword },
  })
  return browser.call(contract.addPasskey, { body: { ticket, name, credential: key.register(options) } })
}

async function enterWith(browser: Browser, key: SoftAuthenticator) {
  const { ticket, options } = await browser.call(contract.beginPasskeySignIn, {})
  return browser.send(contract.signInWithPasskey, {
    body: { ticket, credential: key.answer(options), remember: true },
  })
}

test('register with the password, sign in without it, past the lock and for both factors', async () => {
  const { user, stranger } = await makePlace(t, 'cle', 'lea@exemple.fr')
  const key = new SoftAuthenticator('http://cle.localhost:3000')
  assert.equal(
    (await user.browser.refusal(contract.beginPasskey, { body: { currentPassword: 'faux' } })).status,
    422,
  )
  await register(user.browser, key)
  await t.sql(
    `update realm_user set totp_secret = 'x', totp_confirmed_at = now() where agency_id = $1 and id = $2`,
    [user.agencyId, user.userId],
  )
  for (let i = 0; i < 5; i += 1)
    await stranger.send(signIn.signIn, { body: { login: user.email, password: 'toujours faux' } })
  assert.equal(
    (await stranger.send(signIn.signIn, { body: { login: user.email, password: goodPassword } })).statusCode,
    429,
  )
  const entered = await enterWith(stranger, key)
  assert.equal(entered.statusCode, 200, entered.body)
  assert.equal(entered.cookies[0]!.maxAge, 30 * 86_400)
  assert.equal((await stranger.call(signIn.getMe, {})).user.email, user.email)
  assert.ok((await stranger.call(contract.listPasskeys, {})).data[0]!.lastUsedAt !== null)
})

test('an answer works once, within 5 minutes, and only to its own challenge', async () => {
  const { user, stranger } = await makePlace(t, 'defi', 'lea@exemple.fr')
  const key = new SoftAuthenticator('http://defi.localhost:3000')
  await register(user.browser, key)
  const { ticket, options } = await stranger.call(contract.beginPasskeySignIn, {})
  const credential = key.answer(options)
  assert.equal(
    (await stranger.send(contract.signInWithPasskey, { body: { ticket, credential } })).statusCode,
    200,
  )
  assert.equal(
    (await stranger.send(contract.signInWithPasskey, { body: { ticket, credential } })).statusCode,
    410,
  )
  const other = await stranger.call(contract.beginPasskeySignIn, {})
  assert.equal(
    (await stranger.refusal(contract.signInWithPasskey, { body: { ticket: other.ticket, credential } })).code,
    'passkey.unknown',
  )
  const late = await stranger.call(contract.beginPasskeySignIn, {})
  await t.advance({ minutes: 5, seconds: 1 })
  assert.equal(
    (
      await stranger.send(contract.signInWithPasskey, {
        body: { ticket: late.ticket, credential: key.answer(late.options) },
      })
    ).statusCode,
    410,
  )
})

test('refused: another origin, another host, a holder not verified, a counter gone back, a stranger’s key', async () => {
  const { user, stranger } = await makePlace(t, 'refus', 'lea@exemple.fr')
  const voisin = await makePlace(t, 'refusvoisin', 'lea@exemple.fr')
  const key = new SoftAuthenticator('http://refus.localhost:3000')
  await register(user.browser, key)
  assert.equal((await enterWith(voisin.stranger, key)).statusCode, 401)
  const phished = new SoftAuthenticator('http://refus.localhost.evil.example')
  const begun = await user.browser.call(contract.beginPasskey, { body: { currentPassword: goodPassword } })
  const refused = await user.browser.refusal(contract.addPasskey, {
    body: { ticket: begun.ticket, name: 'Piège', credential: phished.register(begun.options) },
  })
  assert.equal(refused.code, 'passkey.refused')
  key.verifies = false
  assert.equal((await enterWith(stranger, key)).statusCode, 401)
  key.verifies = true
  key.counter = 0
  await t.sql(`update passkey set counter = 50 where agency_id = $1`, [user.agencyId])
  assert.equal((await enterWith(stranger, key)).statusCode, 401)
  assert.equal(
    (await enterWith(stranger, new SoftAuthenticator('http://refus.localhost:3000'))).statusCode,
    401,
  )
  key.counter = 60
  assert.equal((await enterWith(stranger, key)).statusCode, 200)
})

test('a ticket of somebody else registers nothing', async () => {
  const { agency, user } = await makePlace(t, 'volee', 'lea@exemple.fr')
  const { ticket, options } = await user.browser.call(contract.beginPasskey, {
    body: { currentPassword: goodPassword },
  })
  const key = new SoftAuthenticator('http://volee.localhost:3000')
  assert.equal(
    (
      await agency.owner.browser.send(contract.addPasskey, {
        body: { ticket, name: 'À moi', credential: key.register(options) },
      })
    ).statusCode,
    410,
  )
})

test('rename and remove one’s own; somebody else’s is 404; a removed key opens nothing', async () => {
  const { agency, user, stranger } = await makePlace(t, 'liste', 'lea@exemple.fr')
  const key = new SoftAuthenticator('http://liste.localhost:3000')
  const { id } = await register(user.browser, key)
  assert.equal(
    (await user.browser.call(contract.renamePasskey, { params: { id }, body: { name: 'Téléphone' } })).name,
    'Téléphone',
  )
  assert.equal(
    (await agency.owner.browser.send(contract.renamePasskey, { params: { id }, body: { name: 'Autre' } }))
      .statusCode,
    404,
  )
  await user.browser.call(contract.removePasskey, { params: { id }, body: { currentPassword: goodPassword } })
  assert.deepEqual((await user.browser.call(contract.listPasskeys, {})).data, [])
  assert.equal((await enterWith(stranger, key)).statusCode, 401)
  assert.equal(
    (
      await user.browser.send(contract.removePasskey, {
        params: { id },
        body: { currentPassword: goodPassword },
      })
    ).statusCode,
    404,
  )
})

test('somebody disabled does not enter with a passkey either', async () => {
  const { agency, user, stranger } = await makePlace(t, 'eteint', 'lea@exemple.fr')
  const key = new SoftAuthenticator('http://eteint.localhost:3000')
  await register(user.browser, key)
  await t.sql(`update member set state = 'disabled' where agency_id = $1 and id = $2`, [
    agency.id,
    user.memberId,
  ])
  const refused = await enterWith(stranger, key)
  assert.deepEqual([refused.statusCode, refused.json().code], [403, 'sign_in.disabled'])
})
