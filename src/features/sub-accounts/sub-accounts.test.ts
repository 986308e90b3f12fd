import { get, type IncomingMessage } from 'node:http'
import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { toPublicId } from '../../contract/ids.ts'
import { startTestApp, type TestApp } from '../../server/testing.ts'
import { makeAgency, makeClient, makeMember, signInAs, type TestMember } from '../../server/testing-people.ts'
import { setAssignments } from '../assignments/contract.ts'
import { inviteSubAccount } from '../invitations/contract.ts'
import { listJobs } from '../long-jobs/contract.ts'
import {
  changeParent,
  changeRole,
  disableSubAccount,
  enableSubAccount,
  getMember,
  getMemberOptions,
  listMemberChoices,
  listMemberHistory,
  listMembers,
  updateMember,
} from './contract.ts'

let t: TestApp
before(async () => {
  t = await startTestApp()
})
after(() => t.close())

const id = (m: { memberId: string }) => toPublicId('member', m.memberId)
const at = (m: { memberId: string }) => ({ params: { id: id(m) } })
const names = async (m: TestMember, query: Record<string, unknown> = {}) =>
  (await m.browser.call(listMembers, { query } as never)).data.map((r) => r.name)

/** Owner; managers X and Y; X has Léa and Marc, Léa has the holder Hugo; Y has Nora. */
async function tree(given: { mode?: 'simple' | 'intermediate' | 'full' } = {}) {
  const agency = await makeAgency(t, given)
  const x = await makeMember(t, agency, { role: 'manager', name: 'Xavier' })
  const y = await makeMember(t, agency, { role: 'manager', name: 'Yasmine' })
  const lea = await makeMember(t, agency, {
    role: 'consultant',
    name: 'Léa Bernard',
    email: 'lea@horizon.fr',
    parent: x,
  })
  const marc = await makeMember(t, agency, { role: 'consultant', name: 'Marc', parent: x })
  const nora = await makeMember(t, agency, { role: 'consultant', name: 'Nora', parent: y })
  const hugo = await makeMember(t, agency, { role: 'client', name: 'Hugo', parent: lea })
  return { agency, owner: agency.owner, x, y, lea, marc, nora, hugo }
}

test('everyone lists itself and what is below, an owner everybody', async () => {
  const { owner, x, lea, hugo, nora } = await tree()
  assert.equal((await names(owner)).length, 7)
  assert.deepEqual(await names(x), ['Hugo', 'Léa Bernard', 'Marc', 'Xavier'])
  assert.deepEqual(await names(lea), ['Hugo', 'Léa Bernard'])
  assert.equal((await hugo.browser.refusal(listMembers, {})).status, 403)
  assert.equal((await x.browser.refusal(getMember, at(nora))).status, 404)
  assert.equal((await lea.browser.refusal(getMember, at(x))).status, 404)
  // The names above are known, though not their pages.
  assert.deepEqual(
    (await lea.browser.call(getMember, at(hugo))).ancestors.map((a) => a.name),
    ['Xavier', 'Léa Bernard'],
  )
  const foreign = await makeAgency(t)
  assert.equal((await foreign.owner.browser.refusal(getMember, at(lea))).status, 404)
})

test('search forgives accents and case, filters combine, every word counts', async () => {
  const { owner, lea, x, agency } = await tree()
  assert.deepEqual(await names(owner, { q: 'lea' }), ['Léa Bernard'])
  assert.deepEqual(await names(owner, { q: 'BERNARD LÉA' }), ['Léa Bernard'])
  assert.deepEqual(await names(owner, { q: '@horizon.fr' }), ['Léa Bernard'])
  assert.deepEqual(await names(owner, { q: '%' }), [])
  assert.deepEqual(await names(owner, { role: ['manager', 'client'] }), ['Hugo', 'Xavier', 'Yasmine'])
  await makeMember(t, agency, { role: 'consultant', name: 'Zoé', state: 'disabled' })
  assert.deepEqual(await names(owner, { state: 'disabled' }), ['Zoé'])
  assert.deepEqual(await names(owner, { under: id(x) }), ['Hugo', 'Léa Bernard', 'Marc'])
  const client = await makeClient(t, agency, { assignees: [lea] })
  assert.deepEqual(await names(owner, { client: toPublicId('client', client.id) }), ['Léa Bernard'])
  const hidden = await makeClient(t, await makeAgency(t))
  assert.equal(
    (await owner.browser.refusal(listMembers, { query: { client: toPublicId('client', hidden.id) } })).status,
    404,
  )
  // A new name is found at once.
  const { version } = await owner.browser.call(getMember, at(lea))
  await owner.browser.call(updateMember, { ...at(lea), body: { version, name: 'Chloé Ångström' } })
  assert.deepEqual(await names(owner, { q: 'angstrom' }), ['Chloé Ångström'])
})

