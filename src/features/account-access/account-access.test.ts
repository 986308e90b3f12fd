import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { toPublicId } from '../../contract/ids.ts'
import { startTestApp, type Browser, type TestApp } from '../../server/testing.ts'
import { makeAgency, makeClient, makeMember, signInAs, type TestAgency } from '../../server/testing-people.ts'
import { setAssignments } from '../assignments/contract.ts'
import { startAccessSession } from '../access/contract.ts'
import { inviteAccountUser, listAccountUsers, setAccountUserState } from '../account-users/contract.ts'
import { makeAccount, makeAccountUser, type TestAccount } from '../account-users/testing.ts'
import { getMe, signOut } from '../sign-in/contract.ts'
import { changePassword } from '../profile/contract.ts'
import { getRealm } from '../agencies/contract.ts'
import {
  arriveInAccount,
  enterAccount,
  leaveAccount,
  listVisits,
  renewVisit,
  setVisitReadOnly,
} from './contract.ts'

let t: TestApp
let agency: TestAgency
let account: TestAccount
before(async () => {
  t = await startTestApp()
  agency = await makeAgency(t, { name: 'Studio Lumière' })
  account = await makeAccount(t, agency, { name: 'Maison Berthe', adminName: 'Hélène Berthe' })
})
after(() => t.close())

const at = (a: TestAccount) => ({ params: { id: toPublicId('hostedAccount', a.id) } })
const codeIn = (url: string) => new URL(url).hash.slice(1)

/** Asks for the way in and takes it. */
async function visit(from: Browser, to: TestAccount = account, backTo = '/revente?page=2'): Promise<Browser> {
  const { url } = await from.call(enterAccount, { ...at(to), body: { backTo } })
  const browser = t.browser(to.slug)
  await browser.call(arriveInAccount, { body: { code: codeIn(url) } })
  return browser
}
/** A fresh session of the owner: some tests end the one before. */
async function owner(): Promise<Browser> {
  const browser = t.browser(agency.slug)
  await signInAs(t, agency, { ...agency.owner, browser })
  return browser
}

test('"Connexion" leads into the account as its administrator, and back to the row one left', async () => {
  const { url } = await agency.owner.browser.call(enterAccount, {
    ...at(account),
    body: { backTo: '/revente?page=2' },
  })
  assert.equal(new URL(url).origin, `http://${account.slug}.localhost:3000`)
  assert.equal(new URL(url).search, '', 'the code is in no log')
  const browser = t.browser(account.slug)
  const { backUrl } = await browser.call(arriveInAccount, { body: { code: codeIn(url) } })
  assert.equal(backUrl, `http://${agency.slug}.localhost:3000/revente?page=2`)
  const me = await browser.call(getMe, {})
  assert.deepEqual(
    [me.user.name, me.account?.name, me.account?.role, me.member],
    [agency.owner.name, 'Maison Berthe', 'admin', null],
  )
  assert.deepEqual(
    [me.acting?.subject.name, me.acting?.chain, me.acting?.readOnly],
    ['Maison Berthe', [agency.owner.name, 'Maison Berthe'], false],
  )
  // The code works once.
  assert.equal(
    (await t.browser(account.slug).refusal(arriveInAccount, { body: { code: codeIn(url) } })).status,
    410,
  )
  const left = await browser.call(leaveAccount, {})
  assert.equal(left.url, backUrl)
  assert.equal((await browser.refusal(getMe, {})).status, 401)
  assert.equal((await agency.owner.browser.call(getMe, {})).acting, null, 'one is still in the agency')
})

test('the code is good for 60 seconds, on its own account only, and for one of 50 at once', async () => {
  const other = await makeAccount(t, agency)
  const ask = async () => codeIn((await (await owner()).call(enterAccount, { ...at(account), body: {} })).url)
  const elsewhere = await ask()
  assert.equal(
    (await t.browser(other.slug).refusal(arriveInAccount, { body: { code: elsewhere } })).status,
    410,
  )
  const once = await ask()
  const answers = await Promise.all(
    Array.from({ length: 50 }, () => t.browser(account.slug).send(arriveInAccount, { body: { code: once } })),
  )
  assert.equal(answers.filter((a) => a.statusCode === 200).length, 1)
  assert.ok(answers.every((a) => a.statusCode === 200 || a.statusCode === 410))
  const late = await ask()
  await t.advance({ seconds: 61 })
  assert.equal((await t.browser(account.slug).refusal(arriveInAccount, { body: { code: late } })).status, 410)
})

