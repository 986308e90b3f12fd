import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { orderStateNames } from '../../contract/order-fields.ts'
import { fromPublicId, toPublicId } from '../../contract/ids.ts'
import { newId } from '../../server/ids.ts'
import {
  makeAgency,
  makeClient,
  makeMember,
  type TestAgency,
  type TestMember,
} from '../../server/testing-people.ts'
import { startTestApp, type TestApp } from '../../server/testing.ts'
import { randomFrom } from '../access/testing-sight.ts'
import { cancelOrder } from '../orders/contract.ts'
import { fundClient, makeItem, orderOf, setRetail, walletOf } from '../orders/testing.ts'
import * as fulfil from '../order-fulfilment/contract.ts'
import { enterAsOperator } from '../operator/testing.ts'
import * as contract from './contract.ts'

let t: TestApp
before(async () => void (t = await startTestApp()))
after(() => t.close())

/** An order as plain data: what the oracle adds up. */
type Plain = {
  id: string
  client: string
  campaign: string | null
  project: string | null
  manager: string | null
  consultant: string | null
  state: string
  day: string
  total: bigint
  held: bigint
  captured: bigint
  refunded: bigint
  cost: bigint
}
type House = {
  agency: TestAgency
  people: { karim: TestMember; elise: TestMember; lea: TestMember; awa: TestMember; claire: TestMember }
  clients: { id: string; seenBy: Set<string> }[]
  orders: Plain[]
}

async function makeHouse(seed: number): Promise<House> {
  const random = randomFrom(seed)
  const agency = await makeAgency(t)
  const karim = await makeMember(t, agency, { role: 'manager', seesUnassigned: false })
  const elise = await makeMember(t, agency, { role: 'manager', seesUnassigned: false })
  const lea = await makeMember(t, agency, { role: 'consultant', parent: karim, seesUnassigned: false })
  const awa = await makeMember(t, agency, { role: 'consultant', parent: elise, seesUnassigned: false })
  const claire = await makeMember(t, agency, { role: 'client', seesUnassigned: false })
  const clients: House['clients'] = []
  const works: { client: string; campaign: string; project: string }[] = []
  for (let i = 0; i < 12; i++) {
    const consultant = i % 2 === 0 ? lea : awa
    const manager = i % 2 === 0 ? karim : elise
    const own = i === 0
    const client = await makeClient(t, agency, {
      name: `Client ${String(i).padStart(2, '0')}`,
      home: manager,
      assignees: own ? [consultant, claire] : [consultant],
    })
    clients.push({
      id: client.id,
      seenBy: new Set([
        agency.owner.memberId,
        manager.memberId,
        consultant.memberId,
        ...(own ? [claire.memberId] : []),
      ]),
    })
    const work = { client: client.id, campaign: newId(), project: newId() }
    works.push(work)
    await t.sql(
      `insert into project (agency_id, id, client_id, name, created_by_name, created_at, updated_at) values ($1, $2, $3, $4, 'Test', now(), now())`,
      [agency.id, work.project, client.id, `Site ${i}`],
    )
    await t.sql(
      `insert into campaign (agency_id, id, client_id, name, starts_on, budget, currency, created_by_name, created_at, updated_at) values ($1, $2, $3, $4, '2026-01-01', 500000, 'EUR', 'Test', now(), now())`,
      [agency.id, work.campaign, client.id, `Campagne ${i}`],
    )
  }
  const orders: Plain[] = []
  for (let n = 1; n <= 160; n++) {
    const work = random.pick(works)
    // Stored paths need not be those of today: people move, history stays.
    const path = random.pick([
      { manager: karim, consultant: lea },
      { manager: elise, consultant: awa },
      { manager: karim, consultant: null },
      { manager: null, consultant: null },
    ])
    const total = BigInt(random.int(90_000))
    const captured = BigInt(random.int(Number(total) + 1))
    const held = BigInt(random.int(Number(total - captured) + 1))
    const refunded = BigInt(random.int(Number(total - captured - held) + 1))
    const order: Plain = {
      id: newId(),
      client: work.client,
      campaign: random.chance(0.7) ? work.campaign : null,
      project: random.chance(0.7) ? work.project : null,
      manager: path.manager?.memberId ?? null,
      consultant: path.consultant?.memberId ?? null,
      state: random.pick(orderStateNames),
      day: `2026-${String(1 + random.int(12)).padStart(2, '0')}-${String(1 + random.int(28)).padStart(2, '0')}`,
      total,
      held,
      captured,
      refunded,
      cost: BigInt(random.int(Number(captured) + 1)),
    }
    orders.push(order)
    await t.sql(
      `insert into client_order (agency_id, id, number, client_id, project_id, campaign_id, state, currency, total, held, captured, captured_cost, refunded,
         client_name, path_ids, path, manager_id, manager_name, consultant_id, consultant_name, placed_by_name, placed_at, placed_on, search_text, updated_at)
       values ($1, $2, $3, $4, $5, $6, $7, 'EUR', $8, $9, $10, $11, $12, 'x', '{}', '[]', $13, 'Parti', $14, 'Partie', 'Test', now(), $15, '', now())`,
      [
        agency.id,
        order.id,
        n,
        order.client,
        order.project,
        order.campaign,
        order.state,
        order.total,
        order.held,
        order.captured,
        order.cost,
        order.refunded,
        order.manager,
        order.consultant,
        order.day,
      ],
    )
  }
  return { agency, people: { karim, elise, lea, awa, claire }, clients, orders }
}

