import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { toPublicId } from '../src/contract/ids.ts'
import { setAssignments } from '../src/features/assignments/contract.ts'
import { moveBudget } from '../src/features/budgets/contract.ts'
import { handOver, previewMode, switchMode } from '../src/features/agency-mode/contract.ts'
import { listClients } from '../src/features/clients/contract.ts'
import { setClientHome } from '../src/features/client-record/contract.ts'
import { advanceOrders, deliverOrder, refuseOrder } from '../src/features/order-fulfilment/contract.ts'
import { approveOrder } from '../src/features/orders/contract.ts'
import { makeItem, orderOf, walletOf } from '../src/features/orders/testing.ts'
import { enterAsOperator } from '../src/features/operator/testing.ts'
import { getMember } from '../src/features/sub-accounts/contract.ts'
import { moveMoney } from '../src/features/wallets/public.ts'
import { newId } from '../src/server/ids.ts'
import { runInTenant } from '../src/server/run-in-tenant.ts'
import {
  makeAgency,
  makeClient,
  makeMember,
  type TestAgency,
  type TestMember,
} from '../src/server/testing-people.ts'
import { startTestApp, type Browser, type TestApp } from '../src/server/testing.ts'

// A month of an agency with three levels: budgets go down, consultants order for their clients, a manager leaves,
// a client changes hands, the mode goes down and back. Every balance is asserted, and who sees what.

let t: TestApp
let agency: TestAgency
let staff: Browser
const people: Record<string, TestMember> = {}
const clients: Record<string, { id: string; name: string }> = {}

before(async () => {
  t = await startTestApp()
  staff = await enterAsOperator(t)
  agency = await makeAgency(t, { slug: 'trois-niveaux', mode: 'full' })
  const of = async (role: 'manager' | 'consultant', name: string, parent?: TestMember) => {
    people[name] = await makeMember(t, agency, {
      role,
      name,
      seesUnassigned: false,
      ...(parent && { parent }),
    })
    return people[name]
  }
  const marc = await of('manager', 'Marc')
  const nora = await of('manager', 'Nora')
  const lea = await of('consultant', 'Léa', marc)
  await of('consultant', 'Karim', marc)
  await of('consultant', 'Inès', nora)
  clients['Atelier'] = await makeClient(t, agency, { name: 'Atelier', assignees: [lea], home: marc })
  clients['Brasserie'] = await makeClient(t, agency, {
    name: 'Brasserie',
    assignees: [people['Karim']!],
    home: marc,
  })
  clients['Cave'] = await makeClient(t, agency, { name: 'Cave', home: nora })
  clients['Domaine'] = await makeClient(t, agency, {
    name: 'Domaine',
    assignees: [people['Inès']!],
    home: nora,
  })
  await t.sql(`update assignment set is_lead = true where agency_id = $1`, [agency.id])
  await runInTenant(t.app, { agencyId: agency.id }, (ctx) =>
    moveMoney(ctx, {
      operationKey: 'capital',
      reason: 'budget.topped_up',
      lines: [
        { wallet: { counterpart: 'bank', unit: 'EUR' }, amount: -1_000_000n },
        { wallet: { owner: 'agency', purpose: 'budget', unit: 'EUR' }, amount: 1_000_000n },
      ],
    }),
  )
})
after(() => t.close())

const mem = (name: string) => toPublicId('member', people[name]!.memberId)
const cli = (name: string) => toPublicId('client', clients[name]!.id)
const key = () => ({ 'idempotency-key': newId() })
const member = (name: string) => ({ member: mem(name) })
const client = (name: string) => ({ client: cli(name) })
const give = (by: Browser, from: object, to: object, amount: number) =>
  by.call(moveBudget, { body: { from, to, amount: { amount, currency: 'EUR' } } as never }, key())

/** Every budget, minor units, by name; what is nil is left out. */
async function balances(): Promise<Record<string, number>> {
  const rows = await t.sql<{ owner_id: string; balance: bigint }>(
    `select owner_id, balance from wallet where agency_id = $1 and purpose = 'budget' and balance <> 0`,
    [agency.id],
  )
  const names = new Map([
    [agency.id, 'agence'],
    ...Object.entries(people).map(([name, m]) => [m.memberId, name] as const),
    ...Object.entries(clients).map(([name, c]) => [c.id, name] as const),
  ])
  return Object.fromEntries(rows.map((r) => [names.get(r.owner_id) ?? r.owner_id, Number(r.balance)]))
}

/** What everybody who may still come in sees, by name. */
async function sight(except: string[] = []): Promise<Record<string, string[]>> {
  const seen: Record<string, string[]> = {}
  for (const [name, m] of Object.entries(people))
    if (!except.includes(name))
      seen[name] = (await m.browser.call(listClients, { query: { limit: 200 } })).data
        .map((c) => c.name)
        .toSorted()
  return seen
}

