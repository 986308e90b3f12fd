import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { startTestApp, type Browser, type TestApp } from '../../server/testing.ts'
import { keyedHash } from '../../server/keys.ts'
import * as signIn from '../sign-in/contract.ts'
import { goodPassword, linkInMail, makePlace } from '../sign-in/testing.ts'
import * as contract from './contract.ts'
import { describeDevice } from './device.ts'

let t: TestApp
before(async () => {
  t = await startTestApp()
})
after(() => t.close())

const newOne = 'quatre chaises au jardin'

async function signedIn(slug: string, email: string): Promise<Browser> {
  const browser = t.browser(slug)
  await browser.call(signIn.signIn, { body: { login: email, password: goodPassword } })
  return browser
}

test('changes what is given of the profile, and nothing else', async () => {
  const { user } = await makePlace(t, 'moi', 'lea@exemple.fr')
  await user.browser.call(contract.updateProfile, {
    body: { name: 'Léa Duval', locale: 'es', theme: 'dark', shortcuts: false, timeZone: 'Asia/Tokyo' },
  })
  await user.browser.call(contract.updateProfile, { body: { locale: null } })
  const me = await user.browser.call(signIn.getMe, {})
  assert.deepEqual(me.user.name, 'Léa Duval')
  assert.deepEqual(
    [me.user.locale, me.user.theme, me.user.shortcuts, me.user.timeZone],
    [null, 'dark', false, 'Asia/Tokyo'],
  )
  const refused = await user.browser.refusal(contract.updateProfile, {
    body: { name: ' ', timeZone: 'Lune/Mer' },
  })
  assert.deepEqual(Object.keys(refused.fields!), ['name', 'timeZone'])
  const [event] = await t.sql<{ data: unknown }>(
    `select data from audit_event where agency_id = $1 and action = 'user.renamed'`,
    [user.agencyId],
  )
  assert.deepEqual(event!.data, { before: user.name, after: 'Léa Duval' })
})

test('a change of password asks for the current one, ends the other sessions and is told by mail', async () => {
  const { user } = await makePlace(t, 'change', 'lea@exemple.fr')
  const here = await signedIn('change', user.email)
  const wrong = await here.refusal(contract.changePassword, {
    body: { currentPassword: 'pas le bon', password: newOne },
  })
  assert.equal(wrong.fields!['currentPassword']!.code, 'sign_in.password_wrong')
  const personal = await here.refusal(contract.changePassword, {
    body: { currentPassword: goodPassword, password: 'agencechange12' },
  })
  assert.equal(personal.fields!['password']!.code, 'password.personal')
  assert.deepEqual(
    await here.call(contract.changePassword, { body: { currentPassword: goodPassword, password: newOne } }),
    { endedSessions: 1 },
  )
  assert.equal((await here.send(signIn.getMe, {})).statusCode, 200)
  assert.equal((await user.browser.send(signIn.getMe, {})).statusCode, 401)
  const [mail] = await t.sql<{ subject: string }>(
    `select subject from mail where agency_id = $1 and kind = 'sign_in.security'`,
    [user.agencyId],
  )
  assert.equal(mail!.subject, 'Votre mot de passe a changé')
  const stranger = t.browser('change')
  assert.equal(
    (await stranger.send(signIn.signIn, { body: { login: user.email, password: goodPassword } })).statusCode,
    401,
  )
  assert.equal(
    (await stranger.send(signIn.signIn, { body: { login: user.email, password: newOne } })).statusCode,
    200,
  )
})

test('a session left open cannot be used to guess the password', async () => {
  const { user } = await makePlace(t, 'devine', 'lea@exemple.fr')
  for (let i = 0; i < 5; i += 1)
    await user.browser.send(contract.changePassword, {
      body: { currentPassword: `faux ${i}`, password: newOne },
    })
  const locked = await user.browser.refusal(contract.changePassword, {
    body: { currentPassword: goodPassword, password: newOne },
  })
  assert.equal(locked.code, 'sign_in.locked')
})

