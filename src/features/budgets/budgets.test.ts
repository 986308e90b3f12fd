import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { toPublicId } from '../../contract/ids.ts'
import type { Ctx } from '../../server/context.ts'
import { newId } from '../../server/ids.ts'
import { runInTenant } from '../../server/run-in-tenant.ts'
import {
  makeAgency,
  makeClient,
  makeMember,
  signInAs,
  type TestAgency,
  type TestMember,
} from '../../server/testing-people.ts'
import { startTestApp, type TestApp } from '../../server/testing.ts'
import { runTimetable } from '../../server/timetable.ts'
import { verifyData } from '../../server/verify-data.ts'
import { listNotifications } from '../notifications/contract.ts'
import { readyToPay } from '../payments/testing-payments.ts'
import { balancesOf, captureHold, holdMoney, moveMoney } from '../wallets/public.ts'
import {
  allocateBudgets,
  decideBudgetRequest,
  getBudget,
  getCarryOver,
  listBudgetRequests,
  listBudgets,
  moveBudget,
  quoteTopUp,
  requestBudget,
  setBudgetRule,
  sumBudgetsBelow,
  topUpBudget,
} from './contract.ts'
import { budgetWallet, fundOrder, returnBalance, type BudgetNode } from './public.ts'

let t: TestApp
let agency: TestAgency
let marc: TestMember
let nora: TestMember
let lea: TestMember
let claire: TestMember
/** In Marc's portfolio, led by Léa. */
let bakery: { id: string }
/** At the agency's root, nobody's. */
let florist: { id: string }

before(async () => {
  t = await startTestApp()
})
after(async () => {
  const findings = await verifyData(t.app.database.owner)
  assert.deepEqual(
    findings.flatMap((f) => f.broken),
    [],
  )
  await t.close()
})

/** A fresh agency in full mode with a budget of 10,000.00 at its top. */
async function open(): Promise<void> {
  agency = await makeAgency(t, { name: 'Studio Lumière' })
  marc = await makeMember(t, agency, { role: 'manager', name: 'Marc Petit' })
  nora = await makeMember(t, agency, { role: 'manager', name: 'Nora Haddad' })
  lea = await makeMember(t, agency, { role: 'consultant', parent: marc, name: 'Léa Morel' })
  claire = await makeMember(t, agency, { role: 'client', parent: lea, name: 'Claire Duval' })
  bakery = await makeClient(t, agency, { name: 'Boulangerie', home: marc, assignees: [lea, claire] })
  await t.sql(`update assignment set is_lead = true where client_id = $1 and member_id = $2`, [
    bakery.id,
    lea.memberId,
  ])
  florist = await makeClient(t, agency, { name: 'Fleuriste', assignees: [nora] })
  await inAgency((ctx) =>
    moveMoney(ctx, {
      operationKey: newId(),
      reason: 'budget.topped_up',
      lines: [
        { wallet: { counterpart: 'card', unit: 'EUR' }, amount: -1_000_000n },
        { wallet: budgetWallet(ctx, { kind: 'agency' }), amount: 1_000_000n },
      ],
    }),
  )
}
const inAgency = <T>(work: (ctx: Ctx) => Promise<T>) => runInTenant(t.app, { agencyId: agency.id }, work)
const ofMember = (m: TestMember) => ({ member: toPublicId('member', m.memberId) })
const ofClient = (c: { id: string }) => ({ client: toPublicId('client', c.id) })
const top = { agency: true } as const
const euros = (amount: number) => ({ amount, currency: 'EUR' })
const key = () => ({ 'idempotency-key': newId() })
type Node = { member: string } | { client: string } | { agency: true }
const body = (from: Node, to: Node, amount: number) => ({ body: { from, to, amount: euros(amount) } })
const give = (who: TestMember, from: Node, to: Node, amount: number, headers = key()) =>
  who.browser.call(moveBudget, body(from, to, amount), headers)
const refuse = (who: TestMember, from: Node, to: Node, amount: number) =>
  who.browser.refusal(moveBudget, body(from, to, amount), key())
