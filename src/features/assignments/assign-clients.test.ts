import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import type { Ctx } from '../../server/context.ts'
import { Refusal } from '../../server/refusal.ts'
import { runInTenant } from '../../server/run-in-tenant.ts'
import { startTestApp, type TestApp } from '../../server/testing.ts'
import {
  makeAgency,
  makeClient,
  makeMember,
  type TestAgency,
  type TestMember,
} from '../../server/testing-people.ts'
import type { Role } from '../../contract/rights.ts'
import { setClientAssignees, getClient } from '../client-record/contract.ts'
import { toPublicId } from '../../contract/ids.ts'
import { listMemberClients, setAssignments } from './contract.ts'
import { assignClients } from './public.ts'

let t: TestApp
let agency: TestAgency
before(async () => {
  t = await startTestApp()
  agency = await makeAgency(t)
})
after(() => t.close())

/** Runs work in the name of a member, as a request of theirs would. */
function as<T>(m: TestMember, role: Role, work: (ctx: Ctx) => Promise<T>): Promise<T> {
  return runInTenant(t.app, { agencyId: m.agencyId }, async (ctx) => {
    ctx.actor = ctx.subject = { userId: m.userId, name: m.name, email: m.email, memberId: m.memberId, role }
    return work(ctx)
  })
}
const assigned = async (clientId: string) =>
  (
    await t.sql<{ member_id: string }>('select member_id from assignment where client_id = $1 order by 1', [
      clientId,
    ])
  ).map((r) => r.member_id)
const refused = (status: number, code: string) => (e: unknown) =>
  e instanceof Refusal && e.status === status && e.code === code

test('assigns, takes away and says what changed, once', async () => {
  const lea = await makeMember(t, agency, { role: 'consultant' })
  const [a, b] = [await makeClient(t, agency), await makeClient(t, agency)]
  const add = [
    { clientId: a.id, memberId: lea.memberId },
    { clientId: b.id, memberId: lea.memberId },
  ]
  const first = await as(agency.owner, 'owner', (ctx) => assignClients(ctx, { add }))
  assert.equal(first.added.length, 2)
  const again = await as(agency.owner, 'owner', (ctx) => assignClients(ctx, { add }))
  assert.deepEqual(again, { added: [], removed: [], leads: [] })
  const off = await as(agency.owner, 'owner', (ctx) => assignClients(ctx, { remove: [add[0]!] }))
  assert.deepEqual(off.removed, [add[0]])
  assert.deepEqual(await assigned(a.id), [])
  assert.deepEqual(await assigned(b.id), [lea.memberId])
  const events = await t.sql<{ action: string; client_id: string }>(
    `select action, client_id from audit_event where member_id = $1 order by seq`,
    [lea.memberId],
  )
  assert.deepEqual(
    events.map((e) => e.action),
    ['client.assigned', 'client.assigned', 'client.unassigned'],
  )
})

test('one person in charge a client, and only one who is assigned', async () => {
  const [lea, marc] = [
    await makeMember(t, agency, { role: 'consultant' }),
    await makeMember(t, agency, { role: 'consultant' }),
  ]
  const c = await makeClient(t, agency, { assignees: [lea, marc] })
  const other = await makeMember(t, agency, { role: 'consultant' })
  await as(agency.owner, 'owner', (ctx) =>
    assignClients(ctx, { lead: [{ clientId: c.id, memberId: lea.memberId }] }),
  )
  const second = await as(agency.owner, 'owner', (ctx) =>
    assignClients(ctx, { lead: [{ clientId: c.id, memberId: marc.memberId }] }),
  )
  assert.deepEqual(second.leads, [{ clientId: c.id, memberId: lea.memberId }])
  const leads = await t.sql<{ member_id: string }>(
    'select member_id from assignment where client_id = $1 and is_lead',
    [c.id],
  )
  assert.deepEqual(
    leads.map((r) => r.member_id),
    [marc.memberId],
  )
  await assert.rejects(
    as(agency.owner, 'owner', (ctx) =>
      assignClients(ctx, { lead: [{ clientId: c.id, memberId: other.memberId }] }),
    ),
    refused(409, 'assignment.lead_not_assigned'),
  )
})

test('a manager grants what it sees to whom it sees; the rest does not exist', async () => {
  const [x, y] = [
    await makeMember(t, agency, { role: 'manager', seesUnassigned: false }),
    await makeMember(t, agency, { role: 'manager' }),
  ]
  const [mine, theirs] = [
    await makeMember(t, agency, { role: 'consultant', parent: x }),
    await makeMember(t, agency, { role: 'consultant', parent: y }),
  ]
  const [own, foreign] = [await makeClient(t, agency, { home: x }), await makeClient(t, agency, { home: y })]
  await as(x, 'manager', (ctx) =>
    assignClients(ctx, { add: [{ clientId: own.id, memberId: mine.memberId }] }),
  )
  assert.deepEqual(await assigned(own.id), [mine.memberId])
  await assert.rejects(
    as(x, 'manager', (ctx) => assignClients(ctx, { add: [{ clientId: own.id, memberId: theirs.memberId }] })),
    refused(404, 'not.found'),
  )
  await assert.rejects(
    as(x, 'manager', (ctx) =>
      assignClients(ctx, { add: [{ clientId: foreign.id, memberId: mine.memberId }] }),
    ),
    refused(404, 'not.found'),
  )
  const stranger = await makeAgency(t)
  await assert.rejects(
    as(stranger.owner, 'owner', (ctx) =>
      assignClients(ctx, { add: [{ clientId: own.id, memberId: stranger.owner.memberId }] }),
    ),
    refused(404, 'not.found'),
  )
})

