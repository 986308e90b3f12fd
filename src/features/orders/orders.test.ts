import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { toPublicId } from '../../contract/ids.ts'
import { newId } from '../../server/ids.ts'
import { startTestApp, type Browser, type TestApp } from '../../server/testing.ts'
import {
  makeAgency,
  makeClient,
  makeMember,
  signInAs,
  type TestAgency,
  type TestMember,
} from '../../server/testing-people.ts'
import { startAccessSession } from '../access/contract.ts'
import { createCampaign, getCampaign, updateCampaign } from '../campaigns/contract.ts'
import { getBudget } from '../budgets/contract.ts'
import { addToCart, getCart } from '../carts/contract.ts'
import { getMe } from '../sign-in/contract.ts'
import { setClientHome } from '../client-record/contract.ts'
import { enterAsOperator } from '../operator/testing.ts'
import {
  advanceOrders,
  correctDelivery,
  deliverOrder,
  getQueueOrder,
  refundDelivery,
  refuseOrder,
} from '../order-fulfilment/contract.ts'
import { createProject, updateProject } from '../projects/contract.ts'
import { listEntries } from '../wallets/contract.ts'
import {
  approveOrder,
  approveOrders,
  cancelOrder,
  contestDelivery,
  countOrders,
  getOrder,
  listOrders,
  placeOrder,
  updateOrderSettings,
} from './contract.ts'
import { fundClient, makeItem, orderOf, setRetail, walletOf } from './testing.ts'

let t: TestApp
let agency: TestAgency
let marc: TestMember
let lea: TestMember
let staff: Browser
before(async () => {
  t = await startTestApp()
  agency = await makeAgency(t)
  marc = await makeMember(t, agency, { role: 'manager', name: 'Marc Petit', seesUnassigned: false })
  lea = await makeMember(t, agency, {
    role: 'consultant',
    parent: marc,
    name: 'Léa Morel',
    seesUnassigned: false,
  })
  staff = await enterAsOperator(t)
})
after(() => t.close())

const at = (o: { id: string }) => ({ params: { id: o.id } })
const tuple = <T extends unknown[]>(...values: T): T => values
const key = () => ({ 'idempotency-key': newId() })
const address = (o: { id: string }) => ({ agencyId: toPublicId('agency', agency.id), id: o.id })
const proof = 'https://journal.exemple.fr/article'

async function fundedClient(amount: bigint, assignees: TestMember[] = [lea]) {
  const client = await makeClient(t, agency, { assignees, home: marc })
  if (amount > 0n) await fundClient(t, agency, client.id, amount)
  return client
}
async function accepted(o: { id: string }) {
  await staff.call(advanceOrders, { body: { to: 'accepted', orders: [address(o)] } })
}
const deliver = (o: { id: string; lines: { id: string }[] }, quantity = 1, line = 0) =>
  tuple(
    deliverOrder,
    {
      params: address(o),
      body: { deliveries: [{ lineId: o.lines[line]!.id, quantity, proofUrl: proof }] },
    },
    key(),
  )

test('an order goes from placed to approved: held, captured at delivery, margin to the agency', async () => {
  const client = await fundedClient(50_000n)
  const item = await makeItem(t, { price: 10_000 })
  await setRetail(t, agency, item.id, 12_000)
  const sold = { ...item, price: 12_000 }
  const agencyBefore = await walletOf(t, agency, 'agency')
  const placed = await lea.browser.call(...orderOf(client.id, [{ item: sold, quantity: 2 }]))
  assert.deepEqual([placed.state, placed.total.amount, placed.held.amount], ['placed', 24_000, 24_000])
  assert.deepEqual([placed.cost, placed.margin], [null, null], 'a consultant sees no wholesale price')
  const seen = await agency.owner.browser.call(getOrder, at(placed))
  assert.deepEqual([seen.cost?.amount, seen.margin?.amount], [20_000, 4_000])
  assert.deepEqual(
    seen.path.map((p) => [p.role, p.name]),
    [['manager', 'Marc Petit']],
    'home of a client without a lead',
  )
  assert.deepEqual(await walletOf(t, agency, 'client', client.id), { balance: 50_000n, held: 24_000n })
  await accepted(placed)
  const inWork = await staff.call(...deliver(placed))
  assert.deepEqual([inWork.state, inWork.deliveredUnits], ['in_progress', 1])
  assert.deepEqual(await walletOf(t, agency, 'client', client.id), { balance: 38_000n, held: 12_000n })
  const done = await staff.call(...deliver(placed))
  assert.equal(done.state, 'delivered')
  assert.deepEqual(await walletOf(t, agency, 'client', client.id), { balance: 26_000n, held: 0n })
  assert.equal((await walletOf(t, agency, 'agency')).balance - agencyBefore.balance, 4_000n)
  const approved = await lea.browser.call(approveOrder, at(placed))
  assert.deepEqual([approved.state, approved.captured.amount], ['approved', 24_000])
  const again = await lea.browser.refusal(approveOrder, at(placed))
  assert.deepEqual([again.status, again.code], [409, 'order.state'])
})

