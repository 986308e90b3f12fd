import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { toPublicId } from '../../contract/ids.ts'
import { runInTenant } from '../../server/run-in-tenant.ts'
import { newId } from '../../server/ids.ts'
import { startTestApp, type Browser, type TestApp } from '../../server/testing.ts'
import {
  makeAgency,
  makeClient,
  makeMember,
  type TestAgency,
  type TestMember,
} from '../../server/testing-people.ts'
import { budgetWallet } from '../budgets/public.ts'
import { setClientAssignees } from '../client-record/contract.ts'
import { listClients } from '../clients/contract.ts'
import { getJob } from '../long-jobs/contract.ts'
import { getMe } from '../sign-in/contract.ts'
import { getMember } from '../sub-accounts/contract.ts'
import { balancesOf, moveMoney } from '../wallets/public.ts'
import {
  findInTree,
  handOver,
  listTree,
  previewHandOver,
  previewMode,
  switchMode,
  undoHandOver,
} from './contract.ts'

let t: TestApp
before(async () => void (t = await startTestApp()))
after(() => t.close())

const pub = (m: { memberId: string }) => toPublicId('member', m.memberId)

type Team = Record<'marc' | 'lea' | 'karim' | 'nora', TestMember> & { agency: TestAgency }

/** Marc and his consultants Léa and Karim; Nora beside them. Nobody sees the pool but by its portfolio. */
async function makeTeam(): Promise<Team> {
  const agency = await makeAgency(t, { mode: 'full' })
  const of = (role: 'manager' | 'consultant', name: string, parent?: TestMember) =>
    makeMember(t, agency, { role, name, seesUnassigned: false, ...(parent && { parent }) })
  const marc = await of('manager', 'Marc Petit')
  const nora = await of('manager', 'Nora Benali')
  const lea = await of('consultant', 'Léa Bernard', marc)
  const karim = await of('consultant', 'Karim Diallo', marc)
  return { agency, marc, lea, karim, nora }
}

const seenBy = async (browser: Browser) =>
  (await browser.call(listClients, { query: { limit: 200 } })).data.map((c) => c.name).toSorted()

/** What each of the team sees, by name. */
async function sightOf(team: Team): Promise<Record<string, string[]>> {
  const sight: Record<string, string[]> = {}
  for (const who of ['marc', 'lea', 'karim', 'nora'] as const) sight[who] = await seenBy(team[who].browser)
  return sight
}

const fund = (agency: TestAgency, member: TestMember, amount: bigint) =>
  runInTenant(t.app, { agencyId: agency.id }, (ctx) =>
    moveMoney(ctx, {
      operationKey: `test ${member.memberId} ${amount}`,
      reason: 'budget.allocated',
      lines: [
        { wallet: { counterpart: 'bank', unit: 'EUR' }, amount: -amount },
        { wallet: budgetWallet(ctx, { kind: 'member', id: member.memberId }), amount },
      ],
    }),
  )
/** From one member's budget straight to another's. */
const pass = (agency: TestAgency, from: TestMember, to: TestMember, amount: bigint) =>
  runInTenant(t.app, { agencyId: agency.id }, (ctx) =>
    moveMoney(ctx, {
      operationKey: `pass ${newId()}`,
      reason: 'budget.allocated',
      lines: [
        { wallet: budgetWallet(ctx, { kind: 'member', id: from.memberId }), amount: -amount },
        { wallet: budgetWallet(ctx, { kind: 'member', id: to.memberId }), amount },
      ],
    }),
  )

const budget = async (agency: TestAgency, member?: TestMember) =>
  runInTenant(t.app, { agencyId: agency.id }, async (ctx) => {
    const [held] = await balancesOf(ctx, [
      budgetWallet(ctx, member ? { kind: 'member', id: member.memberId } : { kind: 'agency' }),
    ])
    return held!.balance
  })