async function available(...nodes: BudgetNode[]): Promise<number[]> {
  return inAgency(async (ctx) =>
    (
      await balancesOf(
        ctx,
        nodes.map((n) => budgetWallet(ctx, n)),
      )
    ).map((b) => Number(b.available)),
  )
}
const member = (m: TestMember): BudgetNode => ({ kind: 'member', id: m.memberId })
const client = (c: { id: string }): BudgetNode => ({ kind: 'client', id: c.id })
const root: BudgetNode = { kind: 'agency' }
const everybody = () =>
  available(root, member(marc), member(nora), member(lea), client(bakery), client(florist))

test('a budget goes down level by level, and comes back', async () => {
  await open()
  const { owner } = agency
  const given = await give(owner, top, ofMember(marc), 400_000)
  assert.deepEqual(
    [given.from.available, given.to.node.name, given.to.available],
    [euros(600_000), 'Marc Petit', euros(400_000)],
  )
  await give(marc, ofMember(marc), ofMember(lea), 150_000)
  await give(lea, ofMember(lea), ofClient(bakery), 50_000)
  assert.deepEqual(await everybody(), [600_000, 250_000, 0, 100_000, 50_000, 0])
  await give(lea, ofClient(bakery), ofMember(lea), 20_000)
  await give(owner, ofMember(lea), top, 10_000)
  assert.deepEqual(await everybody(), [610_000, 250_000, 0, 110_000, 30_000, 0])
  // Through the levels between, each of which sees it pass.
  await give(owner, top, ofClient(bakery), 5_000)
  const rows = await t.sql<{ reason: string }>(
    `select m.reason from money_transfer m where m.agency_id = $1 order by m.occurred_at desc, m.id desc limit 3`,
    [agency.id],
  )
  assert.deepEqual(
    rows.map((r) => r.reason),
    ['budget.allocated', 'budget.allocated', 'budget.allocated'],
  )
  assert.deepEqual(await everybody(), [605_000, 250_000, 0, 110_000, 35_000, 0])
  // From one branch to the other as one operation.
  await give(owner, ofMember(marc), ofMember(nora), 50_000)
  await give(owner, ofClient(bakery), ofClient(florist), 1_000)
  assert.deepEqual(await everybody(), [605_000, 200_000, 50_000, 110_000, 34_000, 1_000])
})

test('too little says what is missing; what orders hold is not available', async () => {
  await open()
  await give(agency.owner, top, ofMember(marc), 10_000)
  const short = await refuse(marc, ofMember(marc), ofMember(lea), 11_240)
  assert.deepEqual(
    [short.status, short.code, short.detail, short.data],
    [409, 'wallet.insufficient', 'Il manque 12,40\u00a0€.', { missing: euros(1_240) }],
  )
  await give(agency.owner, top, ofClient(bakery), 5_000)
  const { holdId } = await inAgency((ctx) =>
    holdMoney(ctx, {
      operationKey: newId(),
      wallet: budgetWallet(ctx, client(bakery)),
      amount: 4_000n,
      reason: 'order.placed',
    }),
  )
  assert.equal((await refuse(lea, ofClient(bakery), ofMember(lea), 1_001)).code, 'wallet.insufficient')
  await give(lea, ofClient(bakery), ofMember(lea), 1_000)
  await inAgency((ctx) =>
    captureHold(ctx, {
      operationKey: newId(),
      holdId,
      amount: 4_000n,
      to: { counterpart: 'revenue', unit: 'EUR' },
      reason: 'order.delivered',
    }),
  )
  assert.deepEqual(await available(client(bakery)), [0])
})