test('too little money, another price, an item gone: refused, and nothing is kept', async () => {
  const client = await fundedClient(5_000n)
  const item = await makeItem(t, { price: 6_000 })
  const poor = await lea.browser.refusal(...orderOf(client.id, [{ item }]))
  assert.deepEqual(
    [poor.status, poor.code, poor.data?.['missing']],
    [409, 'wallet.insufficient', { amount: 1_000, currency: 'EUR' }],
  )
  const cheap = await makeItem(t, { price: 1_000 })
  const changed = await lea.browser.refusal(...orderOf(client.id, [{ item: { ...cheap, price: 900 } }]))
  assert.deepEqual(
    [changed.code, changed.data?.['total']],
    ['order.price_changed', { amount: 1_000, currency: 'EUR' }],
  )
  await t.sql(`update catalogue_item set state = 'retired' where id = $1`, [cheap.id])
  assert.equal((await lea.browser.refusal(...orderOf(client.id, [{ item: cheap }]))).code, 'order.item_gone')
  const below = await makeItem(t, { price: 1_000 })
  await setRetail(t, agency, below.id, 500)
  assert.equal(
    (await lea.browser.refusal(...orderOf(client.id, [{ item: { ...below, price: 500 } }]))).code,
    'order.below_cost',
  )
  assert.deepEqual(await walletOf(t, agency, 'client', client.id), { balance: 5_000n, held: 0n })
  assert.equal((await t.sql('select from client_order where client_id = $1', [client.id])).length, 0)
})

test('the same key places one order, however often it is sent', async () => {
  const client = await fundedClient(10_000n)
  const item = await makeItem(t, { price: 2_000 })
  const [endpoint, input, headers] = orderOf(client.id, [{ item }])
  const answers = []
  for (let i = 0; i < 3; i++) answers.push(await lea.browser.call(endpoint, input, headers))
  assert.equal(new Set(answers.map((a) => a.id)).size, 1)
  const other = { body: { ...input.body, note: 'autre' } }
  assert.equal((await lea.browser.refusal(endpoint, other, headers)).status, 422)
  assert.equal((await lea.browser.refusal(placeOrder, input as never)).code, 'idempotency.required')
  assert.deepEqual(await walletOf(t, agency, 'client', client.id), { balance: 10_000n, held: 2_000n })
})

test('200 orders at once for the last euros: exactly what is payable goes through', async () => {
  const client = await fundedClient(10_500n)
  const item = await makeItem(t, { price: 1_000 })
  const answers = await Promise.all(
    Array.from({ length: 200 }, async () => {
      // On a busy machine the queue for a connection may take longer than it waits: asked again, by the same key.
      const order = orderOf(client.id, [{ item }])
      for (;;) {
        const answer = await lea.browser.send(...order)
        if (answer.statusCode !== 503) return answer
      }
    }),
  )
  const by = Map.groupBy(answers, (a) => a.statusCode)
  assert.deepEqual([by.get(201)?.length, by.get(409)?.length], [10, 190])
  assert.ok(by.get(409)!.every((a) => a.json().code === 'wallet.insufficient'))
  assert.deepEqual(await walletOf(t, agency, 'client', client.id), { balance: 10_500n, held: 10_000n })
  const numbers = by.get(201)!.map((a) => a.json().number as number)
  assert.equal(new Set(numbers).size, 10)
})