test('a change of mode says every consequence, does just that, and nobody’s sight changes', async () => {
  const team = await makeTeam()
  const { agency, marc, lea } = team
  const { browser } = agency.owner
  await makeClient(t, agency, { name: 'Boulangerie', assignees: [lea] })
  await makeClient(t, agency, { name: 'Fleuriste', assignees: [lea, marc] })
  await makeClient(t, agency, { name: 'Garage', home: marc })
  await fund(agency, marc, 50_000n)
  await fund(agency, lea, 12_000n)
  const sight = await sightOf(team)
  const preview = await browser.call(previewMode, { body: { mode: 'simple' } })
  assert.deepEqual(
    preview.moves.people.map((p) => [p.name, p.from?.name, p.to]),
    [
      ['Karim Diallo', 'Marc Petit', null],
      ['Léa Bernard', 'Marc Petit', null],
    ],
  )
  assert.deepEqual(
    preview.balances.map((b) => [b.name, b.amount]),
    [
      ['Léa Bernard', { amount: 12_000, currency: 'EUR' }],
      ['Marc Petit', { amount: 50_000, currency: 'EUR' }],
    ],
  )
  // Marc keeps the bakery, and the garage that leaves his portfolio; nobody needs one for the florist.
  assert.deepEqual(
    [preview.marks.added, preview.marks.people.map((p) => [p.name, p.count])],
    [2, [['Marc Petit', 2]]],
  )
  assert.deepEqual([preview.portfolios.count, preview.waiting, preview.keptApart], [1, 1, []])
  assert.deepEqual(await sightOf(team), sight, 'a preview changes nothing')
  assert.deepEqual(await browser.call(switchMode, { body: { mode: 'simple' } }), {
    mode: 'simple',
    jobId: null,
  })
  assert.deepEqual(await sightOf(team), sight)
  assert.equal((await browser.call(getMe, {})).agency?.mode, 'simple')
  assert.deepEqual(
    [await budget(agency), await budget(agency, marc), await budget(agency, lea)],
    [62_000n, 0n, 0n],
  )
  const [event] = await t.sql<{ data: Record<string, unknown> }>(
    `select data from audit_event where agency_id = $1 and action = 'agency.mode_changed'`,
    [agency.id],
  )
  assert.deepEqual(event?.data, {
    changes: { mode: ['full', 'simple'] },
    moved: 2,
    marksAdded: 2,
    marksRemoved: 0,
    portfolios: 1,
    balancesReturned: 2,
  })
  const back = await browser.call(previewMode, { body: { mode: 'full' } })
  assert.deepEqual([back.moves.count, back.marks.removed, back.marks.added, back.keptApart], [2, 2, 0, []])
  await browser.call(switchMode, { body: { mode: 'full' } })
  assert.deepEqual(await sightOf(team), sight)
  assert.equal((await browser.call(getMember, { params: { id: pub(lea) } })).parent?.name, 'Marc Petit')
  assert.deepEqual(
    await t.sql(`select from assignment where agency_id = $1 and source = 'mode_switch'`, [agency.id]),
    [],
  )
})

test('a client taken in between is not shown to the manager by switching back, unless the owner says so', async () => {
  const team = await makeTeam()
  const { agency, lea, karim } = team
  const { browser } = agency.owner
  await makeClient(t, agency, { name: 'Ancien', assignees: [lea] })
  await browser.call(switchMode, { body: { mode: 'simple' } })
  await makeClient(t, agency, { name: 'Nouveau', assignees: [lea] })
  const sight = await sightOf(team)
  const strict = await browser.call(previewMode, { body: { mode: 'full' } })
  assert.deepEqual(
    strict.keptApart.map((k) => [k.name, k.parent.name, k.clients]),
    [['Léa Bernard', 'Marc Petit', 1]],
  )
  await browser.call(switchMode, { body: { mode: 'full' } })
  assert.deepEqual(await sightOf(team), sight)
  const parentOf = async (m: TestMember) =>
    (await browser.call(getMember, { params: { id: pub(m) } })).parent?.name
  assert.deepEqual([await parentOf(lea), await parentOf(karim)], [undefined, 'Marc Petit'])
  const other = await makeTeam()
  await makeClient(t, other.agency, { name: 'Ancien', assignees: [other.lea] })
  await other.agency.owner.browser.call(switchMode, { body: { mode: 'simple' } })
  await makeClient(t, other.agency, { name: 'Nouveau', assignees: [other.lea] })
  await other.agency.owner.browser.call(switchMode, { body: { mode: 'full', widen: true } })
  assert.deepEqual((await sightOf(other)).marc, ['Ancien', 'Nouveau'])
})

test('a mode is changed once, by owners, and only when the operator turned it on', async () => {
  const agency = await makeAgency(t, { mode: 'simple' })
  const { browser } = agency.owner
  const manager = await makeMember(t, agency, { role: 'manager' })
  assert.equal((await browser.refusal(switchMode, { body: { mode: 'simple' } })).code, 'agency.mode_same')
  assert.equal((await manager.browser.refusal(switchMode, { body: { mode: 'full' } })).status, 403)
  await t.sql(`update agency set hierarchy_enabled = false where agency_id = $1`, [agency.id])
  for (const call of [switchMode, previewMode])
    assert.equal((await browser.refusal(call, { body: { mode: 'full' } })).code, 'agency.mode_not_enabled')
})

