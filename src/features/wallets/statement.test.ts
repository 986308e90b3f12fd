import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { toPublicId } from '../../contract/ids.ts'
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
import { exportEntries, getWallet, listEntries } from './contract.ts'
import { holdMoney, moveMoney, type WalletRef } from './public.ts'

let t: TestApp
let agency: TestAgency
let manager: TestMember
let holder: TestMember
let stranger: TestMember
const ids: Record<'agency' | 'manager' | 'client', string> = { agency: '', manager: '', client: '' }

before(async () => {
  t = await startTestApp()
  agency = await makeAgency(t, { name: 'Studio Lumière' })
  manager = await makeMember(t, agency, { role: 'manager', name: 'Marc Petit' })
  holder = await makeMember(t, agency, { role: 'client', name: 'Claire Duval', seesUnassigned: false })
  stranger = await makeMember(t, agency, { role: 'client', name: 'Yves Autre' })
  const client = await makeClient(t, agency, { name: '=Boulangerie', home: manager, assignees: [holder] })
  const of = (owner: 'member' | 'client', id: string): WalletRef => ({
    owner,
    id,
    purpose: 'budget',
    unit: 'EUR',
  })
  const top: WalletRef = { owner: 'agency', purpose: 'budget', unit: 'EUR' }
  const marc = of('member', manager.memberId)
  const shop = of('client', client.id)
  const move = (reason: string, from: WalletRef, to: WalletRef, amount: bigint, note?: string) =>
    runInTenant(t.app, { agencyId: agency.id }, async (ctx) => {
      ctx.actor = { ...agency.owner, name: 'Camille Rousseau', role: 'owner' }
      await moveMoney(ctx, {
        operationKey: newId(),
        reason,
        lines: [
          { wallet: from, amount: -amount },
          { wallet: to, amount },
        ],
        ...(note !== undefined && { note }),
      })
    })
  await move('budget.topped_up', { counterpart: 'card', unit: 'EUR' }, top, 100_000n)
  await move('budget.allocated', top, marc, 40_000n)
  await t.advance({ hours: 72 })
  await move('budget.allocated', marc, shop, 12_340n, '+Campagne de mars')
  await move('budget.allocated', marc, shop, 100n)
  await move('budget.reclaimed', shop, marc, 40n)
  await runInTenant(t.app, { agencyId: agency.id }, (ctx) =>
    holdMoney(ctx, { operationKey: newId(), wallet: shop, amount: 2_400n, reason: 'order.placed' }),
  )
  const rows = await t.sql<{ id: string; owner_kind: string }>(
    `select id, owner_kind from wallet where agency_id = $1 and owner_kind <> 'counterpart'`,
    [agency.id],
  )
  for (const r of rows)
    ids[r.owner_kind === 'member' ? 'manager' : (r.owner_kind as 'agency')] = toPublicId('wallet', r.id)
  for (const member of [agency.owner, manager, holder, stranger]) await signInAs(t, agency, member)
})
after(() => t.close())

const at = (which: keyof typeof ids) => ({ params: { id: ids[which] } })
const euros = (amount: number) => ({ amount, currency: 'EUR' })

test('a statement says each entry, the balance after it, the other side, who and why', async () => {
  const { browser } = agency.owner
  const wallet = await browser.call(getWallet, at('client'))
  assert.deepEqual(
    [wallet.owner.name, wallet.balance, wallet.held, wallet.available],
    ['=Boulangerie', euros(12_400), euros(2_400), euros(10_000)],
  )
  assert.deepEqual(wallet.reasons, [
    { reason: 'budget.allocated', label: 'Budget attribué' },
    { reason: 'budget.reclaimed', label: 'Budget repris' },
  ])
  const { data } = await browser.call(listEntries, at('client'))
  assert.deepEqual(
    data.map((e) => [e.number, e.amount.amount, e.balanceAfter.amount, e.label, e.other?.name, e.note]),
    [
      [3, -40, 12_400, 'Budget repris', 'Marc Petit', null],
      [2, 100, 12_440, 'Budget attribué', 'Marc Petit', null],
      [1, 12_340, 12_340, 'Budget attribué', 'Marc Petit', '+Campagne de mars'],
    ],
  )
  assert.deepEqual(data[0]!.by, { name: 'Camille Rousseau', via: null })
  const top = await browser.call(listEntries, at('agency'))
  assert.deepEqual(top.data.at(-1)?.other, { kind: 'card', name: 'Carte bancaire' })
})