test('budgets go down the three levels, and nobody passes over somebody', async () => {
  const { browser } = agency.owner
  await give(browser, { agency: true }, member('Marc'), 300_000)
  await give(browser, { agency: true }, member('Nora'), 200_000)
  await give(people['Marc']!.browser, member('Marc'), member('Léa'), 120_000)
  await give(people['Léa']!.browser, member('Léa'), client('Atelier'), 80_000)
  await give(people['Nora']!.browser, member('Nora'), client('Cave'), 50_000)
  assert.deepEqual(await balances(), {
    agence: 500_000,
    Marc: 180_000,
    Nora: 150_000,
    Léa: 40_000,
    Atelier: 80_000,
    Cave: 50_000,
  })
})

test('a consultant orders for a client: delivered in part, the rest refused, to the cent', async () => {
  const item = await makeItem(t, { price: 20_000 })
  const lea = people['Léa']!.browser
  const order = await lea.call(...orderOf(clients['Atelier']!.id, [{ item, quantity: 3 }]))
  const address = { agencyId: toPublicId('agency', agency.id), id: order.id }
  assert.deepEqual(await walletOf(t, agency, 'client', clients['Atelier']!.id), {
    balance: 80_000n,
    held: 60_000n,
  })
  await staff.call(advanceOrders, { body: { to: 'accepted', orders: [address] } })
  await staff.call(
    deliverOrder,
    {
      params: address,
      body: {
        deliveries: [{ lineId: order.lines[0]!.id, quantity: 1, proofUrl: 'https://journal.exemple.fr/a' }],
      },
    },
    key(),
  )
  await staff.call(refuseOrder, { params: address, body: { reason: 'Emplacement complet' } }, key())
  await lea.call(approveOrder, { params: { id: order.id } })
  const refused = await lea.call(...orderOf(clients['Atelier']!.id, [{ item }]))
  await staff.call(
    refuseOrder,
    { params: { ...address, id: refused.id }, body: { reason: 'Hors sujet' } },
    key(),
  )
  assert.deepEqual(await walletOf(t, agency, 'client', clients['Atelier']!.id), {
    balance: 60_000n,
    held: 0n,
  })
})

test('a client is given to another team with its money', async () => {
  const { browser } = agency.owner
  await browser.call(setClientHome, { params: { id: cli('Brasserie') }, body: { homeId: mem('Nora') } })
  await browser.call(setAssignments, {
    body: {
      add: [{ clientId: cli('Brasserie'), memberId: mem('Inès') }],
      remove: [{ clientId: cli('Brasserie'), memberId: mem('Karim') }],
    } as never,
  })
  assert.deepEqual(await sight(), {
    Marc: ['Atelier'],
    Nora: ['Brasserie', 'Cave', 'Domaine'],
    Léa: ['Atelier'],
    Karim: [],
    Inès: ['Brasserie', 'Domaine'],
  })
})

test('a manager leaves: clients and team to another, the balance to the agency, nobody else notices', async () => {
  const { browser } = agency.owner
  const before = await sight(['Marc'])
  const { version } = await browser.call(getMember, { params: { id: mem('Marc') } })
  const done = await browser.call(handOver, {
    params: { id: mem('Marc') },
    body: { clientsTo: mem('Nora'), teamTo: mem('Nora'), version },
  })
  assert.equal(done.returned.amount, 180_000)
  const after = await sight(['Marc'])
  assert.deepEqual({ ...after, Nora: before['Nora'] }, before)
  assert.deepEqual(after['Nora'], ['Atelier', 'Brasserie', 'Cave', 'Domaine'])
  assert.deepEqual(await balances(), {
    agence: 680_000,
    Nora: 150_000,
    Léa: 40_000,
    Atelier: 60_000,
    Cave: 50_000,
  })
})

test('the mode goes down and back: balances of the levels return, and sight is the same at every step', async () => {
  const { browser } = agency.owner
  const before = await sight(['Marc'])
  const preview = await browser.call(previewMode, { body: { mode: 'simple' } })
  assert.deepEqual(preview.balances.map((b) => [b.name, b.amount.amount]).toSorted(), [
    ['Léa', 40_000],
    ['Nora', 150_000],
  ])
  for (const mode of ['intermediate', 'simple', 'full'] as const) {
    await browser.call(switchMode, { body: { mode } })
    assert.deepEqual(await sight(['Marc']), before, mode)
  }
  for (const name of ['Léa', 'Karim', 'Inès'])
    assert.equal((await browser.call(getMember, { params: { id: mem(name) } })).parent?.name, 'Nora', name)
  assert.deepEqual(
    await t.sql(`select from assignment where agency_id = $1 and source = 'mode_switch'`, [agency.id]),
    [],
  )
  // The clients keep what is theirs; what the levels held is the agency's again.
  assert.deepEqual(await balances(), { agence: 870_000, Atelier: 60_000, Cave: 50_000 })
})

test('not a cent was lost: what came in is what is there and what was bought', async () => {
  const total = Object.values(await balances()).reduce((sum, amount) => sum + amount, 0)
  assert.equal(total, 1_000_000 - 20_000)
  const [sum] = await t.sql<{ off: number }>(
    `select count(*)::int as off from (select money_transfer_id from entry where agency_id = $1 group by 1 having sum(amount) <> 0) x`,
    [agency.id],
  )
  assert.equal(sum?.off, 0)
})