test('every write inside carries both, and the account’s administrator reads who it was and what they did', async () => {
  const browser = await visit(await owner())
  await browser.call(inviteAccountUser, {
    body: { name: 'Bastien Roy', email: 'bastien@berthe.fr', role: 'user' },
  })
  await browser.call(leaveAccount, {})
  const [event] = await t.sql<Record<string, unknown>>(
    `select actor_name, subject_name, chain, client_id from audit_event where action = 'account_user.invited' and agency_id = $1`,
    [agency.id],
  )
  assert.deepEqual(event, {
    actor_name: agency.owner.name,
    subject_name: 'Hélène Berthe',
    chain: [agency.owner.name, 'Maison Berthe'],
    client_id: account.clientId,
  })
  const { data } = await account.admin.browser.call(listVisits, {})
  assert.deepEqual(
    [data[0]!.actor.name, data[0]!.ended, data[0]!.actCount, data[0]!.acts.map((a) => [a.label, a.name])],
    [agency.owner.name, true, 1, [['Personne invitée dans un compte hébergé', 'Bastien Roy']]],
  )
})

test('thirty minutes, renewable; then one is nobody there', async () => {
  const browser = await visit(await owner())
  await t.advance({ minutes: 29 })
  const renewed = await browser.call(renewVisit, {})
  assert.ok(
    Temporal.Instant.from(renewed.endsAt).since(Temporal.Instant.from(renewed.startedAt)).total('minutes') >
      58,
  )
  await t.advance({ minutes: 29 })
  await browser.call(getMe, {})
  await t.advance({ minutes: 2 })
  assert.equal((await browser.refusal(getMe, {})).status, 401)
  // One's own session in the agency lives on; the account's people have no visit to renew.
  assert.equal((await account.admin.browser.refusal(renewVisit, {})).code, 'acting.none')
})

test('read-only at will, and always from a look; credentials never', async () => {
  const lea = await makeMember(t, agency, { role: 'manager' })
  const client = await makeClient(t, agency, { assignees: [lea] })
  const own = await makeAccount(t, agency, { clientId: client.id })
  const browser = await visit(await owner(), own)
  await browser.call(setVisitReadOnly, { body: { readOnly: true } })
  assert.equal(
    (await browser.refusal(inviteAccountUser, { body: { name: 'X', email: 'x@exemple.fr' } })).code,
    'acting.read_only',
  )
  await browser.call(setVisitReadOnly, { body: { readOnly: false } })
  assert.equal(
    (
      await browser.refusal(changePassword, {
        body: { currentPassword: 'x', password: 'brume verte sur le quai' },
      })
    ).code,
    'acting.forbidden',
  )
  const looking = await owner()
  await looking.call(startAccessSession, {
    body: { memberId: toPublicId('member', lea.memberId), mode: 'viewing' },
  })
  const look = await visit(looking, own)
  assert.equal((await look.call(getMe, {})).acting?.readOnly, true)
  assert.equal(
    (await look.refusal(setVisitReadOnly, { body: { readOnly: false } })).code,
    'acting.always_read_only',
  )
})

test('a chain goes on: who acts for a colleague is named whole, and leaving the colleague leaves the account', async () => {
  const lea = await makeMember(t, agency, { role: 'manager', name: 'Léa Morel' })
  const client = await makeClient(t, agency, { assignees: [lea] })
  const own = await makeAccount(t, agency, { clientId: client.id, name: 'Cave Joubert' })
  const acting = await owner()
  await acting.call(startAccessSession, {
    body: { memberId: toPublicId('member', lea.memberId), mode: 'acting' },
  })
  const inside = await visit(acting, own)
  assert.deepEqual((await inside.call(getMe, {})).acting?.chain, [
    agency.owner.name,
    'Léa Morel',
    'Cave Joubert',
  ])
  await t.sql(`update member set state = 'disabled' where id = $1`, [lea.memberId])
  assert.equal((await inside.refusal(getMe, {})).status, 401)
})

test('whoever sees the client may enter; whoever does not, does not know the account', async () => {
  const lea = await makeMember(t, agency, { role: 'consultant' })
  const max = await makeMember(t, agency, { role: 'consultant', seesUnassigned: false })
  const holder = await makeMember(t, agency, { role: 'client' })
  const client = await makeClient(t, agency, { assignees: [lea, holder] })
  const own = await makeAccount(t, agency, { clientId: client.id })
  const inside = await visit(lea.browser, own)
  assert.equal((await max.browser.refusal(enterAccount, { ...at(own), body: {} })).status, 404)
  assert.equal((await holder.browser.refusal(enterAccount, { ...at(own), body: {} })).status, 403)
  // Taken off the client, one is out at the next request.
  await agency.owner.browser.call(setAssignments, {
    body: {
      remove: [{ clientId: toPublicId('client', client.id), memberId: toPublicId('member', lea.memberId) }],
    },
  })
  assert.equal((await inside.refusal(getMe, {})).status, 401)
})