test('pages by every sort, both ways, leave nobody out and repeat nobody', async () => {
  const agency = await makeAgency(t)
  for (let i = 0; i < 8; i++)
    await makeMember(t, agency, {
      role: 'consultant',
      name: `Même nom`,
      state: i % 2 ? 'active' : 'disabled',
    })
  await t.sql(
    `update realm_user set last_seen_at = now() - interval '1 day' * (random() * 3)::int where agency_id = $1 and random() < 0.6`,
    [agency.id],
  )
  for (const sort of ['name', '-name', 'lastSeenAt', '-lastSeenAt', 'createdAt', '-createdAt']) {
    const whole = await agency.owner.browser.call(listMembers, { query: { sort, total: 'true' } })
    assert.equal(whole.total, 9)
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await agency.owner.browser.call(listMembers, {
        query: { sort, limit: 2, ...(cursor && { cursor }) },
      })
      seen.push(...page.data.map((r) => r.id))
      cursor = page.nextCursor ?? undefined
    } while (cursor)
    assert.deepEqual(
      seen,
      whole.data.map((r) => r.id),
      sort,
    )
  }
  assert.equal((await agency.owner.browser.refusal(listMembers, { query: { sort: 'password' } })).status, 422)
  for (const cursor of ['x', Buffer.from('["a","b"]').toString('base64url')])
    assert.equal((await agency.owner.browser.refusal(listMembers, { query: { cursor } })).status, 422)
})

test('a row counts the clients in use, and shows when an invitation has run out', async () => {
  const { agency, owner, lea } = await tree()
  await makeClient(t, agency, { assignees: [lea] })
  await makeClient(t, agency, { assignees: [lea], status: 'archived' })
  const row = (await owner.browser.call(listMembers, { query: { q: 'lea' } })).data[0]!
  assert.equal(row.clientCount, 1)
  assert.equal(row.parent?.name, 'Xavier')
  await makeMember(t, agency, { role: 'consultant', name: 'Sans lien', state: 'invited' })
  assert.deepEqual(await names(owner, { state: 'expired' }), ['Sans lien'])
  assert.deepEqual(await names(owner, { state: 'invited' }), [])
})

test('edits with a version; the one who comes second is told', async () => {
  const { owner, lea, x } = await tree()
  const { version } = await x.browser.call(getMember, at(lea))
  const saved = await x.browser.call(updateMember, {
    ...at(lea),
    body: { version, jobTitle: 'Cheffe de projet', phone: '+33 6 12 34 56 78' },
  })
  assert.equal(saved.jobTitle, 'Cheffe de projet')
  const stale = await owner.browser.refusal(updateMember, {
    ...at(lea),
    body: { version, jobTitle: 'Autre' },
  })
  assert.equal(stale.code, 'version.stale')
  assert.equal((stale.data?.current as { jobTitle: string } | undefined)?.jobTitle, 'Cheffe de projet')
  const wrong = await owner.browser.refusal(updateMember, {
    ...at(lea),
    body: { version: saved.version, name: ' ', phone: 'abc' },
  })
  assert.deepEqual(Object.keys(wrong.fields ?? {}), ['name', 'phone'])
  assert.match(wrong.fields!.name!.message, /nécessaire/)
  const [event] = await t.sql<{ data: { changes: object } }>(
    `select data from audit_event where member_id = $1 and action = 'member.updated'`,
    [lea.memberId],
  )
  assert.deepEqual(event!.data.changes, {
    jobTitle: [null, 'Cheffe de projet'],
    phone: [null, '+33 6 12 34 56 78'],
  })
})

