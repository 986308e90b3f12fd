import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { toPublicId } from '../../contract/ids.ts'
import { runInTenant } from '../../server/run-in-tenant.ts'
import { startTestApp, type TestApp } from '../../server/testing.ts'
import { makeAgency, makeMember, type TestAgency } from '../../server/testing-people.ts'
import { startAccessSession } from '../access/contract.ts'
import { hashPassword } from '../passwords/public.ts'
import { changePassword, getProfile } from '../profile/contract.ts'
import { completePasswordReset, getMe, requestPasswordReset, signIn } from '../sign-in/contract.ts'
import { goodPassword, linkInMail } from '../sign-in/testing.ts'
import {
  acceptAccountInvitation,
  inviteAccountUser,
  listAccountUsers,
  listUsersOfAccount,
  readAccountInvitation,
  resendAccountInvitation,
  sendAccountPasswordReset,
  setAccountUserPassword,
  setAccountUserRole,
  setAccountUserState,
  withdrawAccountInvitation,
} from './contract.ts'
import { createAccountAdmin } from './public.ts'
import { makeAccount, makeAccountUser, type TestAccount } from './testing.ts'

let t: TestApp
let agency: TestAgency
let passwordHash: string
before(async () => {
  t = await startTestApp()
  agency = await makeAgency(t, { name: 'Studio Lumière' })
  passwordHash = await hashPassword(goodPassword)
})
after(() => t.close())

const account = (given: Parameters<typeof makeAccount>[2] = {}) =>
  makeAccount(t, agency, { passwordHash, ...given })
const user = (u: { userId: string }) => ({ params: { id: toPublicId('user', u.userId) } })
const inAgency = (a: TestAccount, u: { userId: string }) => ({
  params: { id: toPublicId('hostedAccount', a.id), userId: toPublicId('user', u.userId) },
})

test('a fresh account’s first person signs in as admin with the password shown once, and is kept as a hash', async () => {
  const a = await account()
  await t.sql(`delete from account_user where hosted_account_id = $1`, [a.id])
  await t.sql(`delete from realm_user where realm_id = $1`, [a.id])
  const make = () =>
    runInTenant(t.app, { agencyId: agency.id }, (ctx) =>
      createAccountAdmin(ctx, {
        hostedAccountId: a.id,
        email: 'Helene@berthe.fr',
        name: 'Hélène Berthe',
        locale: 'fr',
      }),
    )
  const first = await make()
  assert.equal(first.userName, 'admin')
  assert.match(first.password, /^([a-z2-9]{4}-){3}[a-z2-9]{4}$/)
  // A job that resumes gives a fresh password to the same person, until somebody has signed in.
  const again = await make()
  assert.notEqual(again.password, first.password)
  const browser = t.browser(a.slug)
  assert.equal(
    (await browser.refusal(signIn, { body: { login: 'admin', password: first.password } })).code,
    'sign_in.wrong',
  )
  for (const login of ['admin', 'ADMIN', 'helene@berthe.fr'])
    await t.browser(a.slug).call(signIn, { body: { login, password: again.password } })
  await browser.call(signIn, { body: { login: 'admin', password: again.password } })
  const me = await browser.call(getMe, {})
  assert.deepEqual([me.account?.name, me.account?.role, me.rights.length > 0], [a.name, 'admin', true])
  assert.equal((await browser.call(getProfile, {})).userName, 'admin')
  await assert.rejects(make())
  // Nobody was written to, and the password is nowhere.
  assert.deepEqual(await t.sql(`select from mail where to_email ilike '%berthe.fr'`), [])
  const everywhere = await t.sql<{ found: boolean }>(
    `select exists (select from audit_event e where to_jsonb(e)::text like '%' || $1 || '%')
       or exists (select from realm_user u where to_jsonb(u)::text like '%' || $1 || '%') as found`,
    [again.password],
  )
  assert.equal(everywhere[0]!.found, false)
})

