import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { startTestApp, type TestApp } from '../../server/testing.ts'
import * as contract from './contract.ts'
import { goodPassword, linkInMail, makePlace } from './testing.ts'

let t: TestApp
before(async () => {
  t = await startTestApp()
})
after(() => t.close())

const newOne = 'quatre chaises au jardin'
const ask = (browser: ReturnType<TestApp['browser']>, login: string) =>
  browser.send(contract.requestPasswordReset, { body: { login } })

test('known and unknown logins are answered alike, and only the known one gets a mail', async () => {
  const { stranger } = await makePlace(t, 'oubli', 'lea@exemple.fr')
  const known = await ask(stranger, 'lea@exemple.fr')
  const unknown = await ask(stranger, 'personne@exemple.fr')
  assert.deepEqual([known.statusCode, known.body], [unknown.statusCode, unknown.body])
  assert.equal(known.statusCode, 202)
  assert.ok(await linkInMail(t, 'lea@exemple.fr', 'sign_in.reset'))
  const mails = await t.sql<{ from_name: string; text: string }>(
    `select from_name, text from mail where kind = 'sign_in.reset'`,
  )
  assert.equal(mails.length, 1)
  // In the agency's name, to the canonical host.
  assert.equal(mails[0]!.from_name, 'Agence oubli')
  assert.match(mails[0]!.text, /http:\/\/oubli\.localhost:3000\/reinitialiser#jeton=/)
})

test('a reset ends every session, lifts the lock, voids the old password and signs in', async () => {
  const { user, stranger } = await makePlace(t, 'remise', 'lea@exemple.fr')
  const other = t.browser('remise')
  await other.call(contract.signIn, { body: { login: user.email, password: goodPassword } })
  for (let i = 0; i < 5; i += 1)
    await stranger.send(contract.signIn, { body: { login: user.email, password: 'toujours faux' } })
  await ask(stranger, user.email)
  const token = (await linkInMail(t, user.email, 'sign_in.reset'))!
  assert.equal((await stranger.call(contract.readResetLink, { body: { token } })).email, user.email)
  const weak = await stranger.refusal(contract.completePasswordReset, {
    body: { token, password: 'motdepasse123' },
  })
  assert.equal(weak.fields!['password']!.code, 'password.common')
  assert.deepEqual(
    await stranger.call(contract.completePasswordReset, { body: { token, password: newOne } }),
    { next: 'done' },
  )
  assert.equal((await stranger.call(contract.getMe, {})).user.email, user.email)
  assert.equal((await other.send(contract.getMe, {})).statusCode, 401)
  assert.equal((await user.browser.send(contract.getMe, {})).statusCode, 401)
  assert.equal(
    (await other.refusal(contract.signIn, { body: { login: user.email, password: goodPassword } })).code,
    'sign_in.wrong',
  )
  await other.call(contract.signIn, { body: { login: user.email, password: newOne } })
  // Replayed: 410.
  assert.equal(
    (await stranger.send(contract.completePasswordReset, { body: { token, password: newOne } })).statusCode,
    410,
  )
  assert.equal((await stranger.send(contract.readResetLink, { body: { token } })).statusCode, 410)
})

test('a link is spent after 30 minutes, by a newer one, and in another realm', async () => {
  const { user, stranger } = await makePlace(t, 'temps', 'lea@exemple.fr')
  const elsewhere = await makePlace(t, 'voisin', 'lea@exemple.fr')
  await ask(stranger, user.email)
  const first = (await linkInMail(t, user.email, 'sign_in.reset'))!
  await ask(stranger, user.email)
  const second = (await linkInMail(t, user.email, 'sign_in.reset'))!
  assert.notEqual(first, second)
  const read = async (token: string, browser = stranger) =>
    (await browser.send(contract.readResetLink, { body: { token } })).statusCode
  assert.equal(await read(first), 410)
  assert.equal(await read(second, elsewhere.stranger), 410)
  assert.equal(
    (
      await elsewhere.stranger.send(contract.completePasswordReset, {
        body: { token: second, password: newOne },
      })
    ).statusCode,
    410,
  )
  assert.equal(await read('pas-un-jeton'), 410)
  await t.advance({ minutes: 29 })
  assert.equal(await read(second), 200)
  await t.advance({ minutes: 1, seconds: 1 })
  assert.equal(await read(second), 410)
})

test('of many callers at once with one link, one sets the password', async () => {
  const { user, stranger } = await makePlace(t, 'course', 'lea@exemple.fr')
  await ask(stranger, user.email)
  const token = (await linkInMail(t, user.email, 'sign_in.reset'))!
  const answers = await Promise.all(
    Array.from({ length: 10 }, () =>
      t.browser('course').send(contract.completePasswordReset, { body: { token, password: newOne } }),
    ),
  )
  assert.deepEqual(answers.map((a) => a.statusCode).toSorted(), [
    200,
    ...Array.from({ length: 9 }, () => 410),
  ])
})

test('nobody is flooded, invited or disabled users get nothing, and their links are void', async () => {
  const { agency, user, stranger } = await makePlace(t, 'calme', 'lea@exemple.fr')
  for (let i = 0; i < 8; i += 1) await ask(stranger, user.email)
  const token = (await linkInMail(t, user.email, 'sign_in.reset'))!
  const [mails] = await t.sql<{ n: number }>(`select count(*)::int as n from mail where agency_id = $1`, [
    agency.id,
  ])
  assert.equal(mails!.n, 5)
  await t.sql(`update member set state = 'disabled' where agency_id = $1 and id = $2`, [
    agency.id,
    user.memberId,
  ])
  assert.equal((await stranger.send(contract.readResetLink, { body: { token } })).statusCode, 410)
  assert.equal(
    (await stranger.send(contract.completePasswordReset, { body: { token, password: newOne } })).statusCode,
    410,
  )
  await t.advance({ hours: 2 })
  await ask(stranger, user.email)
  await t.runJobs()
  const [after2] = await t.sql<{ n: number }>(`select count(*)::int as n from mail where agency_id = $1`, [
    agency.id,
  ])
  assert.equal(after2!.n, 5)
})

test('the base host’s Host header cannot bend the link', async () => {
  const { user, stranger } = await makePlace(t, 'hote', 'lea@exemple.fr')
  await stranger.raw({
    method: 'POST',
    url: '/api/v1/password-resets',
    payload: { login: user.email },
    headers: { host: 'hote.localhost:9999', 'x-forwarded-host': 'evil.example' },
  })
  await t.runJobs()
  const [mail] = await t.sql<{ html: string; text: string }>(
    `select html, text from mail where to_email = $1 order by id desc limit 1`,
    [user.email],
  )
  assert.match(mail!.text, /http:\/\/hote\.localhost:3000\//)
  assert.doesNotMatch(mail!.html + mail!.text, /evil|9999/)
})