test('a manager changes what is below, never itself, sideways or up, and opens no pool it does not see', async () => {
  const { x, y, lea, owner } = await tree()
  assert.equal(
    (await x.browser.refusal(updateMember, { ...at(x), body: { version: 1, seesUnassigned: true } })).code,
    'member.not_below',
  )
  assert.equal(
    (await x.browser.refusal(updateMember, { ...at(y), body: { version: 1, name: 'Moi' } })).status,
    404,
  )
  assert.equal(
    (await lea.browser.refusal(updateMember, { ...at(lea), body: { version: 1, name: 'Moi' } })).status,
    403,
  )
  for (const m of [lea, x]) {
    const { version } = await owner.browser.call(getMember, at(m))
    await owner.browser.call(updateMember, { ...at(m), body: { version, seesUnassigned: false } })
  }
  const { version } = await x.browser.call(getMember, at(lea))
  const refused = await x.browser.refusal(updateMember, {
    ...at(lea),
    body: { version, seesUnassigned: true },
  })
  assert.equal(refused.fields?.seesUnassigned?.code, 'member.unassigned_not_yours')
})

test('roles and places follow the mode and the giver', async () => {
  const full = await tree()
  const options = await full.owner.browser.call(getMemberOptions, {})
  assert.deepEqual(
    options.roles.map((r) => r.role),
    ['owner', 'manager', 'consultant', 'client'],
  )
  const ofManager = await full.x.browser.call(getMemberOptions, {})
  assert.deepEqual(
    ofManager.roles.map((r) => [r.role, r.parentRequired]),
    [
      ['manager', true],
      ['consultant', true],
      ['client', true],
    ],
  )
  const simple = await tree({ mode: 'simple' })
  assert.deepEqual(
    (await simple.owner.browser.call(getMemberOptions, {})).roles.map((r) => [r.role, r.parentRoles.length]),
    [
      ['owner', 0],
      ['consultant', 0],
      ['client', 0],
    ],
  )
  assert.equal((await simple.x.browser.call(getMemberOptions, {})).canInvite, false)

  const change = (by: TestMember, m: TestMember, role: string, parent?: TestMember | null) =>
    by.browser.call(getMember, at(m)).then(({ version }) =>
      by.browser.send(changeRole, {
        ...at(m),
        body: {
          version,
          role: role as never,
          ...(parent !== undefined && { parentId: parent && id(parent) }),
        },
      }),
    )
  const { owner, x, y, lea, marc, hugo, nora } = full
  assert.equal((await change(x, lea, 'owner')).json().fields.role.code, 'member.role_not_given')
  assert.equal((await change(owner, lea, 'client')).json().code, 'member.has_team')
  assert.equal(
    (await change(owner, lea, 'consultant', marc)).json().fields.parentId.code,
    'member.parent_unsuited',
  )
  assert.equal(
    (await change(x, marc, 'consultant', null)).json().fields.parentId.code,
    'member.parent_required',
  )
  assert.equal((await change(x, marc, 'consultant', y)).json().fields.parentId.code, 'member.parent_unsuited')
  assert.equal((await change(owner, owner, 'client')).json().code, 'member.last_owner')
  const promoted = await change(owner, nora, 'owner')
  assert.deepEqual([promoted.json().role, promoted.json().parent], ['owner', null])
  assert.equal((await change(x, hugo, 'consultant', x)).json().parent.name, 'Xavier')
  const home = await makeClient(t, full.agency, { home: marc })
  assert.equal((await change(owner, marc, 'client')).json().code, 'member.has_portfolio')
  assert.ok(home)
})

test('an advertiser has colleagues but no client holders (A1)', async () => {
  const { owner } = await makeAgency(t, { kind: 'advertiser', mode: 'simple' })
  const { roles } = await owner.browser.call(getMemberOptions, {})
  assert.deepEqual(
    roles.map((r) => r.role),
    ['owner', 'consultant'],
  )
  const body = { name: 'Hugo', email: 'hugo@exemple.fr', role: 'client' as const }
  assert.equal(
    (await owner.browser.refusal(inviteSubAccount, { body })).fields?.role?.code,
    'member.role_not_given',
  )
})