test('five wrong passwords lock the login for five minutes, even for the right one (B53, B55)', async () => {
  const a = await account()
  const other = await account()
  const browser = t.browser(a.slug)
  for (let i = 0; i < 5; i++) await browser.refusal(signIn, { body: { login: 'admin', password: 'faux' } })
  const locked = await browser.refusal(signIn, { body: { login: a.admin.email, password: goodPassword } })
  assert.deepEqual([locked.status, locked.code], [429, 'sign_in.locked'])
  // Another account's admin is another person.
  await t.browser(other.slug).call(signIn, { body: { login: 'admin', password: goodPassword } })
  await t.advance({ minutes: 5, seconds: 1 })
  await browser.call(signIn, { body: { login: 'admin', password: goodPassword } })
})

test('the same address in two accounts, and in the agency, is three people', async () => {
  const email = 'partout@exemple.fr'
  const one = await account({ adminEmail: email })
  const two = await account({ adminEmail: email })
  await makeMember(t, agency, { role: 'consultant', email, passwordHash })
  const fresh = 'sept lanternes rouges au port'
  await one.admin.browser.call(changePassword, { body: { currentPassword: goodPassword, password: fresh } })
  await t.browser(one.slug).call(signIn, { body: { login: email, password: fresh } })
  for (const slug of [two.slug, agency.slug]) {
    assert.equal(
      (await t.browser(slug).refusal(signIn, { body: { login: email, password: fresh } })).code,
      'sign_in.wrong',
    )
    await t.browser(slug).call(signIn, { body: { login: email, password: goodPassword } })
  }
})

test('a forgotten password is reset by mail, in the account’s name, with a link to its own host (B50)', async () => {
  const a = await account({ name: 'Cave Joubert' })
  const browser = t.browser(a.slug)
  await browser.call(requestPasswordReset, { body: { login: 'admin' } })
  const token = await linkInMail(t, a.admin.email, 'sign_in.reset')
  const [mail] = await t.sql<{ text: string; from_name: string }>(
    `select text, from_name from mail where to_email = $1`,
    [a.admin.email],
  )
  assert.ok(mail!.text.includes(`http://${a.slug}.localhost:3000/reinitialiser#jeton=`))
  assert.ok(mail!.text.includes('Cave Joubert'))
  assert.equal(mail!.from_name, 'Studio Lumière')
  await browser.call(completePasswordReset, {
    body: { token: token!, password: 'douze merles sur la digue' },
  })
  assert.equal((await browser.call(getMe, {})).account?.name, 'Cave Joubert')
  assert.equal((await a.admin.browser.refusal(getMe, {})).status, 401, 'sessions from before are over')
})

test('a colleague is invited by mail, sets a password once, and works as a plain user', async () => {
  const a = await account({ name: 'Maison Berthe' })
  const { browser } = a.admin
  const made = await browser.call(inviteAccountUser, {
    body: { name: 'Bastien Roy', email: 'bastien@berthe.fr', role: 'user' },
  })
  assert.deepEqual([made.state, made.role, made.you], ['invited', 'user', false])
  const again = await browser.refusal(inviteAccountUser, { body: { name: 'B', email: 'BASTIEN@berthe.fr' } })
  assert.deepEqual([again.status, again.code], [409, 'account_user.exists'])
  const first = await linkInMail(t, 'bastien@berthe.fr', 'account_users.invitation')
  await browser.call(resendAccountInvitation, { params: { id: made.id } })
  const token = (await linkInMail(t, 'bastien@berthe.fr', 'account_users.invitation'))!
  const his = t.browser(a.slug)
  assert.equal((await his.refusal(readAccountInvitation, { body: { token: first! } })).status, 410)
  const read = await his.call(readAccountInvitation, { body: { token } })
  assert.deepEqual([read.name, read.invitedBy], ['Bastien Roy', a.admin.name])
  assert.equal(
    (await his.refusal(signIn, { body: { login: 'bastien@berthe.fr', password: goodPassword } })).status,
    401,
  )
  const answers = await Promise.all(
    Array.from({ length: 10 }, () =>
      t
        .browser(a.slug)
        .send(acceptAccountInvitation, { body: { token, password: 'onze phares dans la nuit' } }),
    ),
  )
  assert.deepEqual(answers.map((r) => r.statusCode).toSorted(), [
    200,
    ...Array.from({ length: 9 }, () => 410),
  ])
  await his.call(signIn, { body: { login: 'bastien@berthe.fr', password: 'onze phares dans la nuit' } })
  assert.equal((await his.call(getMe, {})).account?.role, 'user')
  assert.equal((await his.refusal(listAccountUsers, {})).status, 403)
})

