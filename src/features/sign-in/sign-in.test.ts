import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { startTestApp, type TestApp } from '../../server/testing.ts'
import { operatorId } from '../../server/ids.ts'
import { makeAgency } from '../../server/testing-people.ts'
import { passwordHashChannel } from '../passwords/password-hash.ts'
import * as contract from './contract.ts'
import { goodPassword, makePlace, makeUser } from './testing.ts'

let t: TestApp
before(async () => {
  t = await startTestApp()
})
after(() => t.close())

const wrong = 'ce mot de passe est faux'

test('signs in by address, whatever its case, or by user name; signs out', async () => {
  const { agency, user, stranger } = await makePlace(t, 'entree', 'Lea@exemple.fr')
  await t.sql(
    `update realm_user set user_name = 'Admin', user_name_key = 'admin' where agency_id = $1 and id = $2`,
    [agency.id, user.userId],
  )
  for (const login of ['lea@EXEMPLE.fr', 'admin']) {
    assert.deepEqual(await stranger.call(contract.signIn, { body: { login, password: goodPassword } }), {
      next: 'done',
    })
    const me = await stranger.call(contract.getMe, {})
    assert.equal(me.user.name, user.name)
    assert.equal(me.member?.role, 'consultant')
    assert.ok(me.rights.includes('clients.create') && !me.rights.includes('members.invite'))
    await stranger.call(contract.signOut, {})
    assert.equal((await stranger.refusal(contract.getMe, {})).status, 401)
  }
  const [count] = await t.sql<{ n: number }>(
    `select count(*)::int as n from audit_event where agency_id = $1 and action = 'user.signed_in' and actor_user_id = $2`,
    [agency.id, user.userId],
  )
  assert.equal(count!.n, 2)
})

test('"remember" keeps the cookie 30 days; else it is the browser’s and ends after 12 h idle', async () => {
  const { stranger } = await makePlace(t, 'souvenir', 'a@exemple.fr')
  const kept = await stranger.send(contract.signIn, {
    body: { login: 'a@exemple.fr', password: goodPassword, remember: true },
  })
  const cookie = kept.cookies.find((c) => c.name === 'session')!
  assert.equal(cookie.maxAge, 30 * 86_400)
  assert.ok(cookie.httpOnly && cookie.sameSite === 'Lax')
  const other = t.browser('souvenir')
  const brief = await other.send(contract.signIn, { body: { login: 'a@exemple.fr', password: goodPassword } })
  assert.equal(brief.cookies.find((c) => c.name === 'session')!.maxAge, undefined)
  await t.advance({ hours: 12, seconds: 1 })
  assert.equal((await other.send(contract.getMe, {})).statusCode, 401)
  assert.equal((await stranger.send(contract.getMe, {})).statusCode, 200)
  await t.advance({ days: 30 })
  assert.equal((await stranger.send(contract.getMe, {})).statusCode, 401)
})

test('known and unknown logins get the same answer, after the same work', async () => {
  const { stranger } = await makePlace(t, 'egaux', 'connu@exemple.fr')
  const answers = []
  for (const login of ['connu@exemple.fr', 'inconnu@exemple.fr']) {
    let hashes = 0
    const count = () => (hashes += 1)
    passwordHashChannel.subscribe(count)
    const r = await stranger.send(contract.signIn, { body: { login, password: wrong } })
    passwordHashChannel.unsubscribe(count)
    answers.push({
      status: r.statusCode,
      length: r.body.length,
      body: { ...r.json(), requestId: '' },
      hashes,
    })
  }
  assert.deepEqual(answers[0], answers[1])
  assert.deepEqual([answers[0]!.status, answers[0]!.hashes], [401, 1])
})