test('in a large agency the change is long work that ends in the same place', async () => {
  const team = await makeTeam()
  const { agency, lea } = team
  await t.sql(
    `insert into client (agency_id, id, name, last_activity_at, created_at, updated_at)
     select $1, uuidv7(), 'Client ' || n, now(), now(), now() from generate_series(1, 5100) n`,
    [agency.id],
  )
  await t.sql(
    `insert into assignment (agency_id, client_id, member_id, assigned_by_name, assigned_at) select $1, id, $2, 'x', now() from client where agency_id = $1`,
    [agency.id, lea.memberId],
  )
  const { jobId } = await agency.owner.browser.call(switchMode, { body: { mode: 'simple' } })
  assert.ok(jobId)
  const look = () => agency.owner.browser.call(getJob, { params: { id: jobId } })
  let over = false
  const run = t.runJobs().finally(() => (over = true))
  const underWay: number[] = []
  while (!over) {
    const now = await look()
    if (now.state === 'running' && now.total === 5100) underWay.push(now.done)
    // Until the end nobody has a mark, then everybody has theirs.
    const [half] = await t.sql<{ n: number }>(
      `select count(*)::int as n from assignment where agency_id = $1 and source = 'mode_switch'`,
      [agency.id],
    )
    assert.ok(half!.n === 0 || half!.n === 5100, `${half!.n} marks`)
  }
  await run
  assert.ok(
    underWay.some((n) => n > 0 && n < 5100),
    `said on the way: ${underWay.join(' ')}`,
  )
  const job = await look()
  assert.deepEqual([job.state, job.done, job.total, job.result], ['done', 5100, 5100, { mode: 'simple' }])
  const [marks] = await t.sql(
    `select count(*)::int as n from assignment where agency_id = $1 and source = 'mode_switch'`,
    [agency.id],
  )
  assert.deepEqual(marks, { n: 5100 })
})

test('the tree is read level by level, with counts and balances; a manager’s begins with the manager', async () => {
  const team = await makeTeam()
  const { agency, marc, lea, karim, nora } = team
  await makeClient(t, agency, { assignees: [lea], home: marc })
  await makeClient(t, agency, { assignees: [lea] })
  await makeClient(t, agency, { assignees: [lea], status: 'archived' })
  await fund(agency, marc, 7_000n)
  const { browser } = agency.owner
  const top = await browser.call(listTree, {})
  assert.deepEqual(
    top.data.map((r) => [r.name, r.childCount, r.teamCount, r.clientCount, r.balance?.amount ?? null]),
    [
      [agency.owner.name, 0, 0, 0, null],
      ['Marc Petit', 2, 2, 1, 7_000],
      ['Nora Benali', 0, 0, 0, 0],
    ],
  )
  assert.deepEqual(top.agencyBalance, { amount: 0, currency: 'EUR' })
  const first = await browser.call(listTree, { query: { under: pub(marc), limit: 1 } })
  const second = await browser.call(listTree, {
    query: { under: pub(marc), limit: 1, cursor: first.nextCursor! },
  })
  assert.deepEqual(
    [...first.data, ...second.data].map((r) => [r.name, r.clientCount, r.can.move, r.parentId]),
    [
      ['Karim Diallo', 0, true, pub(marc)],
      ['Léa Bernard', 2, true, pub(marc)],
    ],
  )
  assert.equal(second.nextCursor, null)
  const mine = await marc.browser.call(listTree, {})
  assert.deepEqual(
    [mine.data.map((r) => [r.name, r.can.move, r.can.handOver]), mine.agencyBalance],
    [[['Marc Petit', false, false]], null],
  )
  assert.equal((await marc.browser.refusal(listTree, { query: { under: pub(nora) } })).status, 404)
  const hits = await browser.call(findInTree, { query: { q: 'leá' } })
  assert.deepEqual(
    hits.data.map((r) => [r.name, r.path.map((p) => p.name)]),
    [['Léa Bernard', ['Marc Petit']]],
  )
  assert.deepEqual((await nora.browser.call(findInTree, { query: { q: 'léa' } })).data, [])
  assert.equal((await browser.refusal(listTree, { query: { cursor: 'x' } })).status, 422)
  assert.equal((await karim.browser.call(listTree, {})).data[0]?.name, 'Karim Diallo')
})