test('delivering locks the client before its money, as ordering does', async () => {
  const client = await fundedClient(5_000n)
  const item = await makeItem(t, { price: 1_000 })
  const placed = await lea.browser.call(...orderOf(client.id, [{ item }]))
  await accepted(placed)
  const other = await t.app.database.owner.connect()
  try {
    await other.query('begin')
    await other.query('select from wallet where owner_id = $1 for update', [client.id])
    const delivered = staff.call(...deliver(placed))
    const isLocked = () =>
      t.sql('select from client where id = $1 for no key update nowait', [client.id]).then(
        () => false,
        () => true,
      )
    let waits = 0
    while (!(await isLocked()) && waits++ < 40) await new Promise((done) => setTimeout(done, 50))
    assert.ok(waits < 40, 'the client is locked while its money is waited for')
    await other.query('commit')
    assert.equal((await delivered).state, 'delivered')
  } finally {
    other.release()
  }
})

test('cancelled before acceptance, refused after it: the money is free again', async () => {
  const client = await fundedClient(10_000n)
  const item = await makeItem(t, { price: 2_000 })
  const one = await lea.browser.call(...orderOf(client.id, [{ item }]))
  const cancelled = await lea.browser.call(cancelOrder, { ...at(one), body: { reason: 'Erreur' } }, key())
  assert.deepEqual([cancelled.state, cancelled.closeReason, cancelled.held.amount], ['refunded', 'Erreur', 0])
  const two = await lea.browser.call(...orderOf(client.id, [{ item, quantity: 3 }]))
  await accepted(two)
  assert.equal((await lea.browser.refusal(cancelOrder, { ...at(two), body: {} }, key())).code, 'order.state')
  await staff.call(...deliver(two))
  const refused = await staff.call(
    refuseOrder,
    { params: address(two), body: { reason: 'Le site a fermé' } },
    key(),
  )
  // Part of it came: what came is paid and waits for approval, the rest is free.
  assert.deepEqual([refused.state, refused.lines[0]!.refused], ['delivered', 2])
  assert.deepEqual(await walletOf(t, agency, 'client', client.id), { balance: 8_000n, held: 0n })
  const three = await lea.browser.call(...orderOf(client.id, [{ item }]))
  const gone = await staff.call(refuseOrder, { params: address(three), body: { reason: 'Complet' } }, key())
  assert.equal(gone.state, 'refused')
  assert.equal((await lea.browser.call(getOrder, at(three))).closeReason, 'Complet')
  assert.deepEqual(await walletOf(t, agency, 'client', client.id), { balance: 8_000n, held: 0n })
})

test('a contested delivery is corrected or paid back to the client that paid', async () => {
  const client = await fundedClient(10_000n)
  const item = await makeItem(t, { price: 3_000 })
  const o = await lea.browser.call(...orderOf(client.id, [{ item, quantity: 2 }]))
  await accepted(o)
  const first = await staff.call(...deliver(o))
  await staff.call(...deliver(o))
  const delivery = first.deliveries[0]!
  const contested = await lea.browser.call(contestDelivery, {
    ...at(o),
    body: { deliveryId: delivery.id, reason: 'Le lien manque' },
  })
  assert.deepEqual([contested.state, contested.contested], ['in_progress', true])
  assert.equal((await lea.browser.refusal(approveOrder, at(o))).code, 'order.state')
  const params = { ...address(o), deliveryId: delivery.id }
  const corrected = await staff.call(correctDelivery, { params, body: { proofUrl: `${proof}-2` } })
  assert.equal(corrected.state, 'delivered')
  assert.deepEqual(await walletOf(t, agency, 'client', client.id), { balance: 4_000n, held: 0n })
  const [endpoint, input, headers] = [refundDelivery, { params, body: { reason: 'Retiré' } }, key()] as const
  const refunded = await staff.call(endpoint, input, headers)
  await staff.call(endpoint, input, headers)
  assert.deepEqual([refunded.state, refunded.lines[0]!.refunded], ['delivered', 1])
  assert.deepEqual(await walletOf(t, agency, 'client', client.id), { balance: 7_000n, held: 0n })
  assert.equal((await staff.refusal(endpoint, input, key())).code, 'order.delivery_settled')
})