test('moves a team and refuses a cycle, two at once too', async () => {
  const { agency, owner, x, y, lea, marc } = await tree()
  const move = async (m: TestMember, parent: TestMember | null, by = owner) =>
    by.browser.send(changeParent, {
      ...at(m),
      body: { version: (await by.browser.call(getMember, at(m))).version, parentId: parent && id(parent) },
    })
  assert.equal((await move(x, x)).json().code, 'member.cycle')
  const z = await makeMember(t, agency, { role: 'manager', name: 'Zo', parent: x })
  assert.equal((await move(x, z)).json().code, 'member.cycle')
  assert.equal((await move(lea, y)).json().parent.name, 'Yasmine')
  assert.deepEqual(await names(y), ['Hugo', 'Léa Bernard', 'Nora', 'Yasmine'])
  assert.deepEqual(await names(x), ['Marc', 'Xavier', 'Zo'])
  assert.equal((await move(marc, y, x)).json().fields.parentId.code, 'member.parent_unsuited')
  // X under Y and Y under X at the same time: one of them.
  const both = await Promise.all([move(x, y), move(y, x)])
  assert.deepEqual(
    both.map((r) => r.statusCode).toSorted((a, b) => a - b),
    [200, 409],
  )
})

test('closing an access ends 100 sessions of 100 at once, and whoever acts for it', async () => {
  const { agency, owner, x, lea } = await tree()
  const browsers = await Promise.all(
    Array.from({ length: 100 }, async () => {
      const m = { ...lea, browser: t.browser(agency.slug) }
      await signInAs(t, agency, m)
      return m.browser
    }),
  )
  assert.equal((await browsers[42]!.send(listJobs, {})).statusCode, 200)
  await t.sql(
    `insert into access_session (agency_id, id, session_id, actor_user_id, actor_member_id, subject_member_id, mode, read_only, started_at, expires_at)
     select $1, gen_random_uuid(), s.id, $2, $3, $4, 'acting', false, now(), now() + interval '30 minutes' from session s where s.user_id = $2`,
    [agency.id, x.userId, x.memberId, lea.memberId],
  )
  const closed = await owner.browser.call(disableSubAccount, at(lea))
  assert.equal(closed.state, 'disabled')
  const after = await Promise.all(browsers.map((b) => b.send(listJobs, {})))
  assert.equal(after.filter((r) => r.statusCode === 401).length, 100)
  assert.equal(
    (
      await t.sql(`select from access_session where subject_member_id = $1 and ended_at is null`, [
        lea.memberId,
      ])
    ).length,
    0,
  )
  assert.equal((await x.browser.send(listJobs, {})).statusCode, 200)
  const mails = await t.sql<{ subject: string; from_name: string; text: string }>(
    `select subject, from_name, text from mail where user_id = $1`,
    [lea.userId],
  )
  assert.equal(mails.length, 1)
  assert.equal(mails[0]!.from_name, `Agence ${agency.slug}`)
  assert.match(mails[0]!.subject, /désactivé/)
  assert.equal((await owner.browser.refusal(disableSubAccount, at(lea))).code, 'member.already_disabled')
})

test('an open page hears of it within a second, and its stream ends', async () => {
  const { agency, owner, lea } = await tree()
  const address = await t.server.listen({ port: 0, host: '127.0.0.1' })
  const headers = { host: `${agency.slug}.localhost:3000`, cookie: `session=${lea.browser.cookies.session}` }
  const response = await new Promise<IncomingMessage>((done, failed) => {
    get(`${address}/api/v1/events`, { headers }, done).on('error', failed)
  })
  let heard = ''
  response.on('data', (chunk: Buffer) => (heard += chunk.toString()))
  const ended = new Promise<number>((done) => response.on('end', () => done(performance.now())))
  // The listener's connection is up once something is heard.
  await new Promise((r) => setTimeout(r, 300))
  const start = performance.now()
  await owner.browser.call(disableSubAccount, at(lea))
  assert.ok((await ended) - start < 1000)
  assert.match(heard, /session\.ended/)
})

test('assignments sleep while closed and wake when opened', async () => {
  const { agency, owner, lea } = await tree()
  await makeClient(t, agency, { assignees: [lea] })
  await owner.browser.call(disableSubAccount, at(lea))
  assert.equal((await t.sql('select from assignment where member_id = $1', [lea.memberId])).length, 1)
  const opened = await owner.browser.call(enableSubAccount, at(lea))
  assert.deepEqual([opened.state, opened.clientCount], ['active', 1])
  assert.equal((await owner.browser.refusal(enableSubAccount, at(lea))).code, 'member.not_disabled')
  await signInAs(t, agency, lea)
  assert.deepEqual(await names(lea), ['Hugo', 'Léa Bernard'])
})