test('an invitation that was withdrawn is gone with its link', async () => {
  const a = await account()
  const made = await a.admin.browser.call(inviteAccountUser, {
    body: { name: 'X', email: 'retire@exemple.fr' },
  })
  const token = (await linkInMail(t, 'retire@exemple.fr', 'account_users.invitation'))!
  await a.admin.browser.call(withdrawAccountInvitation, { params: { id: made.id } })
  assert.equal((await t.browser(a.slug).refusal(readAccountInvitation, { body: { token } })).status, 410)
  assert.equal((await a.admin.browser.call(listAccountUsers, {})).data.length, 1)
  assert.equal(
    (await a.admin.browser.refusal(withdrawAccountInvitation, user(a.admin))).code,
    'account_user.not_invited',
  )
})

test('the plan says how many people there is room for; a shut one gives its place away', async () => {
  const a = await account()
  const { browser } = a.admin
  assert.equal((await browser.call(listAccountUsers, {})).limit, 3)
  const two = await makeAccountUser(t, { ...a, agencyId: agency.id })
  await browser.call(inviteAccountUser, { body: { name: 'Trois', email: 'trois@exemple.fr' } })
  const full = await browser.refusal(inviteAccountUser, {
    body: { name: 'Quatre', email: 'quatre@exemple.fr' },
  })
  assert.deepEqual([full.status, full.code], [409, 'account_user.limit'])
  await browser.call(setAccountUserState, { ...user(two), body: { state: 'disabled' } })
  await browser.call(inviteAccountUser, { body: { name: 'Quatre', email: 'quatre@exemple.fr' } })
  assert.equal(
    (await browser.refusal(setAccountUserState, { ...user(two), body: { state: 'active' } })).code,
    'account_user.limit',
  )
})

test('an access is shut at once, told by mail, and opened again; never one’s own, never the last administrator’s', async () => {
  const a = await account()
  const bastien = await makeAccountUser(t, { ...a, agencyId: agency.id }, { email: 'ferme@exemple.fr' })
  await bastien.browser.call(getMe, {})
  await a.admin.browser.call(setAccountUserState, { ...user(bastien), body: { state: 'disabled' } })
  assert.equal((await bastien.browser.refusal(getMe, {})).status, 401)
  assert.equal(
    (await t.sql(`select from mail where to_email = 'ferme@exemple.fr' and kind = 'account_users.disabled'`))
      .length,
    1,
  )
  await a.admin.browser.call(setAccountUserState, { ...user(bastien), body: { state: 'active' } })
  assert.equal((await bastien.browser.refusal(getMe, {})).status, 401, 'a session that ended stays ended')
  for (const refused of [
    await a.admin.browser.refusal(setAccountUserState, { ...user(a.admin), body: { state: 'disabled' } }),
    await a.admin.browser.refusal(setAccountUserRole, { ...user(a.admin), body: { role: 'user' } }),
  ])
    assert.deepEqual([refused.status, refused.code], [409, 'account_user.yourself'])
  // Two administrators who shut each other out at once: one of them stays.
  const second = await makeAccountUser(t, { ...a, agencyId: agency.id }, { role: 'admin' })
  const answers = await Promise.all([
    a.admin.browser.send(setAccountUserState, { ...user(second), body: { state: 'disabled' } }),
    second.browser.send(setAccountUserState, { ...user(a.admin), body: { state: 'disabled' } }),
  ])
  assert.equal(answers.filter((r) => r.statusCode === 200).length, 1, answers.map((r) => r.body).join('\n'))
  const left = await t.sql(
    `select from account_user where hosted_account_id = $1 and role = 'admin' and state = 'active'`,
    [a.id],
  )
  assert.equal(left.length, 1)
})