test('one takes only from one’s own level and below; what is out of sight does not exist', async () => {
  await open()
  await give(agency.owner, top, ofMember(marc), 10_000)
  await give(agency.owner, top, ofMember(nora), 10_000)
  await give(agency.owner, top, ofClient(florist), 10_000)
  await give(agency.owner, top, ofMember(lea), 10_000)
  assert.equal((await refuse(marc, ofMember(nora), ofMember(marc), 1)).status, 404)
  assert.equal((await refuse(marc, ofClient(florist), ofMember(marc), 1)).status, 404)
  assert.equal((await refuse(lea, ofMember(marc), ofMember(lea), 1)).code, 'budget.not_yours')
  assert.equal((await refuse(lea, top, ofMember(lea), 1)).code, 'budget.not_yours')
  assert.equal((await refuse(marc, top, ofMember(marc), 1)).code, 'budget.not_yours')
  assert.equal((await refuse(nora, ofClient(florist), ofMember(nora), 1)).code, 'budget.not_yours')
  assert.equal((await refuse(claire, ofClient(bakery), ofClient(florist), 1)).status, 403)
  assert.equal((await refuse(lea, ofMember(lea), ofMember(lea), 1)).code, 'budget.same')
  // Giving back to whom it came from, and giving to a client one works on.
  await give(lea, ofMember(lea), ofMember(marc), 1_000)
  await give(nora, ofMember(nora), ofClient(florist), 500)
  await t.sql(`update client set status = 'archived', archived_at = now() where id = $1`, [florist.id])
  assert.equal((await refuse(nora, ofMember(nora), ofClient(florist), 1)).code, 'client.archived')
  await give(agency.owner, ofClient(florist), top, 10_500)
  await t.sql(`update member set state = 'disabled' where id = $1`, [lea.memberId])
  assert.equal((await refuse(marc, ofMember(marc), ofMember(lea), 1)).code, 'budget.member_disabled')
  await give(marc, ofMember(lea), ofMember(marc), 9_000)
  const other = await agency.owner.browser.refusal(
    moveBudget,
    { body: { from: top, to: ofMember(marc), amount: { amount: 5, currency: 'USD' } } },
    key(),
  )
  assert.equal(other.fields?.['amount']?.code, 'budget.currency')
})

test('a move sent twice is one, whenever; without a key it is refused', async () => {
  await open()
  const headers = key()
  for (let i = 0; i < 2; i++) await give(agency.owner, top, ofMember(lea), 700, headers)
  // Long after the answer itself was forgotten.
  await t.sql(`delete from idempotency_key where agency_id = $1`, [agency.id])
  await give(agency.owner, top, ofMember(lea), 700, headers)
  assert.deepEqual(await available(member(lea)), [700])
  await t.sql(`delete from idempotency_key where agency_id = $1`, [agency.id])
  const other = await agency.owner.browser.refusal(moveBudget, body(top, ofMember(lea), 701), headers)
  assert.equal(other.code, 'wallet.key_reused')
  const none = await agency.owner.browser.refusal(moveBudget, body(top, ofMember(lea), 1), {})
  assert.equal(none.code, 'idempotency.required')
})

test('who waits for whom in a circle is let through, and the move is made once', async () => {
  await open()
  await give(agency.owner, top, ofMember(marc), 100)
  const wallets = await t.sql<{ id: string }>(
    `select id from wallet where agency_id = $1 and purpose = 'budget' order by id`,
    [agency.id],
  )
  const other = await t.app.database.owner.connect()
  const lock = (id: string) => other.query('select from wallet where id = $1 for update', [id])
  try {
    // The other one does not look for circles, so that the move is who must give way.
    await other.query(`begin; set local deadlock_timeout = '1min'`)
    await lock(wallets[1]!.id)
    const moved = give(agency.owner, top, ofMember(marc), 20)
    await new Promise((done) => setTimeout(done, 300))
    await lock(wallets[0]!.id)
    await other.query('commit')
    await moved
  } finally {
    other.release()
  }
  assert.deepEqual(await available(member(marc)), [120])
})

test('the journal says who gave what to whom, and the receiver is told', async () => {
  await open()
  await give(agency.owner, top, ofMember(marc), 400_000)
  const [event] = await t.sql<{ action: string; entity_name: string; data: object }>(
    `select action, entity_name, data from audit_event where agency_id = $1 order by seq desc limit 1`,
    [agency.id],
  )
  assert.deepEqual(
    [event!.action, event!.entity_name, event!.data],
    ['budget.allocated', 'Marc Petit', { amount: 400_000, currency: 'EUR', from: 'Studio Lumière' }],
  )
  const { data } = await marc.browser.call(listNotifications, {})
  assert.match(data[0]!.message, /vous a attribué 4 000,00 €|vous a attribué 4\s000,00\s€/u)
})