const add = (orders: readonly Plain[], of: (o: Plain) => bigint) =>
  Number(orders.reduce((sum, o) => sum + of(o), 0n))

function naive(orders: readonly Plain[], owner: boolean) {
  const money = (of: (o: Plain) => bigint) => ({ amount: add(orders, of), currency: 'EUR' })
  return {
    orders: orders.length,
    ordered: money((o) => o.total),
    delivered: money((o) => o.captured),
    waiting: money((o) => o.held),
    refunded: money((o) => o.refunded),
    released: money((o) => o.total - o.held - o.captured - o.refunded),
    cost: owner ? money((o) => o.cost) : null,
    margin: owner ? money((o) => o.captured - o.cost) : null,
  }
}

test('totals of every person, grouping and filter are those of a naive sum over what they see', async () => {
  for (const seed of [11, 12]) {
    const house = await makeHouse(seed)
    const random = randomFrom(seed + 100)
    const viewers = { owner: house.agency.owner, ...house.people }
    for (const [name, viewer] of Object.entries(viewers)) {
      const owner = name === 'owner'
      const seen = house.orders.filter((o) =>
        house.clients.find((c) => c.id === o.client)!.seenBy.has(viewer.memberId),
      )
      for (let round = 0; round < 6; round++) {
        const from = 1 + random.int(12)
        const to = from + random.int(13 - from)
        const pad = (m: number) => `2026-${String(m).padStart(2, '0')}`
        const filter: Record<string, string> = { from: pad(from), to: pad(to) }
        let kept = seen.filter((o) => o.day.slice(0, 7) >= pad(from) && o.day.slice(0, 7) <= pad(to))
        const narrow = (
          key: string,
          prefix: 'member' | 'client' | 'campaign',
          id: string,
          test: (o: Plain) => boolean,
        ) => {
          filter[key] = toPublicId(prefix, id)
          kept = kept.filter(test)
        }
        // A client's own people can't sort by who works for them: below.
        if (random.chance(0.3) && name !== 'claire') {
          const { memberId } = house.people.karim
          narrow('manager', 'member', memberId, (o) => o.manager === memberId)
        }
        if (random.chance(0.3)) {
          const { id } = random.pick(house.clients)
          narrow('client', 'client', id, (o) => o.client === id)
        }
        if (random.chance(0.3)) {
          filter['state'] = 'delivered,approved'
          kept = kept.filter((o) => o.state === 'delivered' || o.state === 'approved')
        }
        const query = filter as never
        const answer = await viewer.browser.call(contract.getFollowing, { query })
        assert.deepEqual(answer.total, naive(kept, owner), `${name} ${JSON.stringify(filter)}`)
        assert.equal(answer.months.length, to - from + 1)
        for (const { month, ...figures } of answer.months)
          assert.deepEqual(
            figures,
            naive(
              kept.filter((o) => o.day.startsWith(month)),
              owner,
            ),
          )
        for (const who of ['manager', 'consultant'] as const) {
          const named = { ...filter, [who]: toPublicId('member', house.people.karim.memberId) } as never
          if (name === 'claire')
            assert.equal((await viewer.browser.refusal(contract.getFollowing, { query: named })).status, 403)
        }
        for (const by of contract.followingGroups) {
          if (name === 'claire' && (by === 'manager' || by === 'consultant')) {
            const refused = await viewer.browser.refusal(contract.listFollowing, {
              query: { ...filter, by } as never,
            })
            assert.equal(refused.status, 403)
            continue
          }
          const rows: contract.FollowingRow[] = []
          let cursor: string | null = null
          do {
            const page: { data: contract.FollowingRow[]; nextCursor: string | null } =
              await viewer.browser.call(contract.listFollowing, {
                query: { ...filter, by, limit: 5, ...(cursor !== null && { cursor }) } as never,
              })
            rows.push(...page.data)
            cursor = page.nextCursor
          } while (cursor !== null)
          const amounts = rows.map((r) => r.figures.ordered.amount)
          assert.deepEqual(
            amounts,
            amounts.toSorted((a, b) => b - a),
            'the biggest first',
          )
          assert.equal(new Set(rows.map((r) => r.id)).size, rows.length, 'each once')
          const keyOf = (o: Plain) =>
            by === 'month' ? o.day.slice(0, 7) : by === 'client' ? o.client : o[by]
          const keyed = kept.filter((o) => keyOf(o) !== null || by === 'manager' || by === 'consultant')
          const groups = Map.groupBy(keyed, keyOf)
          const kind = by === 'manager' || by === 'consultant' ? 'member' : by
          const bare = (id: string | null) => (id === null || kind === 'month' ? id : fromPublicId(kind, id)!)
          const found = rows.filter((r) => r.figures.orders > 0)
          assert.deepEqual(
            Object.fromEntries(found.map((r) => [String(bare(r.id)), r.figures])),
            Object.fromEntries([...groups].map(([key, list]) => [String(key), naive(list, owner)])),
            `${name} by ${by} ${JSON.stringify(filter)}`,
          )
          // What has no order yet is there too, and only what the viewer sees.
          if (by === 'client')
            for (const r of rows)
              assert.ok(house.clients.find((c) => c.id === bare(r.id))!.seenBy.has(viewer.memberId))
        }
      }
    }
  }
})