test('the agency gives a user a password to share (B52): shown once, audited, mailed to nobody', async () => {
  const a = await account({ adminEmail: 'muet@exemple.fr' })
  for (let i = 0; i < 5; i++)
    await t.browser(a.slug).refusal(signIn, { body: { login: 'admin', password: 'faux' } })
  const given = await agency.owner.browser.call(setAccountUserPassword, inAgency(a, a.admin))
  assert.deepEqual(
    [given.login, given.address, given.endedSessions],
    ['admin', `http://${a.slug}.localhost:3000`, 1],
  )
  assert.equal((await a.admin.browser.refusal(getMe, {})).status, 401)
  // The lock is off: whoever was locked out is helped at once.
  await t.browser(a.slug).call(signIn, { body: { login: 'admin', password: given.password } })
  assert.deepEqual(await t.sql(`select from mail where to_email = 'muet@exemple.fr'`), [])
  const [event] = await t.sql<{ actor_name: string; subject_name: string | null; row: string }>(
    `select actor_name, subject_name, to_jsonb(e)::text as row from audit_event e where action = 'account_user.password_set' order by seq desc limit 1`,
  )
  assert.deepEqual([event!.actor_name, event!.subject_name], [agency.owner.name, null])
  assert.ok(!event!.row.includes(given.password))
})

test('the agency sends the link on the client’s behalf (B51), five within the hour, to active people only', async () => {
  const a = await account({ adminEmail: 'lien@exemple.fr', name: 'Librairie Saint-Clair' })
  const { browser } = agency.owner
  await browser.call(sendAccountPasswordReset, inAgency(a, a.admin))
  const token = await linkInMail(t, 'lien@exemple.fr', 'account_users.reset')
  const hers = t.browser(a.slug)
  await hers.call(completePasswordReset, { body: { token: token!, password: 'neuf barques sous le pont' } })
  assert.equal((await hers.call(getMe, {})).account?.name, 'Librairie Saint-Clair')
  for (let i = 0; i < 4; i++) await browser.call(sendAccountPasswordReset, inAgency(a, a.admin))
  assert.equal((await browser.refusal(sendAccountPasswordReset, inAgency(a, a.admin))).code, 'email.too_many')
  const invited = await a.admin.browser
    .call(signIn, { body: { login: 'admin', password: 'neuf barques sous le pont' } })
    .then(() => a.admin.browser.call(inviteAccountUser, { body: { name: 'I', email: 'i@exemple.fr' } }))
  const refused = await browser.refusal(setAccountUserPassword, {
    params: { id: toPublicId('hostedAccount', a.id), userId: invited.id },
  })
  assert.equal(refused.code, 'account_user.not_active')
  const { data, address } = await browser.call(listUsersOfAccount, {
    params: { id: toPublicId('hostedAccount', a.id) },
  })
  assert.deepEqual([data.map((u) => u.role), address], [['admin', 'user'], `http://${a.slug}.localhost:3000`])
})

test('means of sign-in are not given while acting for a colleague, nor by who has no say', async () => {
  const a = await account()
  const manager = await makeMember(t, agency, { role: 'manager', seesUnassigned: false })
  const consultant = await makeMember(t, agency, { role: 'consultant' })
  assert.equal((await manager.browser.refusal(setAccountUserPassword, inAgency(a, a.admin))).status, 404)
  assert.equal((await consultant.browser.refusal(setAccountUserPassword, inAgency(a, a.admin))).status, 403)
  const boss = await makeMember(t, agency, { role: 'owner' })
  await boss.browser.call(startAccessSession, {
    body: { memberId: toPublicId('member', manager.memberId), mode: 'acting' },
  })
  assert.equal(
    (await boss.browser.refusal(setAccountUserPassword, inAgency(a, a.admin))).code,
    'acting.forbidden',
  )
})