test('many at once: all or none, one lock, one commit', async () => {
  await open()
  const shops = await Promise.all(
    Array.from({ length: 30 }, (_, i) => makeClient(t, agency, { name: `Boutique ${i}`, home: marc })),
  )
  await give(agency.owner, top, ofMember(marc), 30_000)
  const allocations = (amount: number) => shops.map((c) => ({ to: ofClient(c), amount: euros(amount) }))
  const refused = await marc.browser.refusal(
    allocateBudgets,
    { body: { allocations: allocations(1_001) } },
    key(),
  )
  assert.deepEqual(refused.data, { missing: euros(30) })
  assert.deepEqual(await available(member(marc), client(shops[0]!)), [30_000, 0])
  const done = await marc.browser.call(allocateBudgets, { body: { allocations: allocations(1_000) } }, key())
  assert.deepEqual([done.count, done.total, done.available], [30, euros(30_000), euros(0)])
  const rest = await available(...shops.map(client))
  assert.ok(rest.every((a) => a === 1_000))
})

test('last month’s budgets are proposed again, less what this month already gave', async () => {
  await open()
  await give(agency.owner, top, ofMember(marc), 40_000)
  await give(agency.owner, ofMember(marc), top, 10_000)
  await give(agency.owner, top, ofMember(nora), 5_000)
  await t.advance({ hours: 24 * 31 })
  for (const m of [agency.owner, marc, nora, lea, claire]) await signInAs(t, agency, m)
  await give(agency.owner, top, ofMember(marc), 12_000)
  const { data } = await agency.owner.browser.call(getCarryOver, {})
  assert.deepEqual(
    data.map((r) => [r.node.name, r.previous.amount, r.current.amount, r.proposed.amount]),
    [
      ['Marc Petit', 30_000, 12_000, 18_000],
      ['Nora Haddad', 5_000, 0, 5_000],
    ],
  )
  const { data: below } = await agency.owner.browser.call(listBudgets, {})
  assert.equal(below.find((r) => r.node.name === 'Marc Petit')?.receivedThisMonth.amount, 12_000)
})

test('the tree: members first, then clients, each level its own; a search goes through all', async () => {
  await open()
  const names = async (who: TestMember, query: object = {}) =>
    (await who.browser.call(listBudgets, { query })).data.map((r) => r.node.name)
  assert.deepEqual(await names(agency.owner), ['Marc Petit', 'Nora Haddad', 'Fleuriste'])
  assert.deepEqual(await names(agency.owner, { member: ofMember(marc).member }), ['Léa Morel'])
  assert.deepEqual(await names(marc), ['Léa Morel'])
  assert.deepEqual(await names(lea), ['Boulangerie'])
  assert.deepEqual(await names(claire), ['Boulangerie'])
  assert.deepEqual(await names(agency.owner, { q: 'bouLÀng' }), ['Boulangerie'])
  assert.deepEqual(await names(agency.owner, { q: 'morel' }), ['Léa Morel'])
  const one = await agency.owner.browser.call(getBudget, { query: ofClient(bakery) })
  assert.deepEqual(
    one.above.map((n) => n.name),
    ['Léa Morel', 'Marc Petit', 'Studio Lumière'],
  )
  const pages: string[] = []
  for (let cursor: string | undefined, more = true; more;) {
    const page = await agency.owner.browser.call(listBudgets, {
      query: { limit: 1, ...(cursor !== undefined && { cursor }) },
    })
    pages.push(...page.data.map((r) => r.node.name))
    cursor = page.nextCursor ?? undefined
    more = cursor !== undefined
  }
  assert.deepEqual(pages, ['Marc Petit', 'Nora Haddad', 'Fleuriste'])
  assert.equal((await agency.owner.browser.call(sumBudgetsBelow, {})).total.amount, 0)
})

test('in the simple mode every client’s budget comes from the agency', async () => {
  await open()
  await t.sql(`update agency set mode = 'simple' where agency_id = $1`, [agency.id])
  const { data } = await agency.owner.browser.call(listBudgets, {})
  assert.deepEqual(
    data.map((r) => r.node.name),
    ['Boulangerie', 'Fleuriste'],
  )
  await give(agency.owner, top, ofClient(bakery), 100)
  const [{ n }] = (await t.sql<{ n: number }>(
    `select count(*)::int as n from money_transfer where agency_id = $1 and reason = 'budget.allocated'`,
    [agency.id],
  )) as [{ n: number }]
  assert.equal(n, 1)
})

