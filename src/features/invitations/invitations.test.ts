import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { toPublicId } from '../../contract/ids.ts'
import { startTestApp, type Browser, type TestApp } from '../../server/testing.ts'
import { makeAgency, makeClient, makeMember, signInAs, type TestAgency } from '../../server/testing-people.ts'
import { assignMatching, listMemberClients } from '../assignments/contract.ts'
import { disableSubAccount, enableSubAccount, getMember, listMembers } from '../sub-accounts/contract.ts'
import {
  acceptInvitation,
  inviteSubAccount,
  previewInvitation,
  readInvitation,
  resendInvitation,
  revokeInvitation,
} from './contract.ts'

let t: TestApp
let agency: TestAgency
before(async () => {
  t = await startTestApp()
  agency = await makeAgency(t, { name: 'Studio Horizon' })
})
after(() => t.close())

const password = 'quatre cyprès au bord du canal'
let people = 0
const invite = (by: Browser, given: Record<string, unknown> = {}) =>
  by.call(inviteSubAccount, {
    body: {
      name: 'Léa Bernard',
      email: `personne${++people}@exemple.fr`,
      role: 'consultant',
      ...given,
    } as never,
  })

/** Token of the newest invitation mailed to an address. */
async function tokenFor(email: string): Promise<string> {
  const [mail] = await t.sql<{ text: string }>(
    `select text from mail where to_email = $1 and kind = 'invitations.invitation' order by created_at desc, id desc limit 1`,
    [email],
  )
  return mail!.text.match(/\/invitation#jeton=([\w-]{43})/)![1]!
}

test('from the form to the first sign-in', async () => {
  const clients = [
    await makeClient(t, agency, { name: 'Alpha' }),
    await makeClient(t, agency, { name: 'Bêta' }),
  ]
  const made = await invite(agency.owner.browser, {
    email: 'Lea@Exemple.FR',
    clientIds: clients.map((c) => toPublicId('client', c.id)),
    jobTitle: 'Graphiste',
  })
  assert.deepEqual(
    [made.state, made.clientCount, made.jobTitle, made.can.resendInvitation, made.can.disable],
    ['invited', 2, 'Graphiste', true, false],
  )
  const [mail] = await t.sql<{ subject: string; from_name: string; text: string }>(
    `select subject, from_name, text from mail where to_email = 'Lea@Exemple.FR'`,
  )
  assert.deepEqual(
    [mail!.subject, mail!.from_name],
    [`${agency.owner.name} vous invite à rejoindre Studio Horizon`, 'Studio Horizon'],
  )
  assert.match(mail!.text, /2 clients\u00a0: Alpha et Bêta/)
  assert.match(mail!.text, new RegExp(`http://${agency.slug}\\.localhost:3000/invitation#jeton=`))

  const token = await tokenFor('Lea@Exemple.FR')
  const [row] = await t.sql<{ stored: boolean }>(
    `select exists (select from one_time_token where position($1 in payload::text) > 0 or encode(token_hash, 'escape') = $1) as stored`,
    [token],
  )
  assert.equal(row!.stored, false)
  const lea = t.browser(agency.slug)
  assert.equal((await lea.refusal(listMembers, {})).status, 401)
  const said = await lea.call(readInvitation, { body: { token } })
  assert.deepEqual(
    [said.agency, said.name, said.invitedBy, said.clientCount],
    ['Studio Horizon', 'Léa Bernard', agency.owner.name, 2],
  )
  const weak = await lea.refusal(acceptInvitation, {
    body: { token, password: 'studio horizon lea bernard' },
  })
  assert.deepEqual([weak.status, Object.keys(weak.fields ?? {})], [422, ['password']])
  const { memberId } = await lea.call(acceptInvitation, { body: { token, password } })
  assert.equal(memberId, made.id)
  const seen = await lea.call(listMemberClients, { params: { id: memberId } })
  assert.deepEqual(
    seen.data.map((c) => c.name),
    ['Alpha', 'Bêta'],
  )
  assert.equal((await lea.call(getMember, { params: { id: memberId } })).state, 'active')
  const told = await t.sql<{ data: { name: string } }>(
    `select data from notification where user_id = $1 and kind = 'invitation_accepted'`,
    [agency.owner.userId],
  )
  assert.equal(told[0]!.data.name, 'Léa Bernard')
  const trail = await t.sql<{ action: string; actor_name: string }>(
    `select action, actor_name from audit_event where entity_id is not null and member_id = (select id from member m where m.user_id = (select id from realm_user where email = 'Lea@Exemple.FR')) order by seq`,
  )
  assert.deepEqual(
    trail.map((e) => e.action),
    ['member.invited', 'client.assigned', 'client.assigned', 'invitation.accepted'],
  )
  assert.equal(trail.at(-1)!.actor_name, 'Léa Bernard')
})

test('a link works once, seven days, and only the newest', async () => {
  const made = await invite(agency.owner.browser)
  const first = await tokenFor(made.email)
  await agency.owner.browser.call(resendInvitation, { params: { id: made.id } })
  const second = await tokenFor(made.email)
  const guest = t.browser(agency.slug)
  const spent = await guest.refusal(readInvitation, { body: { token: first } })
  assert.deepEqual([spent.status, spent.code], [410, 'link.spent'])
  assert.equal((await guest.refusal(acceptInvitation, { body: { token: first, password } })).status, 410)
  await guest.call(acceptInvitation, { body: { token: second, password } })
  for (const token of [second, 'x'.repeat(43)]) {
    assert.equal((await guest.refusal(acceptInvitation, { body: { token, password } })).status, 410)
    assert.equal((await guest.refusal(readInvitation, { body: { token } })).status, 410)
  }
  assert.equal(
    (await agency.owner.browser.refusal(resendInvitation, { params: { id: made.id } })).code,
    'sub_account.already_active',
  )
  assert.equal(
    (await agency.owner.browser.refusal(revokeInvitation, { params: { id: made.id } })).code,
    'sub_account.already_active',
  )
})

test('nobody’s mailbox is flooded with invitations', async () => {
  const agency = await makeAgency(t)
  const guest = await makeMember(t, agency, { role: 'consultant', state: 'invited' })
  const params = { id: toPublicId('member', guest.memberId) }
  for (let i = 0; i < 5; i += 1) await agency.owner.browser.call(resendInvitation, { params })
  const sixth = await agency.owner.browser.refusal(resendInvitation, { params })
  assert.deepEqual([sixth.status, sixth.code], [429, 'email.too_many'])
  await t.advance({ minutes: 61 })
  await agency.owner.browser.call(resendInvitation, { params })
})

test('a link is of one agency: on another host it is nothing', async () => {
  const made = await invite(agency.owner.browser)
  const token = await tokenFor(made.email)
  const other = await makeAgency(t)
  for (const slug of [other.slug, undefined]) {
    const status = (await t.browser(slug).send(acceptInvitation, { body: { token, password } })).statusCode
    assert.equal(status, slug === undefined ? 404 : 410)
  }
  assert.equal(
    (await t.browser(agency.slug).send(acceptInvitation, { body: { token, password } })).statusCode,
    200,
  )
})

test('50 at once with one link: one gets in', async () => {
  const made = await invite(agency.owner.browser)
  const token = await tokenFor(made.email)
  const answers = await Promise.all(
    Array.from({ length: 50 }, () =>
      t.browser(agency.slug).send(acceptInvitation, { body: { token, password } }),
    ),
  )
  assert.deepEqual(
    [answers.filter((a) => a.statusCode === 200).length, answers.filter((a) => a.statusCode === 410).length],
    [1, 49],
  )
  const sessions = await t.sql(
    `select from session s join realm_user u on u.id = s.user_id where u.email = $1`,
    [made.email],
  )
  assert.equal(sessions.length, 1)
})

test('withdrawing removes what was never used and says whose clients are left alone', async () => {
  const shared = await makeClient(t, agency, { assignees: [agency.owner] })
  const alone = await makeClient(t, agency)
  const made = await invite(agency.owner.browser, {
    clientIds: [shared, alone].map((c) => toPublicId('client', c.id)),
  })
  const token = await tokenFor(made.email)
  assert.deepEqual(await agency.owner.browser.call(revokeInvitation, { params: { id: made.id } }), {
    nowUnassigned: 1,
  })
  assert.equal((await t.browser(agency.slug).refusal(readInvitation, { body: { token } })).status, 410)
  assert.equal((await t.sql('select from realm_user where email = $1', [made.email])).length, 0)
  assert.equal((await agency.owner.browser.refusal(getMember, { params: { id: made.id } })).status, 404)
  // The address is free again.
  assert.equal((await invite(agency.owner.browser, { email: made.email })).state, 'invited')
})

test('who has a team or a portfolio is not withdrawn from under it', async () => {
  const made = await invite(agency.owner.browser, { role: 'manager' })
  await invite(agency.owner.browser, { role: 'consultant', parentId: made.id })
  assert.equal(
    (await agency.owner.browser.refusal(revokeInvitation, { params: { id: made.id } })).code,
    'member.has_dependants',
  )
})

test('closing an invited access voids the link; opening it asks for a new one', async () => {
  const made = await invite(agency.owner.browser)
  const token = await tokenFor(made.email)
  await agency.owner.browser.call(disableSubAccount, { params: { id: made.id } })
  assert.equal(
    (await t.browser(agency.slug).refusal(acceptInvitation, { body: { token, password } })).status,
    410,
  )
  assert.equal(
    (await agency.owner.browser.refusal(resendInvitation, { params: { id: made.id } })).code,
    'sub_account.disabled',
  )
  assert.equal(
    (await t.sql(`select from mail where to_email = $1 and kind = 'sub_accounts.disabled'`, [made.email]))
      .length,
    0,
  )
  assert.equal(
    (await agency.owner.browser.call(enableSubAccount, { params: { id: made.id } })).state,
    'expired',
  )
  assert.equal(
    (await agency.owner.browser.call(resendInvitation, { params: { id: made.id } })).state,
    'invited',
  )
})

test('an address has one sub-account; the page may offer to send the link again', async () => {
  const made = await invite(agency.owner.browser)
  const again = await agency.owner.browser.refusal(inviteSubAccount, {
    body: { name: 'X', email: made.email.toUpperCase(), role: 'consultant' },
  })
  assert.deepEqual(
    [again.status, again.code, again.data?.memberId],
    [409, 'sub_account.already_invited', made.id],
  )
  assert.equal(
    again.fields?.email?.message,
    'Cette adresse a déjà un sous-compte. Renvoyer l’invitation\u202f?',
  )
  const active = await agency.owner.browser.refusal(inviteSubAccount, {
    body: { name: 'X', email: agency.owner.email, role: 'consultant' },
  })
  assert.equal(active.code, 'sub_account.exists')
  const both = await Promise.all(
    Array.from({ length: 8 }, () =>
      agency.owner.browser.send(inviteSubAccount, {
        body: { name: 'X', email: 'course@exemple.fr', role: 'consultant' },
      }),
    ),
  )
  assert.deepEqual(
    both.map((r) => r.statusCode).toSorted((a, b) => a - b),
    [201, 409, 409, 409, 409, 409, 409, 409],
  )
  // In another agency the same address is another person.
  const other = await makeAgency(t)
  assert.equal((await invite(other.owner.browser, { email: made.email })).state, 'invited')
})

test('a manager invites below itself only, with clients it sees, and never an owner', async () => {
  const x = await makeMember(t, agency, { role: 'manager', name: 'X' })
  const y = await makeMember(t, agency, { role: 'manager', name: 'Y' })
  const [own, foreign] = [await makeClient(t, agency, { home: x }), await makeClient(t, agency, { home: y })]
  const body = (given: object) => ({
    body: {
      name: 'N',
      email: `n${++people}@exemple.fr`,
      role: 'consultant',
      parentId: toPublicId('member', x.memberId),
      ...given,
    } as never,
  })
  assert.equal(
    (await x.browser.call(inviteSubAccount, body({ clientIds: [toPublicId('client', own.id)] }))).clientCount,
    1,
  )
  assert.equal(
    (await x.browser.refusal(inviteSubAccount, body({ parentId: null }))).fields?.parentId?.code,
    'member.parent_required',
  )
  assert.equal(
    (await x.browser.refusal(inviteSubAccount, body({ parentId: toPublicId('member', y.memberId) }))).fields
      ?.parentId?.code,
    'member.parent_unsuited',
  )
  assert.equal(
    (await x.browser.refusal(inviteSubAccount, body({ role: 'owner' }))).fields?.role?.code,
    'member.role_not_given',
  )
  assert.equal(
    (await x.browser.refusal(inviteSubAccount, body({ clientIds: [toPublicId('client', foreign.id)] })))
      .status,
    404,
  )
  const c = await makeMember(t, agency, { role: 'consultant', parent: x })
  assert.equal((await c.browser.refusal(inviteSubAccount, body({}))).status, 403)
  const y2 = await invite(agency.owner.browser)
  assert.equal((await x.browser.refusal(resendInvitation, { params: { id: y2.id } })).status, 404)
  assert.equal((await x.browser.refusal(revokeInvitation, { params: { id: y2.id } })).status, 404)
})

test('the preview names the unassigned clients a new holder would read', async () => {
  const own = await makeAgency(t)
  const x = await makeMember(t, own, { role: 'manager' })
  await makeClient(t, own, { name: 'Libre' })
  await makeClient(t, own, { name: 'Archivé', status: 'archived' })
  await makeClient(t, own, { name: 'Chez X', home: x })
  await makeClient(t, own, { name: 'Pris', assignees: [x] })
  const root = await own.owner.browser.call(previewInvitation, { body: { role: 'client' } })
  assert.deepEqual(root, { count: 1, names: ['Libre'] })
  const below = await own.owner.browser.call(previewInvitation, {
    body: { role: 'client', parentId: toPublicId('member', x.memberId) },
  })
  assert.deepEqual(below.names, ['Chez X', 'Libre'])
  // Off in one click: the holder then sees none.
  const made = await invite(own.owner.browser, { role: 'client', seesUnassigned: false })
  assert.equal((await own.owner.browser.call(getMember, { params: { id: made.id } })).seesUnassigned, false)
})

test('assigning all that matches is work that tells once', async () => {
  const own = await makeAgency(t)
  const lea = await makeMember(t, own, { role: 'consultant' })
  await t.sql(
    `insert into client (agency_id, id, name, last_activity_at, created_at, updated_at)
     select $1, gen_random_uuid(), case when i % 2 = 0 then 'Église ' else 'Bleu ' end || i, now(), now(), now() from generate_series(1, 2400) i`,
    [own.id],
  )
  const { jobId } = await own.owner.browser.call(assignMatching, {
    params: { id: toPublicId('member', lea.memberId) },
    body: { change: 'add', q: 'eglise', notify: true },
  })
  assert.match(jobId, /^job_/)
  await t.runJobs()
  const list = await own.owner.browser.call(listMemberClients, {
    params: { id: toPublicId('member', lea.memberId) },
    query: { total: 'true', q: 'ÉGLISE 240' },
  })
  assert.deepEqual(
    list.data.map((c) => c.name),
    ['Église 1240', 'Église 2240', 'Église 240', 'Église 2400'],
  )
  const [{ n }] = (await t.sql<{ n: number }>(
    'select count(*)::int as n from assignment where member_id = $1',
    [lea.memberId],
  )) as [{ n: number }]
  assert.equal(n, 1200)
  const notices = await t.sql<{ data: { count: number } }>(
    'select data from notification where user_id = $1',
    [lea.userId],
  )
  assert.deepEqual(
    notices.map((x) => x.data.count),
    [1200],
  )
  await own.owner.browser.call(assignMatching, {
    params: { id: toPublicId('member', lea.memberId) },
    body: { change: 'remove', q: 'église 1' },
  })
  await t.runJobs()
  const rest = await own.owner.browser.call(listMemberClients, {
    params: { id: toPublicId('member', lea.memberId) },
    query: { total: 'true', limit: 1 },
  })
  assert.equal(rest.total, 540)
})

test('a link dies after seven days, and another may be sent', async () => {
  const own = await makeAgency(t)
  const made = await invite(own.owner.browser)
  const token = await tokenFor(made.email)
  await t.advance({ days: 6, hours: 23, minutes: 59 })
  await t.browser(own.slug).call(readInvitation, { body: { token } })
  await t.advance({ minutes: 2 })
  assert.equal(
    (await t.browser(own.slug).refusal(acceptInvitation, { body: { token, password } })).status,
    410,
  )
  await signInAs(t, own, own.owner)
  assert.equal((await own.owner.browser.call(getMember, { params: { id: made.id } })).state, 'expired')
  await own.owner.browser.call(resendInvitation, { params: { id: made.id } })
  await t.browser(own.slug).call(acceptInvitation, { body: { token: await tokenFor(made.email), password } })
})