test('nobody closes their own access; the last owner stays, in a race too', async () => {
  const agency = await makeAgency(t)
  const second = await makeMember(t, agency, { role: 'owner' })
  assert.equal(
    (await agency.owner.browser.refusal(disableSubAccount, at(agency.owner))).code,
    'member.yourself',
  )
  for (let round = 0; round < 5; round++) {
    const answers = await Promise.all([
      agency.owner.browser.send(disableSubAccount, at(second)),
      second.browser.send(disableSubAccount, at(agency.owner)),
    ])
    const owners = await t.sql<{ id: string }>(
      `select id from member where agency_id = $1 and role = 'owner' and state = 'active'`,
      [agency.id],
    )
    assert.equal(owners.length, 1, `round ${round}: ${answers.map((a) => a.statusCode)}`)
    await t.sql(`update member set state = 'active' where agency_id = $1`, [agency.id])
    await t.sql(`update realm_user set state = 'active' where agency_id = $1`, [agency.id])
    for (const m of [agency.owner, second]) await signInAs(t, agency, m)
  }
  // By demotion: two owners take the role from each other, then both step down at once.
  for (const targets of [
    [second, agency.owner],
    [agency.owner, second],
  ] as const) {
    const version = async (m: TestMember) => (await agency.owner.browser.call(getMember, at(m))).version
    const bodies = await Promise.all(
      targets.map(async (m) => ({ version: await version(m), role: 'consultant' as const })),
    )
    const answers = await Promise.all(
      [agency.owner, second].map((by, i) =>
        by.browser.send(changeRole, { ...at(targets[i]!), body: bodies[i]! }),
      ),
    )
    assert.deepEqual(answers.map((a) => a.statusCode).toSorted((x, y) => x - y)[0], 200)
    assert.equal(
      (
        await t.sql(`select from member where agency_id = $1 and role = 'owner' and state = 'active'`, [
          agency.id,
        ])
      ).length,
      1,
    )
    await t.sql(`update member set role = 'owner' where agency_id = $1`, [agency.id])
  }
  // Alone, an owner can't step down.
  await agency.owner.browser.call(disableSubAccount, at(second))
  const { version } = await agency.owner.browser.call(getMember, at(agency.owner))
  assert.equal(
    (
      await agency.owner.browser.refusal(changeRole, {
        ...at(agency.owner),
        body: { version, role: 'consultant' },
      })
    ).code,
    'member.last_owner',
  )
})

test('choices leave out the disabled and, for a move, the team itself', async () => {
  const { agency, owner, x } = await tree()
  await makeMember(t, agency, { role: 'manager', name: 'Fermé', state: 'disabled' })
  const choices = await owner.browser.call(listMemberChoices, { query: { role: 'manager', outside: id(x) } })
  assert.deepEqual(
    choices.data.map((c) => c.name),
    ['Yasmine'],
  )
  assert.equal((await owner.browser.call(listMemberChoices, { query: { limit: 1 } })).more, true)
})

test('a member says which unassigned clients it sees, as far as the asker sees them', async () => {
  const { agency, owner, x, y, lea } = await tree()
  await makeClient(t, agency, { name: 'À la racine' })
  await makeClient(t, agency, { name: 'Chez X', home: x })
  await makeClient(t, agency, { name: 'Chez Y', home: y })
  await makeClient(t, agency, { name: 'Pris', assignees: [lea] })
  const { unassigned } = await owner.browser.call(getMember, at(lea))
  assert.deepEqual(unassigned, { count: 2, names: ['À la racine', 'Chez X'] })
})

test('the history of a member leaves out clients its reader does not see', async () => {
  const { agency, owner, x, y, nora } = await tree()
  const client = await makeClient(t, agency, { name: 'Chez Y', home: y })
  const pair = { clientId: toPublicId('client', client.id), memberId: id(nora) }
  await owner.browser.call(setAssignments, { body: { add: [pair] } })
  await owner.browser.call(setAssignments, { body: { remove: [pair] } })
  const { version } = await owner.browser.call(getMember, at(nora))
  await owner.browser.call(changeParent, { ...at(nora), body: { version, parentId: id(x) } })
  const actions = async (m: TestMember) =>
    (await m.browser.call(listMemberHistory, at(nora))).data.map((e) => e.action)
  assert.deepEqual(await actions(owner), ['member.moved', 'client.unassigned', 'client.assigned'])
  assert.deepEqual(await actions(x), ['member.moved'])
  assert.equal((await y.browser.refusal(listMemberHistory, at(nora))).status, 404)
})