test('who leaves gives back what is theirs; their clients keep what is theirs', async () => {
  await open()
  await give(agency.owner, top, ofMember(marc), 10_000)
  await give(agency.owner, top, ofMember(lea), 2_000)
  await give(agency.owner, top, ofClient(bakery), 300)
  assert.equal((await inAgency((ctx) => returnBalance(ctx, lea.memberId))).amount, 2_000n)
  assert.equal((await inAgency((ctx) => returnBalance(ctx, lea.memberId))).amount, 0n)
  assert.deepEqual(await available(member(marc), member(lea), client(bakery)), [12_000, 0, 300])
  assert.equal((await inAgency((ctx) => returnBalance(ctx, marc.memberId))).amount, 12_000n)
  assert.deepEqual(await available(root), [999_700])
})

const rule = (given: object) => ({
  whenEmpty: 'stop' as const,
  drawLimit: null,
  alertBelow: null,
  monthly: null,
  ...given,
})

test('an order may draw what is missing from above, within the month’s limit', async () => {
  await open()
  await give(agency.owner, top, ofMember(lea), 10_000)
  await give(agency.owner, top, ofClient(bakery), 1_000)
  const order = (amount: bigint) =>
    inAgency(async (ctx) => {
      const operationKey = newId()
      const wallet = await fundOrder(ctx, { clientId: bakery.id, amount, operationKey })
      await holdMoney(ctx, { operationKey: `${operationKey} hold`, wallet, amount, reason: 'order.placed' })
    })
  await assert.rejects(order(1_500n), { code: 'wallet.insufficient' })
  await lea.browser.call(setBudgetRule, {
    body: { node: ofClient(bakery), ...rule({ whenEmpty: 'draw', drawLimit: euros(2_000) }) },
  })
  await order(1_500n)
  assert.deepEqual(await available(member(lea), client(bakery)), [9_500, 0])
  // 500 of the month's 2,000 are drawn: 1,500 are left, not one cent more.
  await assert.rejects(order(1_501n), { code: 'wallet.insufficient' })
  assert.deepEqual(await available(member(lea), client(bakery)), [9_500, 0])
  await order(1_500n)
  await t.advance({ hours: 24 * 31 })
  await order(2_000n)
  assert.deepEqual(await available(member(lea), client(bakery)), [6_000, 0])
  for (const m of [agency.owner, marc, lea, claire]) await signInAs(t, agency, m)
  // Léa in turn draws from Marc, who has nothing, and may not draw: nothing moves.
  await lea.browser.call(setBudgetRule, {
    body: { node: ofClient(bakery), ...rule({ whenEmpty: 'draw' }) },
  })
  await marc.browser.call(setBudgetRule, { body: { node: ofMember(lea), ...rule({ whenEmpty: 'draw' }) } })
  await assert.rejects(order(7_000n), { code: 'wallet.insufficient' })
  await give(agency.owner, top, ofMember(marc), 5_000)
  await order(7_000n)
  assert.deepEqual(await available(member(marc), member(lea), client(bakery)), [4_000, 0, 0])
  assert.equal(
    (await lea.browser.refusal(setBudgetRule, { body: { node: ofMember(lea), ...rule({}) } })).code,
    'budget.not_yours',
  )
})

test('a rule saved on an old reading is refused with the one that is there', async () => {
  await open()
  const node = ofMember(marc)
  const save = (monthly: number, version: number) =>
    agency.owner.browser.send(setBudgetRule, {
      body: { node, ...rule({ monthly: euros(monthly) }), version },
    })
  const first = await Promise.all([save(100, 0), save(200, 0), save(300, 0)])
  assert.deepEqual(first.map((r) => r.statusCode).toSorted(), [200, 409, 409], 'of those at once, one')
  const { rule: kept } = await agency.owner.browser.call(getBudget, { query: node } as never)
  assert.equal(kept.version, 1)
  const late = await save(400, 0)
  assert.deepEqual([late.json().code, late.json().data.current], ['version.stale', kept])
  assert.equal((await save(400, 1)).json().version, 2)
})

