import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { Secret, TOTP } from 'otpauth'
import { startTestApp, type Browser, type TestApp } from '../../server/testing.ts'
import * as signIn from '../sign-in/contract.ts'
import { goodPassword, linkInMail, makePlace } from '../sign-in/testing.ts'
import * as contract from './contract.ts'

let t: TestApp
before(async () => {
  t = await startTestApp()
})
after(() => t.close())

/** What the application on a telephone shows, at the installation's time. */
async function codeOf(secret: string): Promise<string> {
  const [clock] = await t.sql<{ ms: number }>(
    `select (extract(epoch from now() + clock_offset) * 1000)::float8 as ms from installation`,
  )
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: clock!.ms })
}

/** Turns the second factor on; time then moves on, so that the first code is past. */
async function enable(browser: Browser): Promise<{ secret: string; recoveryCodes: string[] }> {
  const { secret } = await browser.call(contract.beginTotp, { body: { currentPassword: goodPassword } })
  const { recoveryCodes } = await browser.call(contract.confirmTotp, { body: { code: await codeOf(secret) } })
  await t.advance({ seconds: 60 })
  return { secret, recoveryCodes }
}

async function ticketFor(browser: Browser, login: string): Promise<string> {
  const step = await browser.call(signIn.signIn, { body: { login, password: goodPassword, remember: true } })
  assert.equal(step.next, 'secondFactor')
  return step.next === 'secondFactor' ? step.ticket : ''
}

test('set up with the password and a first code; nothing is asked for before it is confirmed', async () => {
  const { user, stranger } = await makePlace(t, 'totp', 'lea@exemple.fr')
  assert.equal(
    (await user.browser.refusal(contract.beginTotp, { body: { currentPassword: 'faux' } })).fields![
      'currentPassword'
    ]!.code,
    'sign_in.password_wrong',
  )
  assert.equal(
    (await user.browser.refusal(contract.confirmTotp, { body: { code: '123456' } })).code,
    'second_factor.not_begun',
  )
  const begun = await user.browser.call(contract.beginTotp, { body: { currentPassword: goodPassword } })
  assert.match(begun.qrCode, /^data:image\/png;base64,/)
  assert.match(begun.uri, /^otpauth:\/\/totp\/Agence%20totp:lea%40exemple\.fr\?/)
  const [row] = await t.sql<{ totp_secret: string }>(
    `select totp_secret from realm_user where agency_id = $1 and id = $2`,
    [user.agencyId, user.userId],
  )
  assert.ok(!row!.totp_secret.includes(begun.secret))
  assert.equal(
    (await user.browser.refusal(contract.confirmTotp, { body: { code: '000000' } })).fields!['code']!.code,
    'second_factor.code_wrong',
  )
  assert.deepEqual(
    await stranger.call(signIn.signIn, { body: { login: user.email, password: goodPassword } }),
    { next: 'done' },
  )
  const { recoveryCodes } = await user.browser.call(contract.confirmTotp, {
    body: { code: await codeOf(begun.secret) },
  })
  assert.equal(new Set(recoveryCodes).size, 10)
  const state = await user.browser.call(contract.getSecondFactor, {})
  assert.ok(state.enabledAt !== null && state.recoveryCodesLeft === 10)
  assert.equal(
    (await user.browser.refusal(contract.beginTotp, { body: { currentPassword: goodPassword } })).code,
    'second_factor.already_on',
  )
})

test('the right password is not enough; a code works once, of many calls at once for one', async () => {
  const { user } = await makePlace(t, 'deux', 'lea@exemple.fr')
  const { secret } = await enable(user.browser)
  const code = await codeOf(secret)
  const browsers = Array.from({ length: 4 }, () => t.browser('deux'))
  const tickets: string[] = []
  for (const b of browsers) tickets.push(await ticketFor(b, user.email))
  assert.equal((await browsers[0]!.send(signIn.getMe, {})).statusCode, 401)
  const answers = await Promise.all(
    browsers.map((b, i) => b.send(signIn.completeSecondFactor, { body: { ticket: tickets[i]!, code } })),
  )
  assert.deepEqual(answers.map((a) => a.statusCode).toSorted(), [200, 422, 422, 422])
  const winner = answers.findIndex((a) => a.statusCode === 200)
  assert.equal(answers[winner]!.cookies[0]!.maxAge, 30 * 86_400)
  assert.equal((await browsers[winner]!.send(signIn.getMe, {})).statusCode, 200)
  // The ticket is spent too.
  assert.equal(
    (await browsers[winner]!.send(signIn.completeSecondFactor, { body: { ticket: tickets[winner]!, code } }))
      .statusCode,
    410,
  )
})