test('another address takes effect by the link mailed to it; both are told', async () => {
  const { agency, user, stranger } = await makePlace(t, 'adresse', 'lea@exemple.fr')
  const ask = (email: string) =>
    user.browser.call(contract.requestEmailChange, { body: { email, currentPassword: goodPassword } })
  await ask('lea.neuve@exemple.fr')
  const token = (await linkInMail(t, 'lea.neuve@exemple.fr', 'sign_in.new_address'))!
  const profile = await user.browser.call(contract.getProfile, {})
  assert.deepEqual([profile.email, profile.pendingEmail], ['lea@exemple.fr', 'lea.neuve@exemple.fr'])
  // Opened where nobody is signed in.
  assert.deepEqual(await stranger.call(signIn.confirmEmail, { body: { token } }), {
    email: 'lea.neuve@exemple.fr',
    changed: true,
  })
  assert.equal((await stranger.send(signIn.confirmEmail, { body: { token } })).statusCode, 410)
  assert.equal(
    (await stranger.send(signIn.signIn, { body: { login: 'lea@exemple.fr', password: goodPassword } }))
      .statusCode,
    401,
  )
  assert.equal(
    (await stranger.send(signIn.signIn, { body: { login: 'lea.neuve@exemple.fr', password: goodPassword } }))
      .statusCode,
    200,
  )
  const mails = await t.sql<{ kind: string }>(
    `select kind from mail where agency_id = $1 and to_email = 'lea@exemple.fr' order by id`,
    [agency.id],
  )
  assert.deepEqual(
    mails.map((m) => m.kind),
    ['sign_in.address_change_asked', 'sign_in.address_changed'],
  )
  const directory = async (email: string) =>
    (
      await t.sql(`select from email_directory where agency_id = $1 and email_hash = $2`, [
        agency.id,
        keyedHash(t.app.config.secret, 'email-directory', email),
      ])
    ).length
  assert.deepEqual([await directory('lea@exemple.fr'), await directory('lea.neuve@exemple.fr')], [0, 1])
})

test('asking for an address that is somebody else’s looks the same, and leads nowhere', async () => {
  const { agency, user } = await makePlace(t, 'prise', 'lea@exemple.fr')
  const body = (email: string) => ({ body: { email, currentPassword: goodPassword } })
  const free = await user.browser.send(contract.requestEmailChange, body('libre@exemple.fr'))
  const taken = await user.browser.send(contract.requestEmailChange, body(agency.owner.email))
  assert.deepEqual([free.statusCode, free.body], [taken.statusCode, taken.body])
  assert.equal(await linkInMail(t, agency.owner.email, 'sign_in.address_taken'), undefined)
  const [mail] = await t.sql<{ n: number }>(
    `select count(*)::int as n from mail where to_email = $1 and kind = 'sign_in.address_taken'`,
    [agency.owner.email],
  )
  assert.equal(mail!.n, 1)
  const same = await user.browser.refusal(contract.requestEmailChange, body('LEA@exemple.fr'))
  assert.equal(same.fields!['email']!.code, 'profile.email.same')
})

test('an address taken between asking and confirming is refused, and nothing changes', async () => {
  const { agency, user } = await makePlace(t, 'entretemps', 'lea@exemple.fr')
  await user.browser.call(contract.requestEmailChange, {
    body: { email: 'vite@exemple.fr', currentPassword: goodPassword },
  })
  const token = (await linkInMail(t, 'vite@exemple.fr', 'sign_in.new_address'))!
  await t.sql(
    `update realm_user set email = 'vite@exemple.fr', email_key = 'vite@exemple.fr' where agency_id = $1 and id = $2`,
    [agency.id, agency.owner.userId],
  )
  assert.equal((await user.browser.refusal(signIn.confirmEmail, { body: { token } })).code, 'email.taken')
  assert.equal((await user.browser.call(signIn.getMe, {})).user.email, 'lea@exemple.fr')
})