test('budget is asked of the level above, and granted or not, once', async () => {
  await open()
  await give(agency.owner, top, ofMember(marc), 1_000)
  const ask = ({ browser }: TestMember, node: Node, amount: number) => ({
    call: () => browser.call(requestBudget, { body: { node, amount: euros(amount), note: 'Mars' } }),
    refusal: () => browser.refusal(requestBudget, { body: { node, amount: euros(amount) } }),
  })
  const asked = await ask(lea, ofMember(lea), 900).call()
  assert.equal((await ask(lea, ofMember(lea), 5).refusal()).code, 'budget.asked_already')
  assert.equal((await ask(lea, ofClient(bakery), 5).refusal()).code, 'budget.not_yours')
  const told = await marc.browser.call(listNotifications, {})
  assert.match(told.data[0]!.message, /^Léa Morel demande 9,00\s€ pour Léa Morel\.$/u)
  const seen = async (who: TestMember) =>
    (await who.browser.call(listBudgetRequests, {})).data.map((r) => [r.id, r.state, r.canDecide])
  assert.deepEqual(await seen(marc), [[asked.id, 'open', true]])
  assert.deepEqual(await seen(lea), [[asked.id, 'open', false]])
  assert.deepEqual(await seen(nora), [])
  // However many the others ask for.
  await t.sql(
    `insert into budget_request (agency_id, id, owner_kind, owner_id, amount, asked_by_name, asked_at)
     select $1, gen_random_uuid(), 'member', gen_random_uuid(), 1, 'Autre', now() + interval '1 hour' from generate_series(1, 210)`,
    [agency.id],
  )
  assert.deepEqual(await seen(marc), [[asked.id, 'open', true]])
  assert.equal((await marc.browser.call(getBudget, {})).waiting, 1)
  const decide = (grant: number | null) => ({
    params: { id: asked.id },
    body: { grant: grant === null ? null : euros(grant) },
  })
  assert.equal((await lea.browser.refusal(decideBudgetRequest, decide(5))).code, 'budget.not_yours')
  assert.equal((await nora.browser.refusal(decideBudgetRequest, decide(5))).status, 404)
  assert.equal((await marc.browser.refusal(decideBudgetRequest, decide(2_000))).code, 'wallet.insufficient')
  const granted = await marc.browser.call(decideBudgetRequest, decide(800))
  assert.deepEqual([granted.state, granted.granted], ['granted', euros(800)])
  assert.equal((await marc.browser.refusal(decideBudgetRequest, decide(5))).code, 'budget.decided')
  assert.deepEqual(await available(member(marc), member(lea)), [200, 800])
  assert.match((await lea.browser.call(listNotifications, {})).data[0]!.message, /accordée.*8,00/u)
  // A client's own people ask for themselves.
  const theirs = await ask(claire, ofClient(bakery), 100).call()
  assert.deepEqual(await seen(claire), [[theirs.id, 'open', false]])
  await lea.browser.call(decideBudgetRequest, { params: { id: theirs.id }, body: { grant: null } })
  assert.deepEqual(await available(client(bakery)), [0])
})

test('a low balance is warned of once, to the level and the one above, until it is filled again', async () => {
  await open()
  await give(agency.owner, top, ofMember(lea), 10_000)
  await marc.browser.call(setBudgetRule, {
    body: { node: ofMember(lea), ...rule({ alertBelow: euros(5_000) }) },
  })
  const mails = async () => {
    await t.runJobs()
    return (
      await t.sql<{ to_email: string }>(
        `select to_email from mail where agency_id = $1 and kind = 'budgets.low' order by to_email`,
        [agency.id],
      )
    ).map((m) => m.to_email)
  }
  assert.deepEqual(await mails(), [])
  await give(lea, ofMember(lea), ofClient(bakery), 5_001)
  const both = [lea.email, marc.email].toSorted()
  assert.deepEqual(await mails(), both)
  const [notice] = (await marc.browser.call(listNotifications, {})).data.filter(
    (n) => n.kind === 'budget_low',
  )
  assert.equal(notice?.link, `/budgets/${ofMember(lea).member}`, 'to the very balance')
  await give(lea, ofMember(lea), ofClient(bakery), 1)
  assert.deepEqual(await mails(), both)
  assert.equal((await marc.browser.call(listBudgets, {})).data[0]!.low, true)
  await give(lea, ofClient(bakery), ofMember(lea), 5_002)
  assert.deepEqual(await mails(), both)
  // By an order, which nobody here is told of: the recurring look finds it.
  await give(lea, ofMember(lea), ofClient(bakery), 5_000)
  await t.runJobs()
  await inAgency((ctx) =>
    holdMoney(ctx, {
      operationKey: newId(),
      wallet: budgetWallet(ctx, member(lea)),
      amount: 1n,
      reason: 'order.placed',
    }),
  )
  await t.advance({ minutes: 6 })
  await runTimetable(t.app, t.app.timetable)
  assert.deepEqual(await mails(), [...both, ...both].toSorted())
})