test('five wrong codes lock the factor for 5 minutes, whatever the number of tickets', async () => {
  const { user } = await makePlace(t, 'codes', 'lea@exemple.fr')
  const { secret } = await enable(user.browser)
  const stranger = t.browser('codes')
  for (let i = 0; i < 5; i += 1) {
    const wrong = await stranger.refusal(signIn.completeSecondFactor, {
      body: { ticket: await ticketFor(stranger, user.email), code: '000000' },
    })
    assert.equal(wrong.fields!['code']!.code, 'sign_in.code_wrong')
  }
  const ticket = await ticketFor(stranger, user.email)
  assert.equal(
    (await stranger.refusal(signIn.completeSecondFactor, { body: { ticket, code: await codeOf(secret) } }))
      .code,
    'sign_in.locked',
  )
  await t.advance({ minutes: 5, seconds: 1 })
  await stranger.call(signIn.completeSecondFactor, { body: { ticket, code: await codeOf(secret) } })
})

test('a ticket runs out after 10 minutes', async () => {
  const { user, stranger } = await makePlace(t, 'ticket', 'lea@exemple.fr')
  const { secret } = await enable(user.browser)
  const ticket = await ticketFor(stranger, user.email)
  await t.advance({ minutes: 10, seconds: 1 })
  assert.equal(
    (await stranger.send(signIn.completeSecondFactor, { body: { ticket, code: await codeOf(secret) } }))
      .statusCode,
    410,
  )
})

test('a recovery code works once, however it is typed, and its holder is told', async () => {
  const { user, stranger } = await makePlace(t, 'secours', 'lea@exemple.fr')
  const { recoveryCodes } = await enable(user.browser)
  const typed = ` ${recoveryCodes[0]!.toLowerCase().replace('-', ' ')} `
  await stranger.call(signIn.completeSecondFactor, {
    body: { ticket: await ticketFor(stranger, user.email), code: typed },
  })
  assert.equal((await stranger.call(contract.getSecondFactor, {})).recoveryCodesLeft, 9)
  const again = await stranger.refusal(signIn.completeSecondFactor, {
    body: { ticket: await ticketFor(t.browser('secours'), user.email), code: recoveryCodes[0]! },
  })
  assert.equal(again.status, 422)
  const [mail] = await t.sql<{ n: number }>(
    `select count(*)::int as n from mail where agency_id = $1 and subject = 'Un code de secours a servi'`,
    [user.agencyId],
  )
  assert.equal(mail!.n, 1)
  const fresh = await stranger.call(contract.regenerateRecoveryCodes, {
    body: { currentPassword: goodPassword },
  })
  assert.equal((await stranger.call(contract.getSecondFactor, {})).recoveryCodesLeft, 10)
  const old = await stranger.send(signIn.completeSecondFactor, {
    body: { ticket: await ticketFor(t.browser('secours'), user.email), code: recoveryCodes[1]! },
  })
  assert.equal(old.statusCode, 422)
  await stranger.call(signIn.completeSecondFactor, {
    body: { ticket: await ticketFor(t.browser('secours'), user.email), code: fresh.recoveryCodes[1]! },
  })
})

test('a reset of the password still asks for the second factor', async () => {
  const { user, stranger } = await makePlace(t, 'perdu', 'lea@exemple.fr')
  const { secret } = await enable(user.browser)
  await stranger.call(signIn.requestPasswordReset, { body: { login: user.email } })
  const token = (await linkInMail(t, user.email, 'sign_in.reset'))!
  const step = await stranger.call(signIn.completePasswordReset, {
    body: { token, password: 'quatre chaises au jardin' },
  })
  assert.ok(step.next === 'secondFactor')
  assert.equal((await stranger.send(signIn.getMe, {})).statusCode, 401)
  await stranger.call(signIn.completeSecondFactor, {
    body: { ticket: step.ticket, code: await codeOf(secret) },
  })
  assert.equal((await stranger.send(signIn.getMe, {})).statusCode, 200)
})

test('turned off with the password: signing in asks for it only again', async () => {
  const { user, stranger } = await makePlace(t, 'arret', 'lea@exemple.fr')
  await enable(user.browser)
  await user.browser.call(contract.disableTotp, { body: { currentPassword: goodPassword } })
  assert.deepEqual(
    await stranger.call(signIn.signIn, { body: { login: user.email, password: goodPassword } }),
    { next: 'done' },
  )
  assert.deepEqual(await user.browser.call(contract.getSecondFactor, {}), {
    enabledAt: null,
    recoveryCodesLeft: 0,
  })
  assert.equal(
    (await user.browser.refusal(contract.disableTotp, { body: { currentPassword: goodPassword } })).code,
    'second_factor.off',
  )
  assert.equal(
    (
      await user.browser.refusal(contract.regenerateRecoveryCodes, {
        body: { currentPassword: goodPassword },
      })
    ).code,
    'second_factor.off',
  )
})
