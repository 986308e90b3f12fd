import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { toPublicId } from '../../contract/ids.ts'
import { runInTenant } from '../../server/run-in-tenant.ts'
import { startTestApp, type Browser, type TestApp } from '../../server/testing.ts'
import { makeAgency, type TestAgency } from '../../server/testing-people.ts'
import { verifyData } from '../../server/verify-data.ts'
import { createCreditNote, getInvoice } from '../invoices/contract.ts'
import { enterAsOperator } from '../operator/testing.ts'
import { balancesOf, moveMoney, type WalletRef } from '../wallets/public.ts'
import { getRefundable, refundPurchase } from './contract.ts'
import { openPurchase, type Fulfilment } from './public.ts'
import { readyToPay } from './testing-payments.ts'

let t: TestApp
let staff: Browser
const thing: Fulfilment = { kind: 'test.thing', run: async () => {} }
const budget: Fulfilment = {
  kind: 'test.budget',
  run: async () => {},
  deposit: true,
  receivers: (p) => [{ wallet: { owner: 'agency', purpose: 'prepaid', unit: 'EUR' }, amount: p.gross }],
}
before(async () => {
  t = await startTestApp()
  Object.assign(t.app, { fulfilments: [...t.app.fulfilments, thing, budget] })
  staff = await enterAsOperator(t)
})
after(() => t.close())

const unit = 'EUR'
const own: WalletRef = { owner: 'agency', purpose: 'prepaid', unit }
const outside = (['card', 'vat', 'revenue'] as const).map((counterpart) => ({ counterpart, unit }))
const eur = (amount: number) => ({ amount, currency: 'EUR' })

/** An agency that paid 120,00 €: 50,00 of an account's prepaid credit, 40,00 of its own, 30,00 by card. */
async function paid(kind = 'test.thing') {
  const agency = await makeAgency(t)
  await readyToPay(t, agency)
  const account = crypto.randomUUID()
  const accounts: WalletRef = { owner: 'hosted_account', id: account, purpose: 'prepaid', unit }
  const purchaseId = await runInTenant(t.app, { agencyId: agency.id }, async (ctx) => {
    for (const [i, { wallet, amount }] of [
      { wallet: accounts, amount: 5_000n },
      { wallet: own, amount: 4_000n },
    ].entries())
      await moveMoney(ctx, {
        operationKey: `gift:${i}`,
        reason: 'purchase.paid',
        lines: [
          { wallet: { counterpart: 'bank', unit }, amount: -amount },
          { wallet, amount },
        ],
      })
    const line = {
      label: 'Chose',
      quantity: 1,
      unitPrice: 10_000n,
      discount: 0n,
      net: 10_000n,
      kind: 'thing',
    }
    const opened = await openPurchase(ctx, {
      operationKey: 'thing',
      kind,
      payer: { kind: 'agency' },
      lines: [{ ...line, vatRateBasisPoints: 2000 }],
      currency: 'EUR',
      subject: {},
      use: kind === 'test.thing' ? 'prepaid_then_card' : 'card',
      prepaidOf: account,
      attended: true,
    })
    return opened.purchaseId
  })
  await t.runJobs()
  const [row] = await t.sql<{ invoice_id: string }>(`select invoice_id from purchase where id = $1`, [
    purchaseId,
  ])
  return {
    agency,
    wallets: [accounts, own, ...outside],
    at: { params: { id: toPublicId('invoice', row!.invoice_id) } },
  }
}
type Paid = Awaited<ReturnType<typeof paid>>

const key = () => ({ 'idempotency-key': crypto.randomUUID() })
const body = (amount?: number) => ({ reason: 'Geste', ...(amount !== undefined && { amount: eur(amount) }) })
const ask = (p: Paid, amount?: number) => staff.send(refundPurchase, { ...p.at, body: body(amount) }, key())
async function refund(p: Paid, amount?: number) {
  const response = await ask(p, amount)
  assert.equal(response.statusCode, 202, response.body)
  const { card, prepaid } = JSON.parse(response.body) as Record<'card' | 'prepaid', { amount: number }>
  await t.runJobs()
  return [card.amount, prepaid.amount]
}
const refused = async (p: Paid, amount?: number) => {
  const response = await ask(p, amount)
  return JSON.parse(response.body) as { code: string; status: number; data?: { left: { amount: number } } }
}
const balances = async (p: Paid) =>
  (await runInTenant(t.app, { agencyId: p.agency.id }, (ctx) => balancesOf(ctx, p.wallets))).map((b) =>
    Number(b.balance),
  )
