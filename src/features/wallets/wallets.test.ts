import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { newId } from '../../server/ids.ts'
import type { Ctx } from '../../server/context.ts'
import { Refusal } from '../../server/refusal.ts'
import { runInTenant } from '../../server/run-in-tenant.ts'
import { makeAgency, type TestAgency } from '../../server/testing-people.ts'
import { startTestApp, type TestApp } from '../../server/testing.ts'
import {
  balancesOf,
  captureHold,
  holdMoney,
  moveMany,
  moveMoney,
  releaseHold,
  type WalletRef,
} from './public.ts'

let t: TestApp
let agency: TestAgency
before(async () => {
  t = await startTestApp()
  agency = await makeAgency(t)
})
after(() => t.close())

const inAgency = <T>(work: (ctx: Ctx) => Promise<T>, of = agency): Promise<T> =>
  runInTenant(t.app, { agencyId: of.id }, work)
const client = (id = newId()): WalletRef => ({ owner: 'client', id, purpose: 'budget', unit: 'EUR' })
const bank: WalletRef = { counterpart: 'bank', unit: 'EUR' }
const revenue: WalletRef = { counterpart: 'revenue', unit: 'EUR' }
const move = (from: WalletRef, to: WalletRef, amount: bigint, operationKey: string = newId()) => ({
  operationKey,
  reason: 'budget.allocated',
  lines: [
    { wallet: from, amount: -amount },
    { wallet: to, amount },
  ],
})
const funded = async (amount: bigint, ref = client()): Promise<WalletRef> => {
  await inAgency((ctx) => moveMoney(ctx, move(bank, ref, amount)))
  return ref
}
const balance = (ref: WalletRef) => inAgency(async (ctx) => (await balancesOf(ctx, [ref]))[0]!)
async function refusalOf(work: Promise<unknown>): Promise<Refusal> {
  const error: unknown = await work.then(
    () => undefined,
    (e: unknown) => e,
  )
  assert.ok(error instanceof Refusal, `expected a refusal, got ${String(error)}`)
  return error
}

test('money moves, both sides of it, and each entry says the balance after it', async () => {
  const [a, b] = [await funded(10_000n), client()]
  const done = await inAgency((ctx) => moveMoney(ctx, move(a, b, 2_500n)))
  assert.equal(done.replayed, false)
  assert.deepEqual(await balance(a), { balance: 7_500n, held: 0n, available: 7_500n })
  assert.deepEqual(await balance(b), { balance: 2_500n, held: 0n, available: 2_500n })
  const entries = await t.sql<{ amount: bigint; number: bigint; balance_after: bigint }>(
    `select amount, number, balance_after from entry where money_transfer_id = $1 order by line`,
    [done.moneyTransferId],
  )
  assert.deepEqual(
    entries.map((e) => [e.amount, e.number, e.balance_after]),
    [
      [-2_500n, 2n, 7_500n],
      [2_500n, 1n, 2_500n],
    ],
  )
})

test('the same key and input is carried out once, another input is refused, for ever', async () => {
  const [a, b] = [await funded(10_000n), client()]
  const m = move(a, b, 10_000n)
  const first = await inAgency((ctx) => moveMoney(ctx, m))
  await t.advance({ hours: 24 * 400 })
  // The wallet is empty by now: the answer is still the first.
  assert.deepEqual(await inAgency((ctx) => moveMoney(ctx, m)), { ...first, replayed: true })
  for (const other of [
    move(a, b, 1n, m.operationKey),
    { ...m, note: 'autre' },
    { ...m, reference: { kind: 'order', id: newId() } },
  ]) {
    const refused = await refusalOf(inAgency((ctx) => moveMoney(ctx, other)))
    assert.deepEqual([refused.status, refused.code], [409, 'wallet.key_reused'])
  }
  assert.equal((await balance(b)).balance, 10_000n)
  // Another agency's keys are its own.
  const elsewhere = await makeAgency(t)
  const theirs = await inAgency((ctx) => moveMoney(ctx, move(bank, revenue, 5n, m.operationKey)), elsewhere)
  assert.equal(theirs.replayed, false)
})

test('too little says what is missing, changes nothing, and the transaction can go on', async () => {
  const [a, b] = [await funded(1_000n), client()]
  await inAgency(async (ctx) => {
    const refused = await refusalOf(moveMoney(ctx, move(a, b, 2_240n)))
    assert.deepEqual([refused.status, refused.code], [409, 'wallet.insufficient'])
    assert.deepEqual(refused.facts.data, { missing: { amount: 1_240, currency: 'EUR' } })
    assert.equal(
      ctx.app.texts.t('fr', 'refusal.wallet.insufficient', refused.facts.values),
      'Il manque 12,40\u00a0€.',
    )
    await moveMoney(ctx, move(a, b, 1_000n))
  })
  assert.equal((await balance(b)).balance, 1_000n)
  const sms: WalletRef = { owner: 'agency', purpose: 'credit', unit: 'SMS' }
  const refused = await refusalOf(
    inAgency((ctx) => moveMoney(ctx, move(sms, { counterpart: 'issued', unit: 'SMS' }, 1n))),
  )
  assert.equal(t.app.texts.t('fr', 'refusal.wallet.insufficient', refused.facts.values), 'Il manque 1 SMS.')
})