test('who sees the client orders for it and sees its orders; nobody else knows of them', async () => {
  const holder = await makeMember(t, agency, { role: 'client', name: 'Claire Roux', seesUnassigned: false })
  const client = await fundedClient(20_000n, [lea, holder])
  const stranger = await makeMember(t, agency, { role: 'consultant', seesUnassigned: false })
  const item = await makeItem(t, { price: 1_000 })
  const ids: string[] = []
  for (const who of [agency.owner, marc, lea, holder])
    ids.push((await who.browser.call(...orderOf(client.id, [{ item }]))).id)
  assert.equal((await stranger.browser.refusal(...orderOf(client.id, [{ item }]))).status, 404)
  for (const id of ids) {
    assert.equal((await stranger.browser.refusal(getOrder, { params: { id } })).status, 404)
    assert.equal((await holder.browser.call(getOrder, { params: { id } })).path.length, 0)
  }
  const mine = await holder.browser.call(listOrders, { query: { total: 'true' } } as never)
  assert.equal(mine.total, 4)
  // Who of the agency works for it is not there to be found out by filters either.
  const under = { query: { member: toPublicId('member', marc.memberId) } } as never
  assert.equal((await lea.browser.call(listOrders, under)).data.length > 0, true)
  assert.equal((await holder.browser.call(listOrders, under)).data.length, 0)
  assert.equal((await stranger.browser.call(listOrders, {})).data.length, 0)
  // A client's own member orders nothing for anybody else.
  const other = await fundedClient(5_000n)
  assert.equal((await holder.browser.refusal(...orderOf(other.id, [{ item }]))).status, 404)
})

test('nothing that a consultant or a client reads says what an order cost the agency', async () => {
  const holder = await makeMember(t, agency, { role: 'client', name: 'Claire Roux', seesUnassigned: false })
  const client = await fundedClient(500_000n, [lea, holder])
  const item = await makeItem(t, { price: 77_771 })
  await setRetail(t, agency, item.id, 82_212)
  const placed = await lea.browser.call(
    ...orderOf(client.id, [{ item: { ...item, price: 82_212 }, quantity: 2 }]),
  )
  await accepted(placed)
  await staff.call(...deliver(placed))
  const done = await staff.call(...deliver(placed))
  await staff.call(
    refundDelivery,
    { params: { ...address(placed), deliveryId: done.deliveries[0]!.id }, body: { reason: 'Page retirée' } },
    key(),
  )
  const publicId = toPublicId('client', client.id)
  const budget = await agency.owner.browser.call(getBudget, { query: { client: publicId } } as never)
  const pages = [
    `/orders/${placed.id}`,
    '/orders',
    `/orders/${placed.id}/timeline`,
    `/wallets/${budget.walletId}`,
    `/wallets/${budget.walletId}/entries`,
    `/wallets/${budget.walletId}/entries.csv`,
    `/budgets?client=${publicId}`,
    '/following',
    '/following/totals?by=client',
    '/following/totals.csv?by=order',
    '/catalogue/items',
    `/clients/${publicId}`,
  ]
  // The operator's price of one and two, the agency's margin on one and two, in cents and as people write them.
  const told = /77.?771|155.?542|4.?441|8.?882|777[,.]71|1.?555[,.]42|44[,.]41|88[,.]82/u
  for (const who of [lea, holder])
    for (const page of pages) {
      const { statusCode, body } = await who.browser.raw({ url: `/api/v1${page}` })
      assert.equal(statusCode, 200, page)
      const plain = body.replaceAll(/"(?:id|\w*Id|\w*At|nextCursor|href)":"[^"]*"/g, '')
      assert.doesNotMatch(plain, told, `${page} as ${who.name}`)
    }
  const { data } = await holder.browser.call(listEntries, { params: { id: budget.walletId! } })
  assert.deepEqual(
    data.slice(0, 3).map((e) => [e.reason, e.amount.amount, e.other?.name]),
    [
      ['order.refunded', 82_212, `Agence ${agency.slug}`],
      ['order.delivered', -82_212, `Agence ${agency.slug}`],
      ['order.delivered', -82_212, `Agence ${agency.slug}`],
    ],
  )
  const top = await agency.owner.browser.call(getBudget, {})
  const own = await agency.owner.browser.call(listEntries, { params: { id: top.walletId! } })
  assert.deepEqual(
    own.data.slice(0, 3).map((e) => [e.label, e.amount.amount]),
    [
      ['Commande remboursée', -4_441],
      ['Marge sur une commande', 4_441],
      ['Marge sur une commande', 4_441],
    ],
  )
})