test('moving a client and removing people from it never shifts the past', async () => {
  const { agency, people, clients } = await makeHouse(5)
  const by = async (group: 'manager' | 'consultant') =>
    (
      await agency.owner.browser.call(contract.listFollowing, {
        query: { by: group, from: '2026-01', to: '2026-12', sort: 'name' } as never,
      })
    ).data.map((r) => [r.id, r.figures])
  const before = [await by('manager'), await by('consultant')]
  await t.sql(`delete from assignment where agency_id = $1`, [agency.id])
  await t.sql(`update client set home_id = $2 where agency_id = $1`, [agency.id, people.elise.memberId])
  assert.deepEqual([await by('manager'), await by('consultant')], before)
  // Sight is today's: Karim, to whom nothing is left, sees nothing of it any more.
  const karim = await people.karim.browser.call(contract.getFollowing, {
    query: { from: '2026-01', to: '2026-12' },
  })
  assert.equal(karim.total.orders, 0)
  assert.equal(
    (
      await people.karim.browser.refusal(contract.downloadClientReport, {
        params: { id: toPublicId('client', clients[0]!.id) },
        query: {},
      })
    ).status,
    404,
  )
})

test('figures are the ledger’s, to the cent, after deliveries, refusals, refunds and a cancellation', async () => {
  const agency = await makeAgency(t)
  const staff = await enterAsOperator(t)
  const clients = [await makeClient(t, agency), await makeClient(t, agency)]
  const items = [await makeItem(t, { price: 12_345 }), await makeItem(t, { price: 999 })]
  for (const item of items) {
    await setRetail(t, agency, item.id, item.price + 1_111)
    item.price += 1_111
  }
  const placed: string[] = []
  for (const client of clients) {
    await fundClient(t, agency, client.id, 500_000n)
    for (let i = 0; i < 3; i++) {
      const order = await agency.owner.browser.call(
        ...orderOf(client.id, [
          { item: items[0]!, quantity: 2 },
          { item: items[1]!, quantity: 3 },
        ]),
      )
      placed.push(order.id)
    }
  }
  await agency.owner.browser.call(
    cancelOrder,
    { params: { id: placed[0]! }, body: { reason: 'Essai' } } as never,
    { 'idempotency-key': newId() },
  )
  const key = () => ({ 'idempotency-key': newId() })
  await staff.call(
    fulfil.advanceOrders,
    {
      body: {
        to: 'accepted',
        orders: placed.slice(1).map((id) => ({ agencyId: toPublicId('agency', agency.id), id })),
      },
    } as never,
    key(),
  )
  const lines = await t.sql<{ id: string; order_id: string; quantity: number }>(
    `select l.id, l.order_id, l.quantity from order_line l where l.agency_id = $1 order by l.order_id, l.position`,
    [agency.id],
  )
  const of = (order: string) => lines.filter((l) => toPublicId('order', l.order_id) === order)
  const at = (order: string) => ({ agencyId: toPublicId('agency', agency.id), id: order })
  const deliver = (order: string, line: string, quantity: number) =>
    staff.call(
      fulfil.deliverOrder,
      {
        params: at(order),
        body: {
          deliveries: [
            {
              lineId: toPublicId('orderLine', line),
              quantity,
              proofUrl: 'https://exemple.fr/article',
              deliveredOn: '2026-11-20',
            },
          ],
        },
      } as never,
      key(),
    )
  await deliver(placed[1]!, of(placed[1]!)[0]!.id, 2)
  await deliver(placed[3]!, of(placed[3]!)[0]!.id, 1)
  await deliver(placed[4]!, of(placed[4]!)[1]!.id, 3)
  await staff.call(
    fulfil.refuseOrder,
    { params: at(placed[2]!), body: { reason: 'Site fermé' } } as never,
    key(),
  )
  const [given] = await t.sql<{ id: string }>(
    `select id from order_delivery where agency_id = $1 and order_id = $2`,
    [agency.id, fromPublicId('order', placed[4]!)],
  )
  await staff.call(
    fulfil.refundDelivery,
    {
      params: { ...at(placed[4]!), deliveryId: toPublicId('orderDelivery', given!.id) },
      body: { reason: 'Lien retiré' },
    } as never,
    key(),
  )
  const answer = await agency.owner.browser.call(contract.getFollowing, { query: {} })
  assert.equal(answer.total.orders, 6)
  const { ordered, delivered, waiting, refunded, released, cost, margin } = answer.total
  assert.equal(ordered.amount, delivered.amount + waiting.amount + refunded.amount + released.amount)
  for (const part of [delivered, waiting, released, refunded]) assert.ok(part.amount > 0)
  let held = 0n
  let balance = 0n
  for (const client of clients) {
    const wallet = await walletOf(t, agency, 'client', client.id)
    held += wallet.held
    balance += wallet.balance
  }
  assert.equal(BigInt(waiting.amount), held, 'in progress is what is held')
  assert.equal(BigInt(delivered.amount), 1_000_000n - balance, 'delivered is what left the clients’ budgets')
  const [own] = await t.sql<{ earned: bigint }>(
    `select coalesce(sum(balance), 0)::bigint as earned from wallet where agency_id = $1 and owner_kind = 'agency' and purpose = 'budget'`,
    [agency.id],
  )
  assert.equal(BigInt(margin!.amount), own!.earned, 'the margin is what came to the agency')
  assert.equal(cost!.amount + margin!.amount, delivered.amount)
})