test('monthly budgets are given on the first, top down, once, and wait when there is too little', async () => {
  await open()
  await agency.owner.browser.call(setBudgetRule, {
    body: { node: ofMember(marc), ...rule({ monthly: euros(5_000) }) },
  })
  await marc.browser.call(setBudgetRule, {
    body: { node: ofMember(lea), ...rule({ monthly: euros(3_000) }) },
  })
  await lea.browser.call(setBudgetRule, {
    body: { node: ofClient(bakery), ...rule({ monthly: euros(4_000) }) },
  })
  const run = () => runTimetable(t.app, t.app.timetable)
  await t.advance({ hours: 7 })
  await run()
  assert.deepEqual(await available(member(marc), member(lea), client(bakery)), [0, 0, 0])
  const [{ at }] = (await t.sql<{ at: string }>(`select now() + clock_offset as at from installation`)) as [
    { at: string },
  ]
  const local = Temporal.Instant.from(at).toZonedDateTimeISO('Europe/Paris')
  const first = local.with({ day: 1, hour: 8 }).add({ months: 1 })
  await t.advance({ seconds: Math.ceil(first.toInstant().since(Temporal.Instant.from(at)).total('second')) })
  await run()
  // Léa has 3,000 of the 4,000 that the bakery should get: it waits, and Léa is told once.
  assert.deepEqual(
    await available(root, member(marc), member(lea), client(bakery)),
    [995_000, 2_000, 3_000, 0],
  )
  for (const m of [agency.owner, marc, lea]) await signInAs(t, agency, m)
  await t.advance({ hours: 7 })
  await run()
  const told = (await lea.browser.call(listNotifications, {})).data.filter(
    (n) => n.kind === 'budget_monthly_short',
  )
  assert.equal(told.length, 1)
  assert.match(told[0]!.message, /^1 budget mensuel attend.*10,00\s€/u)
  await give(marc, ofMember(marc), ofMember(lea), 1_000)
  await t.advance({ hours: 7 })
  await run()
  await run()
  assert.deepEqual(
    await available(root, member(marc), member(lea), client(bakery)),
    [995_000, 1_000, 0, 4_000],
  )
})

test('money paid in fills the agency’s budget, or a client’s with the invoice in its name', async () => {
  await open()
  await readyToPay(t, agency)
  const { browser } = agency.owner
  // What may be topped up can be quoted, to the last cent.
  const most = await browser.call(quoteTopUp, { query: { amount: 1e13 } })
  assert.equal(most.net.amount + most.vat.amount, most.total.amount)
  assert.equal((await browser.refusal(quoteTopUp, { query: { amount: 1e13 + 1 } })).status, 422)
  const quote = await browser.call(quoteTopUp, { query: { amount: 50_000 } })
  assert.deepEqual([quote.net, quote.vat, quote.total], [euros(50_000), euros(10_000), euros(60_000)])
  const headers = key()
  const bought = await browser.call(topUpBudget, { body: { amount: euros(50_000) } }, headers)
  await t.runJobs()
  await t.runJobs()
  assert.deepEqual(await available(root), [1_050_000])
  assert.deepEqual(await browser.call(topUpBudget, { body: { amount: euros(50_000) } }, headers), bought)
  const refused = await browser.refusal(
    topUpBudget,
    { body: { amount: euros(100), ...ofClient(bakery) } },
    key(),
  )
  assert.equal(refused.code, 'billing_profile.incomplete')
  // Nobody but owners fills the agency's; a client's people fill theirs and no other's.
  assert.equal(
    (await claire.browser.refusal(topUpBudget, { body: { amount: euros(100) } }, key())).status,
    404,
  )
  assert.equal(
    (await claire.browser.refusal(topUpBudget, { body: { amount: euros(100), ...ofClient(florist) } }, key()))
      .status,
    404,
  )
  assert.equal((await marc.browser.refusal(topUpBudget, { body: { amount: euros(100) } }, key())).status, 403)
})