test('ordered while acting: the order says both, and the path stays when people and clients move', async () => {
  const client = await fundedClient(20_000n)
  await t.sql(`update assignment set is_lead = true where client_id = $1`, [client.id])
  const item = await makeItem(t, { price: 1_000 })
  await marc.browser.call(startAccessSession, {
    body: { memberId: toPublicId('member', lea.memberId), mode: 'acting' },
  })
  const o = await marc.browser.call(...orderOf(client.id, [{ item }]))
  marc.browser.cookies = {}
  await signInAs(t, agency, marc)
  assert.equal((await marc.browser.call(getMe, {})).acting, null)
  assert.deepEqual([o.placedBy, o.placedChain], ['Marc Petit', ['Marc Petit', 'Léa Morel']])
  const path = (await agency.owner.browser.call(getOrder, at(o))).path
  assert.deepEqual(
    path.map((p) => [p.role, p.name]),
    [
      ['manager', 'Marc Petit'],
      ['consultant', 'Léa Morel'],
    ],
  )
  const elsewhere = await makeMember(t, agency, { role: 'manager', name: 'Nadia Blanc' })
  await agency.owner.browser.call(setClientHome, {
    params: { id: toPublicId('client', client.id) },
    body: { homeId: toPublicId('member', elsewhere.memberId) },
  })
  await t.sql(`update member set parent_id = $2 where id = $1`, [lea.memberId, elsewhere.memberId])
  await t.sql(`update realm_user set name = 'Léa Durand' where id = $1`, [lea.userId])
  assert.deepEqual((await agency.owner.browser.call(getOrder, at(o))).path, path)
  const found = await agency.owner.browser.call(listOrders, {
    query: { member: toPublicId('member', marc.memberId), client: toPublicId('client', client.id) },
  })
  assert.equal(found.data.length, 1)
  await t.sql(`update member set parent_id = $2 where id = $1`, [lea.memberId, marc.memberId])
  await t.sql(`update realm_user set name = 'Léa Morel' where id = $1`, [lea.userId])
})

test('a campaign’s budget asks for a word before it is exceeded; a paused one takes no order', async () => {
  const client = await fundedClient(50_000n)
  const clientId = toPublicId('client', client.id)
  const item = await makeItem(t, { price: 4_000 })
  const project = await lea.browser.call(createProject, {
    body: { clientId, name: 'Site', siteUrl: 'exemple.fr' },
  })
  assert.deepEqual([project.siteUrl, project.siteHost], ['https://exemple.fr/', 'exemple.fr'])
  const campaign = await lea.browser.call(createCampaign, {
    body: {
      clientId,
      name: 'Printemps',
      startsOn: '2026-03-01',
      endsOn: '2026-05-31',
      projectIds: [project.id],
      budget: { amount: 6_000, currency: 'EUR' },
    },
  })
  const given = { campaignId: campaign.id, projectId: project.id }
  await lea.browser.call(...orderOf(client.id, [{ item }], given))
  const over = await lea.browser.refusal(...orderOf(client.id, [{ item }], given))
  assert.deepEqual(
    [over.code, over.data?.['over']],
    ['campaign.over_budget', { amount: 2_000, currency: 'EUR' }],
  )
  await lea.browser.call(...orderOf(client.id, [{ item }], { ...given, confirmOverBudget: true }))
  const now = await lea.browser.call(getCampaign, { params: { id: campaign.id } })
  assert.deepEqual([now.orders, now.held.amount, now.projects[0]!.id], [2, 8_000, project.id])
  await lea.browser.call(updateCampaign, {
    params: { id: campaign.id },
    body: { state: 'paused', version: campaign.version },
  })
  assert.equal((await lea.browser.refusal(...orderOf(client.id, [{ item }], given))).code, 'campaign.closed')
  await lea.browser.call(updateProject, {
    params: { id: project.id },
    body: { state: 'archived', version: project.version },
  })
  assert.equal(
    (await lea.browser.refusal(...orderOf(client.id, [{ item }], { projectId: project.id }))).code,
    'project.archived',
  )
  const stranger = await fundedClient(5_000n)
  assert.equal((await lea.browser.refusal(...orderOf(stranger.id, [{ item }], given))).status, 404)
})