test('many moves are one effect: each after the ones before it, all or none', async () => {
  const [a, b, c] = [await funded(1_000n), client(), client()]
  const moves = [move(a, b, 600n), move(b, c, 600n), move(c, a, 100n), move(a, b, 500n)]
  await inAgency((ctx) => moveMany(ctx, moves))
  assert.deepEqual(await Promise.all([a, b, c].map(async (ref) => (await balance(ref)).balance)), [
    0n,
    500n,
    500n,
  ])
  const again = await inAgency((ctx) => moveMany(ctx, [...moves, move(b, a, 1n)]))
  assert.deepEqual(
    again.map((d) => d.replayed),
    [true, true, true, true, false],
  )
  const refused = await refusalOf(inAgency((ctx) => moveMany(ctx, [move(b, a, 100n), move(b, a, 400n)])))
  assert.deepEqual(refused.facts.data, { missing: { amount: 1, currency: 'EUR' } })
  assert.equal((await balance(b)).balance, 499n)
})

test('what is held cannot be spent; a capture takes at most the hold and lets the rest go', async () => {
  const a = await funded(1_000n)
  const { holdId } = await inAgency((ctx) =>
    holdMoney(ctx, { operationKey: `place ${newId()}`, wallet: a, amount: 700n, reason: 'order.placed' }),
  )
  assert.deepEqual(await balance(a), { balance: 1_000n, held: 700n, available: 300n })
  const refused = await refusalOf(inAgency((ctx) => moveMoney(ctx, move(a, client(), 301n))))
  assert.deepEqual(refused.facts.data, { missing: { amount: 1, currency: 'EUR' } })
  const capture = (amount: bigint, release: boolean, operationKey = newId()) =>
    inAgency((ctx) =>
      captureHold(ctx, { operationKey, holdId, amount, to: revenue, reason: 'order.delivered', release }),
    )
  assert.equal((await refusalOf(capture(701n, true))).code, 'wallet.hold_exceeded')
  const part = await capture(200n, false, `part ${holdId}`)
  assert.deepEqual(await balance(a), { balance: 800n, held: 500n, available: 300n })
  const rest = await capture(300n, true, `rest ${holdId}`)
  assert.deepEqual(await balance(a), { balance: 500n, held: 0n, available: 500n })
  // Replays, in whatever order, are the first answers.
  assert.deepEqual(await capture(300n, true, `rest ${holdId}`), rest)
  assert.deepEqual(await capture(200n, false, `part ${holdId}`), part)
  assert.equal((await refusalOf(capture(1n, true))).code, 'wallet.hold_exceeded')
  assert.equal((await balance(a)).balance, 500n)
})

test('a hold is placed once per key, and released once', async () => {
  const a = await funded(1_000n)
  const h = { operationKey: newId(), wallet: a, amount: 600n, reason: 'order.placed' }
  const first = await inAgency((ctx) => holdMoney(ctx, h))
  assert.deepEqual(await inAgency((ctx) => holdMoney(ctx, h)), { ...first, replayed: true })
  const r = { operationKey: newId(), holdId: first.holdId, amount: 100n }
  for (let i = 0; i < 2; i++) await inAgency((ctx) => releaseHold(ctx, r))
  assert.equal((await balance(a)).held, 500n)
  for (let i = 0; i < 2; i++)
    await inAgency((ctx) => releaseHold(ctx, { operationKey: newId(), holdId: first.holdId }))
  assert.deepEqual(await balance(a), { balance: 1_000n, held: 0n, available: 1_000n })
})

test('two hundred spend the last euros at once: exactly what is there is paid', async () => {
  const a = await funded(1_000n)
  const outcomes = await Promise.all(
    Array.from({ length: 200 }, () =>
      inAgency((ctx) => moveMoney(ctx, move(a, revenue, 30n))).then(
        () => 'paid',
        (e: Refusal) => e.code,
      ),
    ),
  )
  assert.equal(outcomes.filter((o) => o === 'paid').length, 33)
  assert.equal(outcomes.filter((o) => o === 'wallet.insufficient').length, 167)
  assert.equal((await balance(a)).balance, 10n)
})

test('one key a hundred times at once: one effect', async () => {
  for (const [from, to] of [
    [await funded(500n), client()],
    [bank, revenue],
  ] as const) {
    const m = move(from, to, 5n)
    const all = await Promise.all(Array.from({ length: 100 }, () => inAgency((ctx) => moveMoney(ctx, m))))
    assert.equal(all.filter((d) => !d.replayed).length, 1)
    assert.equal(new Set(all.map((d) => d.moneyTransferId)).size, 1)
  }
})

test('the database takes entries from nobody, changes none, and refuses lines that do not balance', async () => {
  const a = await funded(1_000n)
  await assert.rejects(
    inAgency((ctx) =>
      moveMoney(ctx, {
        ...move(a, bank, 1n),
        lines: [
          { wallet: a, amount: -1n },
          { wallet: bank, amount: 2n },
        ],
      }),
    ),
    /sum to zero/,
  )
  for (const table of ['entry', 'money_transfer']) {
    for (const text of [
      `update ${table} set agency_id = agency_id`,
      `delete from ${table}`,
      `truncate ${table} cascade`,
    ])
      await assert.rejects(t.sql(text), /insert-only/, text)
  }
  for (const text of [
    'update wallet set balance = balance + 1',
    'delete from entry',
    'update hold set remaining = 0',
    'insert into entry select * from entry',
    'insert into wallet select * from wallet',
  ])
    await assert.rejects(
      inAgency((ctx) => ctx.tx.client.query(text)),
      /permission denied/,
      text,
    )
})