test('five wrong passwords lock the login for 5 minutes, even for the right one (B53, B55)', async () => {
  const { stranger } = await makePlace(t, 'verrou', 'lea@exemple.fr')
  const signIn = (password: string, login = 'lea@exemple.fr') =>
    stranger.send(contract.signIn, { body: { login, password } })
  for (let left = 4; left >= 0; left -= 1) {
    const r = await signIn(wrong)
    assert.equal(r.statusCode, 401)
    assert.equal(r.json().data.left, left)
    assert.equal(r.json().data.retryAt !== null, left === 0)
  }
  const refused = await signIn(goodPassword)
  assert.equal(refused.statusCode, 429)
  assert.equal(refused.json().code, 'sign_in.locked')
  assert.ok(Number(refused.headers['retry-after']) > 290)
  await t.advance({ minutes: 4, seconds: 50 })
  assert.equal((await signIn(goodPassword)).statusCode, 429)
  await t.advance({ seconds: 11 })
  assert.equal((await signIn(goodPassword)).statusCode, 200)
  // A success starts the round anew.
  for (let i = 0; i < 4; i += 1) await signIn(wrong)
  assert.equal((await signIn(goodPassword)).statusCode, 200)
})

test('no more than 25 wrong passwords a day; right ones do not count', async () => {
  const { agency, stranger } = await makePlace(t, 'jour', 'lea@exemple.fr')
  const login = 'lea@exemple.fr'
  assert.equal(
    (await stranger.send(contract.signIn, { body: { login, password: goodPassword } })).statusCode,
    200,
  )
  // Four rounds earlier in the day, without computing a hundred hashes.
  await t.sql(`update sign_in_guard set day_failures = 24, failures = 0 where agency_id = $1`, [agency.id])
  const last = await stranger.send(contract.signIn, { body: { login, password: wrong } })
  assert.equal(last.json().data.left, 0)
  await t.advance({ minutes: 6 })
  // Read before the next attempt, which would move it to a new day.
  const [guard] = await t.sql<{ day: string }>(`select day::text from sign_in_guard where agency_id = $1`, [
    agency.id,
  ])
  const refused = await stranger.send(contract.signIn, { body: { login, password: goodPassword } })
  const [clock] = await t.sql<{ day: string }>(
    `select (now() + clock_offset)::date::text as day from installation`,
  )
  if (clock!.day === guard!.day) assert.equal(refused.statusCode, 429)
  await t.advance({ days: 1 })
  assert.equal(
    (await stranger.send(contract.signIn, { body: { login, password: goodPassword } })).statusCode,
    200,
  )
})

test('a hundred wrong passwords at once, from a hundred addresses, compute five hashes', async () => {
  const { stranger } = await makePlace(t, 'rafale', 'lea@exemple.fr')
  for (const login of ['lea@exemple.fr', 'personne@exemple.fr']) {
    let hashes = 0
    const count = () => (hashes += 1)
    passwordHashChannel.subscribe(count)
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, i) =>
        stranger.raw({
          method: 'POST',
          url: '/api/v1/sign-in',
          remoteAddress: `10.0.${i}.1`,
          headers: { 'x-forwarded-for': `192.0.2.${i}` },
          payload: { login, password: `${wrong} ${i}` },
        }),
      ),
    )
    passwordHashChannel.unsubscribe(count)
    assert.equal(hashes, 5)
    assert.equal(answers.filter((a) => a.statusCode === 401).length, 5)
    assert.equal(answers.filter((a) => a.statusCode === 429).length, 95)
  }
})

test('the same address in two agencies is two people; a cookie of one opens nothing in the other', async () => {
  const one = await makePlace(t, 'paris', 'lea@exemple.fr')
  const two = await makePlace(t, 'lyon', 'lea@exemple.fr')
  for (let i = 0; i < 5; i += 1)
    await one.stranger.send(contract.signIn, { body: { login: 'lea@exemple.fr', password: wrong } })
  // A lock in one place says and does nothing in the other.
  await two.stranger.call(contract.signIn, { body: { login: 'lea@exemple.fr', password: goodPassword } })
  const stolen = t.browser('paris')
  stolen.cookies = { ...two.stranger.cookies }
  assert.equal((await stolen.send(contract.getMe, {})).statusCode, 401)
})