test('a cart shows before and after, and its lines leave with the order, once', async () => {
  const client = await fundedClient(10_000n)
  const id = toPublicId('client', client.id)
  const item = await makeItem(t, { price: 2_500 })
  await lea.browser.call(addToCart, {
    params: { id },
    body: { itemId: item.publicId, quantity: 2, targetUrl: 'exemple.fr/page', anchorText: 'chaussures' },
  })
  const cart = await lea.browser.call(getCart, { params: { id } })
  assert.deepEqual(
    [cart.total.amount, cart.available.amount, cart.after.amount, cart.lines[0]!.targetUrl],
    [5_000, 10_000, 5_000, 'https://exemple.fr/page'],
  )
  assert.equal((await marc.browser.call(getCart, { params: { id } })).lines.length, 0, 'each their own')
  const given = { cartLineIds: cart.lines.map((l) => l.id) }
  await lea.browser.call(...orderOf(client.id, [{ item, quantity: 2 }], given))
  assert.equal((await lea.browser.call(getCart, { params: { id } })).lines.length, 0)
  assert.equal((await lea.browser.refusal(...orderOf(client.id, [{ item, quantity: 2 }], given))).status, 404)
  assert.deepEqual(await walletOf(t, agency, 'client', client.id), { balance: 10_000n, held: 5_000n })
})

test('lists have filters, counts, pages in both directions, and bulk approval', async () => {
  const other = await makeAgency(t)
  const client = await makeClient(t, other)
  await fundClient(t, other, client.id, 100_000n)
  const items = [await makeItem(t, { price: 300, name: 'Écho du Nord' }), await makeItem(t, { price: 100 })]
  const placed = []
  for (let i = 0; i < 7; i++)
    placed.push(await other.owner.browser.call(...orderOf(client.id, [{ item: items[i % 2]! }])))
  const { browser } = other.owner
  const seen: number[] = []
  let cursor: string | undefined
  do {
    const page = await browser.call(listOrders, {
      query: { limit: 3, sort: '-total', ...(cursor && { cursor }) },
    })
    seen.push(...page.data.map((o) => o.total.amount))
    cursor = page.nextCursor ?? undefined
  } while (cursor)
  assert.deepEqual(seen, [300, 300, 300, 300, 100, 100, 100])
  assert.equal((await browser.call(listOrders, { query: { q: 'echo nord' } })).data.length, 4)
  assert.equal((await browser.call(listOrders, { query: { q: '#3' } })).data[0]!.number, 3)
  // Found by the name that the client has today, and counted.
  const found = async (q: string) =>
    (await browser.call(listOrders, { query: { q, total: 'true' } as never })).total
  await t.sql(`update client set name = 'Île aux Moines' where agency_id = $1`, [other.id])
  assert.deepEqual([await found('ile moin nord'), await found(client.name)], [4, 0])
  for (const query of [{ cursor: 'x' }, { cursor: Buffer.from('["a","b"]').toString('base64url') }])
    assert.equal((await browser.refusal(listOrders, { query })).status, 422)
  const where = placed.slice(0, 3).map((o) => ({ agencyId: toPublicId('agency', other.id), id: o.id }))
  await staff.call(advanceOrders, { body: { to: 'accepted', orders: where } })
  const second = await staff.call(advanceOrders, { body: { to: 'accepted', orders: where } })
  assert.deepEqual([second.done, second.refused.length], [0, 3])
  for (const w of where.slice(0, 2)) {
    const q = await staff.call(getQueueOrder, { params: w })
    await staff.call(
      deliverOrder,
      { params: w, body: { deliveries: [{ lineId: q.lines[0]!.id, proofUrl: proof }] } },
      key(),
    )
  }
  const counts = await browser.call(countOrders, {})
  assert.deepEqual([counts.states.placed, counts.states.accepted, counts.states.delivered], [4, 1, 2])
  const done = await browser.call(approveOrders, { body: { ids: placed.slice(0, 3).map((o) => o.id) } })
  assert.deepEqual([done.approved, done.refused], [2, [placed[2]!.id]])
  await t.advance({ hours: 24 * 20 })
  await signInAs(t, other, other.owner)
  assert.equal((await browser.call(countOrders, {})).late, 1)
  assert.equal((await browser.call(listOrders, { query: { late: 'true' } } as never)).data.length, 1)
})