test('it is filtered by day, reason and direction, page by page', async () => {
  const { browser } = manager
  const numbers = async (query: object) =>
    (await browser.call(listEntries, { ...at('manager'), query } as never)).data.map((e) => e.number)
  const [{ day }] = (await t.sql<{ day: string }>(
    `select ((now() + clock_offset) at time zone 'Europe/Paris')::date::text as day from installation`,
  )) as [{ day: string }]
  const before = Temporal.PlainDate.from(day).subtract({ days: 2 }).toString()
  assert.deepEqual(await numbers({}), [4, 3, 2, 1])
  assert.deepEqual(await numbers({ direction: 'in' }), [4, 1])
  assert.deepEqual(await numbers({ direction: 'out' }), [3, 2])
  assert.deepEqual(await numbers({ reason: 'budget.reclaimed' }), [4])
  assert.deepEqual(await numbers({ from: before }), [4, 3, 2])
  assert.deepEqual(await numbers({ to: before }), [1])
  const first = await browser.call(listEntries, { ...at('manager'), query: { limit: 3 } })
  const second = await browser.call(listEntries, {
    ...at('manager'),
    query: { limit: 3, cursor: first.nextCursor! },
  })
  assert.deepEqual(
    [...first.data, ...second.data].map((e) => e.number),
    [4, 3, 2, 1],
  )
  assert.equal(second.nextCursor, null)
  for (const cursor of ['x', Buffer.from('["2026-01-01T00:00:00Z","1;drop"]').toString('base64url')])
    assert.equal((await browser.refusal(listEntries, { ...at('manager'), query: { cursor } })).status, 422)
})

test('each sees its own level and below, a client’s people theirs, and nobody of the agency by name', async () => {
  const seen = async (m: TestMember) =>
    Promise.all(
      (['agency', 'manager', 'client'] as const).map(
        async (w) => (await m.browser.send(getWallet, at(w))).statusCode,
      ),
    )
  assert.deepEqual(await seen(agency.owner), [200, 200, 200])
  assert.deepEqual(await seen(manager), [404, 200, 200])
  assert.deepEqual(await seen(holder), [404, 404, 200])
  assert.deepEqual(await seen(stranger), [404, 404, 404])
  const { data } = await holder.browser.call(listEntries, at('client'))
  assert.ok(data.every((e) => e.other?.name === 'Studio Lumière' && e.by === null))
})

test('a client nobody took on shows its money to no other client’s people', async () => {
  const free = await makeClient(t, agency, { name: 'Libre' })
  await runInTenant(t.app, { agencyId: agency.id }, (ctx) =>
    moveMoney(ctx, {
      operationKey: newId(),
      reason: 'budget.topped_up',
      lines: [
        { wallet: { counterpart: 'card', unit: 'EUR' }, amount: -5n },
        { wallet: { owner: 'client', id: free.id, purpose: 'budget', unit: 'EUR' }, amount: 5n },
      ],
    }),
  )
  const [w] = await t.sql<{ id: string }>(`select id from wallet where owner_id = $1`, [free.id])
  const of = { params: { id: toPublicId('wallet', w!.id) } }
  assert.equal((await stranger.browser.send(getWallet, of)).statusCode, 404)
  assert.equal((await manager.browser.send(getWallet, of)).statusCode, 200)
})

test('the file is a spreadsheet’s: oldest first, decimal commas, no cell a formula', async () => {
  const response = await agency.owner.browser.send(exportEntries, { ...at('client'), query: {} })
  assert.match(String(response.headers['content-type']), /text\/csv/)
  const lines = response.body.replace('\ufeff', '').trim().split('\r\n')
  assert.equal(lines[0], 'N°;Date;Heure;Opération;Avec;Note;Par;Montant;Solde;Unité')
  assert.match(
    lines[1]!,
    /^1;\d{4}-\d\d-\d\d;\d\d:\d\d:\d\d;Budget attribué;Marc Petit;'\+Campagne de mars;Camille Rousseau;123,40;123,40;EUR$/,
  )
  assert.match(lines[3]!, /;-0,40;124,00;EUR$/)
  const of = await manager.browser.send(exportEntries, { ...at('manager'), query: { direction: 'out' } })
  assert.match(of.body, /;'=Boulangerie;/)
  assert.equal(of.body.trim().split('\r\n').length, 3)
})