test('a disabled holder gets nothing new, but undoing gives back what it had', async () => {
  const gone = await makeMember(t, agency, { role: 'consultant', state: 'disabled' })
  const c = await makeClient(t, agency, { assignees: [gone] })
  const pair = { clientId: c.id, memberId: gone.memberId }
  await as(agency.owner, 'owner', (ctx) => assignClients(ctx, { remove: [pair] }))
  await assert.rejects(
    as(agency.owner, 'owner', (ctx) => assignClients(ctx, { add: [pair] })),
    refused(409, 'assignment.member_disabled'),
  )
  await as(agency.owner, 'owner', (ctx) => assignClients(ctx, { add: [pair], restoring: true }))
  assert.deepEqual(await assigned(c.id), [gone.memberId])
})

test('the holder is told once, by mail when asked, never about their own doing', async () => {
  const lea = await makeMember(t, agency, { role: 'consultant' })
  const clients = [
    await makeClient(t, agency, { name: 'Alpha <b>' }),
    await makeClient(t, agency, { name: 'Bêta' }),
  ]
  const add = clients.map((c) => ({ clientId: c.id, memberId: lea.memberId }))
  await as(agency.owner, 'owner', (ctx) => assignClients(ctx, { add, notify: true }))
  const told = await t.sql<{ data: { count: number } }>('select data from notification where user_id = $1', [
    lea.userId,
  ])
  assert.deepEqual(
    told.map((n) => n.data.count),
    [2],
  )
  const mails = await t.sql<{ subject: string; text: string; html: string }>(
    'select subject, text, html from mail where user_id = $1',
    [lea.userId],
  )
  assert.equal(mails.length, 1)
  assert.equal(mails[0]!.subject, '2 clients vous sont assignés')
  assert.match(mails[0]!.text, /Alpha <b> et Bêta/)
  assert.ok(!mails[0]!.html.includes('<b>'))
  const self = await makeClient(t, agency)
  await as(lea, 'consultant', (ctx) =>
    assignClients(ctx, { add: [{ clientId: self.id, memberId: lea.memberId }], notify: true }),
  )
  assert.equal((await t.sql('select from notification where user_id = $1', [lea.userId])).length, 1)
})

test('bulk assignments of overlapping clients never wait for each other in a circle', async () => {
  const own = await makeAgency(t)
  const people = await Promise.all(
    Array.from({ length: 4 }, () => makeMember(t, own, { role: 'consultant' })),
  )
  await t.sql(
    `insert into client (agency_id, id, name, last_activity_at, created_at, updated_at)
     select $1, gen_random_uuid(), 'Client ' || i, now(), now(), now() from generate_series(1, 300) i`,
    [own.id],
  )
  const ids = (
    await t.sql<{ id: string }>('select id from client where agency_id = $1 order by random()', [own.id])
  ).map((r) => r.id)
  for (let round = 0; round < 2; round++) {
    const each = (change: 'add' | 'remove') =>
      Promise.all(
        people.map((m, i) => {
          // Sets of very different sizes: left to itself, the database visits them in different orders.
          const pairs = (i % 2 === 0 ? ids : ids.slice(0, 40)).map((clientId) => ({
            clientId,
            memberId: m.memberId,
          }))
          return as(own.owner, 'owner', (ctx) => assignClients(ctx, { [change]: pairs, announce: false }))
        }),
      )
    await each('add')
    if (round < 1) await each('remove')
  }
  const [row] = await t.sql<{ least: number; most: number }>(
    'select min(assignee_count)::int as least, max(assignee_count)::int as most from client where agency_id = $1',
    [own.id],
  )
  assert.deepEqual(row, { least: 2, most: 4 })
})

test('both sides agree: what one ticks the other shows, and undoing works from either', async () => {
  const lea = await makeMember(t, agency, { role: 'consultant' })
  const [a, b] = [
    await makeClient(t, agency, { name: 'Alpha' }),
    await makeClient(t, agency, { name: 'Bêta' }),
  ]
  const memberId = toPublicId('member', lea.memberId)
  const idOf = (c: { id: string }) => toPublicId('client', c.id)
  const { browser } = agency.owner
  const fromMember = async () =>
    (await browser.call(listMemberClients, { params: { id: memberId } })).data.map((c) => c.name)
  const fromClient = async (c: { id: string }) =>
    (await browser.call(getClient, { params: { id: idOf(c) } })).assignees.map((x) => x.id)
  await browser.call(setClientAssignees, { params: { id: idOf(a) }, body: { add: [memberId] } })
  assert.deepEqual(await fromMember(), ['Alpha'])
  const change = await browser.call(setAssignments, {
    body: {
      add: [
        { clientId: idOf(a), memberId },
        { clientId: idOf(b), memberId },
      ],
    },
  })
  assert.deepEqual(change, { added: [{ clientId: idOf(b), memberId }], removed: [] })
  assert.deepEqual([await fromClient(a), await fromClient(b)], [[memberId], [memberId]])
  const undone = await browser.call(setAssignments, { body: { add: change.removed, remove: change.added } })
  assert.deepEqual(undone.removed, change.added)
  await browser.call(setClientAssignees, { params: { id: idOf(a) }, body: { remove: [memberId] } })
  assert.deepEqual(await fromMember(), [])
  assert.deepEqual(
    (
      await browser.call(listMemberClients, {
        params: { id: memberId },
        query: { assigned: 'any', q: 'bet', limit: 1 },
      })
    ).data.map((c) => [c.name, c.assignment]),
    [['Bêta', null]],
  )
  assert.equal(
    (await lea.browser.refusal(setAssignments, { body: { add: [{ clientId: idOf(a), memberId }] } })).status,
    403,
  )
})