test('a filter takes several clients, people, campaigns or projects; all of them count', async () => {
  const other = await makeAgency(t)
  const item = await makeItem(t, { price: 100 })
  const karim = await makeMember(t, other, { role: 'manager', seesUnassigned: false })
  const [jade, hugo] = [
    await makeMember(t, other, { role: 'consultant', parent: karim, seesUnassigned: false }),
    await makeMember(t, other, { role: 'consultant', parent: karim, seesUnassigned: false }),
  ]
  const clients = []
  const numbers: Record<string, number> = {}
  for (const [name, assignee] of Object.entries({ a: jade, b: hugo, c: karim })) {
    const client = await makeClient(t, other, { home: karim, assignees: [assignee] })
    await t.sql('update assignment set is_lead = true where agency_id = $1 and client_id = $2', [
      other.id,
      client.id,
    ])
    await fundClient(t, other, client.id, 1_000n)
    const { browser } = other.owner
    const clientId = toPublicId('client', client.id)
    const project = await browser.call(createProject, { body: { clientId, name: `Site ${name}` } })
    const campaign = await browser.call(createCampaign, {
      body: { clientId, name: `Campagne ${name}`, startsOn: '2026-01-01', projectIds: [project.id] },
    })
    const placed = await browser.call(
      ...orderOf(client.id, [{ item }], { projectId: project.id, campaignId: campaign.id }),
    )
    numbers[name] = placed.number
    clients.push({ id: clientId, project: project.id, campaign: campaign.id })
  }
  const [a, b, c] = clients as [(typeof clients)[0], (typeof clients)[0], (typeof clients)[0]]
  const idOf = (m: TestMember) => toPublicId('member', m.memberId)
  const found = async (query: Record<string, string>) =>
    (await other.owner.browser.call(listOrders, { query: { sort: 'placedAt', ...query } } as never)).data.map(
      (o) => Object.entries(numbers).find(([, n]) => n === o.number)![0],
    )
  assert.deepEqual(await found({ client: `${a.id},${c.id}` }), ['a', 'c'])
  assert.deepEqual(await found({ project: `${a.project},${b.project}` }), ['a', 'b'])
  assert.deepEqual(await found({ campaign: `${b.campaign},${c.campaign}` }), ['b', 'c'])
  assert.deepEqual(await found({ consultant: `${idOf(jade)},${idOf(hugo)}` }), ['a', 'b'])
  assert.deepEqual(await found({ manager: idOf(karim) }), ['a', 'b', 'c'])
  assert.deepEqual(await found({ member: `${idOf(hugo)},${idOf(karim)}` }), ['a', 'b', 'c'])
  assert.deepEqual(await found({ member: `${idOf(hugo)},${idOf(jade)}`, client: `${b.id},${c.id}` }), ['b'])
  assert.equal(
    (await other.owner.browser.refusal(listOrders, { query: { client: `${a.id},rien` } } as never)).status,
    422,
  )
})

test('a delivery nobody answers approves itself after the agency’s own days', async () => {
  const other = await makeAgency(t)
  staff = await enterAsOperator(t)
  const saved = await Promise.all(
    [3, 3, 3].map((approvalDays) =>
      other.owner.browser.send(updateOrderSettings, { body: { approvalDays, version: 0 } }),
    ),
  )
  assert.deepEqual(saved.map((s) => s.statusCode).toSorted(), [200, 409, 409], 'of those at once, one')
  const client = await makeClient(t, other)
  await fundClient(t, other, client.id, 5_000n)
  const item = await makeItem(t, { price: 1_000 })
  const o = await other.owner.browser.call(...orderOf(client.id, [{ item }]))
  const where = { agencyId: toPublicId('agency', other.id), id: o.id }
  await staff.call(advanceOrders, { body: { to: 'accepted', orders: [where] } })
  await staff.call(
    deliverOrder,
    { params: where, body: { deliveries: [{ lineId: o.lines[0]!.id, proofUrl: proof }] } },
    key(),
  )
  await t.runJobs()
  await t.advance({ hours: 71 })
  await t.runJobs()
  const [early] = await t.sql<{ state: string }>(`select state from client_order where agency_id = $1`, [
    other.id,
  ])
  assert.equal(early!.state, 'delivered')
  await t.advance({ hours: 2 })
  await t.runJobs()
  const [late] = await t.sql<{ state: string }>(`select state from client_order where agency_id = $1`, [
    other.id,
  ])
  assert.equal(late!.state, 'approved')
})