const books = async (a: TestAgency) =>
  (
    await t.sql<{ amount: bigint; state: string }>(
      `select amount, state from sandbox_payment where agency_id = $1 and kind = 'refund' order by created_at, id`,
      [a.id],
    )
  ).map((b) => [Number(b.amount), b.state])
const notes = async (p: Paid) => (await p.agency.owner.browser.call(getInvoice, p.at)).creditNotes
async function invariantsHold() {
  assert.deepEqual(
    (await verifyData(t.app.database.owner)).flatMap((f) => f.broken),
    [],
  )
}

test('all is given back: wallets, the provider’s books and the credit note agree to the cent', async () => {
  const p = await paid()
  assert.deepEqual(await balances(p), [0, 0, -3_000, 2_000, 10_000])
  const before = await staff.call(getRefundable, p.at)
  assert.deepEqual([before.card.amount, before.prepaid.amount, before.pending], [3_000, 9_000, false])
  assert.deepEqual(await refund(p), [3_000, 9_000])
  assert.deepEqual(await balances(p), [5_000, 4_000, 0, 0, 0])
  assert.deepEqual(await books(p.agency), [[3_000, 'done']])
  const [note, ...others] = await notes(p)
  assert.equal(others.length, 0)
  const record = await p.agency.owner.browser.call(getInvoice, { params: { id: note!.id } })
  assert.deepEqual(
    [record.gross, record.vat, record.prepaidUsed, record.cardPaid, record.amountDue].map((m) => m.amount),
    [12_000, 2_000, 9_000, 3_000, 0],
  )
  const [done] = await t.sql<{ state: string; credit_note_number: string }>(
    `select state, credit_note_number from purchase_refund where agency_id = $1`,
    [p.agency.id],
  )
  assert.deepEqual(done, { state: 'done', credit_note_number: note!.number })
  const [event] = await t.sql<{ actor_user_id: string | null }>(
    `select actor_user_id from audit_event where agency_id = $1 and action = 'purchase.refunded'`,
    [p.agency.id],
  )
  assert.ok(event!.actor_user_id)
  assert.equal((await refused(p)).code, 'refund.too_much')
  await invariantsHold()
})

test('in parts: the card first, then the credit used last; never more than was paid', async () => {
  const p = await paid()
  assert.deepEqual(await refund(p, 2_000), [2_000, 0])
  assert.deepEqual(await refund(p, 6_000), [1_000, 5_000])
  assert.deepEqual(await balances(p), [1_000, 4_000, 0, 667, 3_333])
  const { code, status, data } = await refused(p, 4_001)
  assert.deepEqual([code, status, data?.left.amount], ['refund.too_much', 409, 4_000])
  assert.deepEqual(await refund(p, 4_000), [0, 4_000])
  assert.deepEqual(await balances(p), [5_000, 4_000, 0, 0, 0])
  assert.deepEqual(
    (await notes(p)).map((n) => n.gross.amount).toSorted((a, b) => a - b),
    [2_000, 4_000, 6_000],
  )
  await invariantsHold()
})

test('two at once: one; and no other credit note comes between', async () => {
  const p = await paid()
  const answers = await Promise.all([ask(p), ask(p)])
  assert.deepEqual(answers.map((a) => a.statusCode).toSorted(), [202, 409])
  const between = await staff.refusal(createCreditNote, { ...p.at, body: { reason: 'x' } })
  assert.equal(between.code, 'credit_note.refund_pending')
  await t.runJobs()
  assert.deepEqual(await books(p.agency), [[3_000, 'done']])
  assert.equal((await notes(p)).length, 1)
  await invariantsHold()
})

test('the provider refuses: nothing moves, why is told, and it may be tried again', async () => {
  const p = await paid()
  const was = await balances(p)
  const charge = (state: string) =>
    t.sql(`update sandbox_payment set state = $2 where agency_id = $1 and kind = 'charge'`, [
      p.agency.id,
      state,
    ])
  await charge('failed')
  await refund(p)
  assert.deepEqual([await balances(p), await notes(p)], [was, []])
  const { failure, pending } = await staff.call(getRefundable, p.at)
  assert.deepEqual([failure, pending], ['provider', false])
  await charge('paid')
  assert.deepEqual(await refund(p), [3_000, 9_000])
  assert.deepEqual(await balances(p), [5_000, 4_000, 0, 0, 0])
  await invariantsHold()
})

test('credit that was bought is not refunded here, and agencies have no such address', async () => {
  const p = await paid('test.budget')
  assert.equal((await refused(p)).code, 'refund.bought_credit')
  assert.equal((await p.agency.owner.browser.refusal(getRefundable, p.at)).status, 404)
})