test('removing somebody gives the clients, portfolio and team to others, keeps everybody’s sight, and can be undone', async () => {
  const team = await makeTeam()
  const { agency, marc, lea, karim, nora } = team
  const { browser } = agency.owner
  const a = await makeClient(t, agency, { name: 'Alpha', assignees: [lea] })
  await t.sql(`update assignment set is_lead = true where agency_id = $1`, [agency.id])
  await makeClient(t, agency, { name: 'Bravo', assignees: [lea, karim] })
  await makeClient(t, agency, { name: 'Charlie', home: lea })
  await fund(agency, lea, 9_900n)
  const before = await sightOf(team)
  const params = { id: pub(lea) }
  const { version } = await browser.call(getMember, { params })
  const open = await browser.call(previewHandOver, { params, body: { clientsTo: null, teamTo: null } })
  assert.deepEqual(
    [open.clients, open.leads, open.portfolio, open.team, open.parent?.name, open.balance.amount],
    [2, 1, 1, 0, 'Marc Petit', 9_900],
  )
  const wish = { clientsTo: pub(nora), teamTo: null }
  const losing = await browser.call(previewHandOver, { params, body: { ...wish, keepSight: false } })
  assert.deepEqual(
    losing.losing.map((l) => [l.name, l.count]),
    [['Marc Petit', 2]],
  )
  assert.equal((await browser.call(previewHandOver, { params, body: wish })).kept, 2)
  assert.deepEqual(await sightOf(team), before, 'previews change nothing')
  const missing = await browser.refusal(handOver, {
    params,
    body: { clientsTo: null, teamTo: null, version },
  })
  assert.equal(missing.fields?.['clientsTo']?.code, 'hand_over.receiver_required')
  const done = await browser.call(handOver, {
    params,
    body: {
      ...wish,
      exceptions: [{ clientId: toPublicId('client', a.id), memberId: pub(karim) }],
      version,
    },
  })
  assert.equal(done.returned.amount, 9_900)
  assert.deepEqual([await budget(agency, lea), await budget(agency, marc)], [0n, 9_900n])
  assert.equal((await lea.browser.refusal(getMe, {})).status, 401)
  assert.deepEqual(
    [await seenBy(marc.browser), await seenBy(karim.browser), await seenBy(nora.browser)],
    [before.marc, ['Alpha', 'Bravo'], ['Bravo', 'Charlie']],
  )
  const [lead] = await t.sql(
    `select member_id from assignment where agency_id = $1 and client_id = $2 and is_lead`,
    [agency.id, a.id],
  )
  assert.deepEqual(lead, { member_id: karim.memberId })
  assert.deepEqual(
    await t.sql(`select from assignment where agency_id = $1 and member_id = $2`, [agency.id, lea.memberId]),
    [],
  )
  await browser.call(undoHandOver, { params: { id: done.id }, body: {} })
  for (const who of ['marc', 'karim', 'nora'] as const)
    assert.deepEqual(await seenBy(team[who].browser), before[who], who)
  assert.equal((await browser.call(getMember, { params })).state, 'active')
  assert.deepEqual([await budget(agency, lea), await budget(agency, marc)], [9_900n, 0n])
  assert.equal(
    (await browser.refusal(undoHandOver, { params: { id: done.id }, body: {} })).code,
    'hand_over.undone',
  )
})

test('an undone removal takes the balance back as long as it is there, once, and can go without it', async () => {
  const { agency, marc, lea, nora } = await makeTeam()
  const { browser } = agency.owner
  await fund(agency, lea, 9_900n)
  const remove = async () => {
    const params = { id: pub(lea) }
    const { version } = await browser.call(getMember, { params })
    return (await browser.call(handOver, { params, body: { clientsTo: null, teamTo: null, version } })).id
  }
  const first = await remove()
  // Whoever got it spends a part of it.
  await pass(agency, marc, nora, 100n)
  const spent = await browser.refusal(undoHandOver, { params: { id: first }, body: {} })
  assert.equal(spent.code, 'hand_over.balance_spent')
  assert.match(spent.detail, /Léa Bernard, 99,00\s€, a été employé/)
  assert.equal((await browser.call(getMember, { params: { id: pub(lea) } })).state, 'disabled')
  assert.deepEqual([await budget(agency, lea), await budget(agency, marc)], [0n, 9_800n])
  await pass(agency, nora, marc, 100n)
  const undone = await Promise.allSettled(
    Array.from({ length: 5 }, () => browser.call(undoHandOver, { params: { id: first }, body: {} })),
  )
  assert.equal(undone.filter((r) => r.status === 'fulfilled').length, 1)
  assert.deepEqual([await budget(agency, lea), await budget(agency, marc)], [9_900n, 0n])
  const second = await remove()
  await pass(agency, marc, nora, 9_900n)
  const left = await browser.call(undoHandOver, { params: { id: second }, body: { withoutBalance: true } })
  assert.equal(left.balance.amount, 0)
  assert.equal((await browser.call(getMember, { params: { id: pub(lea) } })).state, 'active')
  assert.deepEqual([await budget(agency, lea), await budget(agency, nora)], [0n, 9_900n])
})