test('signing out of the agency, losing one’s role or one’s access there ends every visit at once', async () => {
  const boss = await makeMember(t, agency, { role: 'owner' })
  const one = await visit(boss.browser)
  await boss.browser.call(signOut, {})
  assert.equal((await one.refusal(getMe, {})).status, 401)
  for (const change of [`role = 'consultant'`, `state = 'disabled'`]) {
    const member = await makeMember(t, agency, { role: 'owner' })
    const inside = await visit(member.browser)
    await inside.call(getMe, {})
    await t.sql(`update member set ${change} where id = $1`, [member.memberId])
    assert.equal((await inside.refusal(getMe, {})).status, 401, change)
  }
  const last = await visit(await owner())
  await t.sql(`update agency set state = 'disabled' where agency_id = $1`, [agency.id])
  assert.equal((await last.refusal(getMe, {})).status, 401)
  assert.equal(
    (await account.admin.browser.refusal(getMe, {})).status,
    401,
    'the agency takes its accounts along',
  )
  await t.sql(`update agency set state = 'active' where agency_id = $1`, [agency.id])
})

test('a closed account is closed to the agency too; an expired one is read', async () => {
  const shut = await makeAccount(t, agency, { name: 'Fermée' })
  const boss = await owner()
  for (const status of ['disabled', 'suspended', 'archived', 'transferred']) {
    await t.sql(`update hosted_account set status = $2 where id = $1`, [shut.id, status])
    assert.equal(
      (await boss.refusal(enterAccount, { ...at(shut), body: {} })).code,
      'account_access.closed',
      status,
    )
  }
  await t.sql(`update hosted_account set status = 'expired' where id = $1`, [shut.id])
  const inside = await visit(boss, shut)
  const realm = await inside.call(getRealm, {})
  assert.deepEqual([realm.name, realm.agency, realm.door], ['Fermée', 'Studio Lumière', 'readOnly'])
  assert.equal((await inside.call(getMe, {})).acting?.readOnly, true)
  assert.equal(
    (await inside.refusal(setVisitReadOnly, { body: { readOnly: false } })).code,
    'acting.always_read_only',
  )
  await inside.call(listAccountUsers, {})
})

test('when the administrator one stands for is shut out, so is one; the next one serves', async () => {
  const own = await makeAccount(t, agency)
  const second = await makeAccountUser(t, { ...own, agencyId: agency.id }, { role: 'admin' })
  const inside = await visit(await owner(), own)
  await second.browser.call(setAccountUserState, {
    params: { id: toPublicId('user', own.admin.userId) },
    body: { state: 'disabled' },
  })
  assert.equal((await inside.refusal(getMe, {})).status, 401)
  const again = await visit(await owner(), own)
  const { data } = await again.call(listAccountUsers, {})
  assert.deepEqual(
    data.filter((u) => u.you).map((u) => u.id),
    [toPublicId('user', second.userId)],
  )
  await t.sql(`update account_user set state = 'disabled' where hosted_account_id = $1`, [own.id])
  assert.equal(
    (await (await owner()).refusal(enterAccount, { ...at(own), body: {} })).code,
    'account_access.no_admin',
  )
})

test('the way back is a page of the agency, never another site', async () => {
  const boss = await owner()
  for (const backTo of ['https://evil.example/', '//evil.example', '/\\evil.example', 'revente', '/a b'])
    assert.equal(
      (await boss.refusal(enterAccount, { ...at(account), body: { backTo } })).fields?.['backTo']?.code,
      'field.invalid',
      backTo,
    )
})

test('a reason is asked for where the agency demands one', async () => {
  await t.sql(`update agency set acting_reason_required = true where agency_id = $1`, [agency.id])
  const boss = await owner()
  const refused = await boss.refusal(enterAccount, { ...at(account), body: {} })
  assert.equal(refused.fields?.['reason']?.code, 'acting.reason_required')
  await boss.call(enterAccount, { ...at(account), body: { reason: 'Aide demandée au téléphone' } })
  await t.sql(`update agency set acting_reason_required = false where agency_id = $1`, [agency.id])
})