test('a change can be withdrawn; a link runs out after 24 hours', async () => {
  const { user } = await makePlace(t, 'retrait', 'lea@exemple.fr')
  const ask = () =>
    user.browser.call(contract.requestEmailChange, {
      body: { email: 'autre@exemple.fr', currentPassword: goodPassword },
    })
  await ask()
  const withdrawn = (await linkInMail(t, 'autre@exemple.fr', 'sign_in.new_address'))!
  await user.browser.call(contract.cancelEmailChange, {})
  assert.equal((await user.browser.send(signIn.confirmEmail, { body: { token: withdrawn } })).statusCode, 410)
  assert.equal((await user.browser.call(contract.getProfile, {})).pendingEmail, null)
  await ask()
  const late = (await linkInMail(t, 'autre@exemple.fr', 'sign_in.new_address'))!
  await t.advance({ hours: 11 })
  assert.equal((await user.browser.call(contract.getProfile, {})).pendingEmail, 'autre@exemple.fr')
  await t.advance({ hours: 13, seconds: 1 })
  assert.equal((await user.browser.send(signIn.confirmEmail, { body: { token: late } })).statusCode, 410)
})

test('the address of sign-up is confirmed by its link, which can be sent again', async () => {
  const { agency, user } = await makePlace(t, 'preuve', 'lea@exemple.fr')
  await t.sql(`update realm_user set email_confirmed_at = null where agency_id = $1 and id = $2`, [
    agency.id,
    user.userId,
  ])
  assert.equal((await user.browser.call(signIn.getMe, {})).user.emailConfirmed, false)
  await user.browser.call(contract.resendEmailConfirmation, {})
  const first = (await linkInMail(t, user.email, 'sign_in.confirm'))!
  await user.browser.call(contract.resendEmailConfirmation, {})
  const second = (await linkInMail(t, user.email, 'sign_in.confirm'))!
  assert.equal((await user.browser.send(signIn.confirmEmail, { body: { token: first } })).statusCode, 410)
  assert.deepEqual(await user.browser.call(signIn.confirmEmail, { body: { token: second } }), {
    email: user.email,
    changed: false,
  })
  assert.equal((await user.browser.call(signIn.getMe, {})).user.emailConfirmed, true)
  assert.equal(
    (await user.browser.refusal(contract.resendEmailConfirmation, {})).code,
    'email.already_confirmed',
  )
})

test('lists one’s own sessions, ends one or all the others; somebody else’s is 404', async () => {
  const { agency, user } = await makePlace(t, 'sessions', 'lea@exemple.fr')
  const laptop = t.browser('sessions')
  await laptop.raw({
    method: 'POST',
    url: '/api/v1/sign-in',
    payload: { login: user.email, password: goodPassword },
    headers: {
      'user-agent': 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0',
    },
    remoteAddress: '192.0.2.7',
  })
  const phone = await signedIn('sessions', user.email)
  const { data } = await laptop.call(contract.listSessions, {})
  assert.equal(data.length, 3)
  assert.deepEqual(
    { ...data[0], id: '', createdAt: '', lastSeenAt: '' },
    {
      id: '',
      current: true,
      browser: 'Firefox',
      system: 'Windows',
      mobile: false,
      ip: '192.0.2.7',
      method: 'password',
      createdAt: '',
      lastSeenAt: '',
    },
  )
  const theirs = (await agency.owner.browser.call(contract.listSessions, {})).data[0]!
  assert.equal((await laptop.send(contract.revokeSession, { params: { id: theirs.id } })).statusCode, 404)
  const ofPhone = (await phone.call(contract.listSessions, {})).data[0]!
  await laptop.call(contract.revokeSession, { params: { id: ofPhone.id } })
  assert.equal((await phone.send(signIn.getMe, {})).statusCode, 401)
  assert.deepEqual(await laptop.call(contract.revokeOtherSessions, {}), { ended: 1 })
  assert.equal((await user.browser.send(signIn.getMe, {})).statusCode, 401)
  assert.equal((await agency.owner.browser.send(signIn.getMe, {})).statusCode, 200)
  assert.equal((await laptop.call(contract.listSessions, {})).data.length, 1)
})

test('says what device a session is on', () => {
  const device = (agent: string | null) => Object.values(describeDevice(agent)).join(' ')
  assert.equal(
    device(
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15',
    ),
    'Safari macOS false',
  )
  assert.equal(
    device(
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/130.0 Mobile/15E148 Safari/604.1',
    ),
    'Chrome iPhone true',
  )
  assert.equal(
    device(
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36 Edg/130.0',
    ),
    'Edge Windows false',
  )
  assert.equal(
    device(
      'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36',
    ),
    'Chrome Android true',
  )
  assert.equal(device('curl/8'), '  false')
  assert.equal(device(null), '  false')
})