test('taking a removal back brings no client back that was given away since, nor money of somebody else', async () => {
  const { agency, marc, lea, karim } = await makeTeam()
  const rival = await makeMember(t, agency, { role: 'manager', name: 'Rita', seesUnassigned: false })
  const gone = await makeClient(t, agency, { name: 'Alpha', assignees: [lea] })
  await makeClient(t, agency, { name: 'Bravo', assignees: [lea] })
  await fund(agency, lea, 500n)
  const params = { id: pub(lea) }
  const { version } = await marc.browser.call(getMember, { params })
  const { id } = await marc.browser.call(handOver, {
    params,
    body: { clientsTo: pub(karim), teamTo: null, version },
  })
  await agency.owner.browser.call(setClientAssignees, {
    params: { id: toPublicId('client', gone.id) },
    body: { add: [pub(rival)], remove: [pub(karim)] },
  })
  assert.deepEqual(await seenBy(marc.browser), ['Bravo'])
  // Léa stands under the rival by now: the balance that went to Marc is not the rival's to take.
  await t.sql('update member set parent_id = $2 where id = $1', [lea.memberId, rival.memberId])
  assert.equal((await marc.browser.refusal(undoHandOver, { params: { id }, body: {} })).status, 404)
  const undone = await rival.browser.call(undoHandOver, { params: { id }, body: {} })
  assert.deepEqual([undone.restored, undone.balance.amount], [1, 0])
  assert.deepEqual([await budget(agency, marc), await budget(agency, lea)], [500n, 0n])
  assert.deepEqual(await seenBy(marc.browser), ['Bravo'])
  assert.deepEqual(await seenBy(rival.browser), ['Alpha'])
})

test('a team goes where the removed manager stood, or to one of its own who rises', async () => {
  const team = await makeTeam()
  const { agency, marc, lea, karim } = team
  const { browser } = agency.owner
  const chief = await makeMember(t, agency, { role: 'manager', name: 'Inès Roy', parent: marc })
  const params = { id: pub(marc) }
  const { version } = await browser.call(getMember, { params })
  await makeClient(t, agency, { name: 'Delta', home: marc })
  const refused = await browser.refusal(handOver, {
    params,
    body: { clientsTo: pub(chief), teamTo: pub(lea), version },
  })
  assert.equal(refused.fields?.['teamTo']?.code, 'member.parent_unsuited')
  const { id } = await browser.call(handOver, {
    params,
    body: { clientsTo: pub(chief), teamTo: pub(chief), version },
  })
  const parentOf = async (m: TestMember) =>
    (await browser.call(getMember, { params: { id: pub(m) } })).parent?.name ?? null
  assert.deepEqual(
    [await parentOf(chief), await parentOf(lea), await parentOf(karim)],
    [null, 'Inès Roy', 'Inès Roy'],
  )
  assert.deepEqual(await seenBy(chief.browser), ['Delta'])
  await browser.call(undoHandOver, { params: { id }, body: {} })
  assert.deepEqual([await parentOf(chief), await parentOf(lea)], ['Marc Petit', 'Marc Petit'])
})

test('nobody removes themselves, the last owner, or somebody of another branch', async () => {
  const { agency, marc, lea, nora } = await makeTeam()
  const body = { clientsTo: null, teamTo: null, version: 1 }
  assert.equal(
    (await agency.owner.browser.refusal(handOver, { params: { id: pub(agency.owner) }, body })).code,
    'member.yourself',
  )
  assert.equal((await marc.browser.refusal(handOver, { params: { id: pub(nora) }, body })).status, 404)
  assert.equal((await lea.browser.refusal(handOver, { params: { id: pub(marc) }, body })).status, 403)
  assert.equal(
    (
      await marc.browser.refusal(handOver, {
        params: { id: pub(lea) },
        body: { ...body, clientsTo: pub(nora) },
      })
    ).fields?.['clientsTo']?.code,
    'hand_over.receiver_unsuited',
  )
})