test('signing in again ends the session this browser had', async () => {
  const { user, stranger } = await makePlace(t, 'encore', 'lea@exemple.fr')
  const body = { login: user.email, password: goodPassword }
  await stranger.call(contract.signIn, { body })
  const first = t.browser('encore')
  first.cookies = { ...stranger.cookies }
  await stranger.call(contract.signIn, { body })
  assert.equal((await first.send(contract.getMe, {})).statusCode, 401)
  assert.equal((await stranger.send(contract.getMe, {})).statusCode, 200)
})

test('an agency that is disabled lets nobody in, and everybody out', async () => {
  const { agency, user, stranger } = await makePlace(t, 'suspendue', 'lea@exemple.fr')
  const body = { login: user.email, password: goodPassword }
  await stranger.call(contract.signIn, { body })
  await t.sql(`update agency set state = 'disabled' where agency_id = $1`, [agency.id])
  assert.equal((await stranger.send(contract.getMe, {})).statusCode, 401)
  assert.equal((await stranger.refusal(contract.signIn, { body })).code, 'sign_in.disabled')
})

test('somebody disabled is told so with the right password only; open sessions end at once', async () => {
  const agency = await makeAgency(t, { slug: 'ferme' })
  const user = await makeUser(t, agency, 'lea@exemple.fr')
  const browser = t.browser('ferme')
  await browser.call(contract.signIn, { body: { login: user.email, password: goodPassword } })
  await t.sql(`update member set state = 'disabled' where agency_id = $1 and id = $2`, [
    agency.id,
    user.memberId,
  ])
  assert.equal((await browser.send(contract.getMe, {})).statusCode, 401)
  assert.equal(
    (await browser.refusal(contract.signIn, { body: { login: user.email, password: wrong } })).code,
    'sign_in.wrong',
  )
  assert.equal(
    (await browser.refusal(contract.signIn, { body: { login: user.email, password: goodPassword } })).code,
    'sign_in.disabled',
  )
})

test('a user of a hosted account of the same agency is nobody on the agency’s host', async () => {
  const { agency, user, stranger } = await makePlace(t, 'loge', 'lea@exemple.fr')
  await t.sql(
    `insert into realm_user (agency_id, id, realm_id, realm_kind, email, email_key, name, password_hash, created_at)
     select agency_id, gen_random_uuid(), gen_random_uuid(), 'hosted_account', 'heberge@exemple.fr', 'heberge@exemple.fr', 'Hébergé', password_hash, now()
     from realm_user where agency_id = $1 and id = $2`,
    [agency.id, user.userId],
  )
  assert.equal(
    (
      await stranger.refusal(contract.signIn, {
        body: { login: 'heberge@exemple.fr', password: goodPassword },
      })
    ).code,
    'sign_in.wrong',
  )
})

test('the operator’s staff sign in on the base host, and agencies’ users do not', async () => {
  const { user } = await makePlace(t, 'ailleurs', 'lea@exemple.fr')
  await t.sql(
    `insert into agency (agency_id, kind, name, slug, created_at) values ($1, 'operator', 'Canopée', 'canopee', now()) on conflict do nothing`,
    [operatorId],
  )
  await t.sql(
    `insert into realm_user (agency_id, id, realm_id, realm_kind, email, email_key, name, password_hash, created_at)
     select $1, gen_random_uuid(), $1, 'operator', 'equipe@canopee.example', 'equipe@canopee.example', 'Équipe', password_hash, now() from realm_user where id = $2`,
    [operatorId, user.userId],
  )
  const staff = t.browser()
  await staff.call(contract.signIn, { body: { login: 'equipe@canopee.example', password: goodPassword } })
  const me = await staff.call(contract.getMe, {})
  assert.deepEqual([me.member, me.agency, me.rights], [null, null, ['operator']])
  const refused = await t
    .browser()
    .refusal(contract.signIn, { body: { login: 'lea@exemple.fr', password: goodPassword } })
  assert.equal(refused.code, 'sign_in.wrong')
})

test('fields are named when something is missing', async () => {
  const { stranger } = await makePlace(t, 'champs', 'lea@exemple.fr')
  const refused = await stranger.refusal(contract.signIn, { body: { login: ' ', password: '' } })
  assert.equal(refused.status, 422)
  assert.deepEqual(Object.keys(refused.fields!).toSorted(), ['login', 'password'])
})