test('files: totals that add up, money without symbols, formulas kept as text; a report under the brand', async () => {
  const { agency, people, orders, clients } = await makeHouse(21)
  await t.sql(`update client set name = '=1+1' where agency_id = $1 and id = $2`, [agency.id, clients[0]!.id])
  const csv = async (by: string, who = agency.owner) => {
    const response = await who.browser.send(contract.exportFollowing, {
      query: { by, from: '2026-01', to: '2026-12' } as never,
    })
    assert.equal(response.statusCode, 200)
    return response.body
      .replace(/^\ufeff/, '')
      .trim()
      .split('\r\n')
      .map((line) => line.split(';'))
  }
  const cents = (text: string) => Math.round(Number(text.replace(',', '.')) * 100)
  for (const by of ['client', 'manager', 'month', 'order']) {
    const [titles, ...rows] = await csv(by)
    const column = titles!.indexOf('Commandé')
    assert.equal(
      rows.reduce((sum, r) => sum + cents(r[column]!), 0),
      add(orders, (o) => o.total),
      by,
    )
  }
  const names = (await csv('client')).map((r) => r[0])
  assert.ok(names.includes("'=1+1"))
  const mine = await csv('order', people.claire)
  assert.ok(
    !mine[0]!.includes('Manager') && !mine[0]!.includes('Coût d’achat') && !mine[0]!.includes('Marge'),
  )
  assert.equal(mine.length - 1, orders.filter((o) => o.client === clients[0]!.id).length)
  const report = await people.claire.browser.send(contract.downloadClientReport, {
    params: { id: toPublicId('client', clients[0]!.id) },
    query: { from: '2026-01', to: '2026-12' },
  })
  assert.equal(report.statusCode, 200, report.body.slice(0, 300))
  assert.ok(report.rawPayload.subarray(0, 5).toString() === '%PDF-')
  const backwards = await agency.owner.browser.refusal(contract.getFollowing, {
    query: { from: '2026-05', to: '2026-04' },
  })
  assert.equal(backwards.fields?.['to']?.code, 'following.fault.period')
})
