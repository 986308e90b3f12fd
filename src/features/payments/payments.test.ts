import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { toPublicId } from '../../contract/ids.ts'
import type { Ctx } from '../../server/context.ts'
import { runInTenant } from '../../server/run-in-tenant.ts'
import { startTestApp, type TestApp } from '../../server/testing.ts'
import { makeAgency, makeClient, makeMember, signInAs, type TestAgency } from '../../server/testing-people.ts'
import { balancesOf, moveMoney, type WalletRef } from '../wallets/public.ts'
import {
  answerBankQuestion,
  cancelPurchase,
  checkPurchase,
  getBankQuestion,
  getPurchase,
  listPurchases,
  retryPurchase,
} from './contract.ts'
import { openPurchase, type Fulfilment, type NewPurchase, type PaidPurchase } from './public.ts'
import { giveBillingProfile, giveCard, readyToPay } from './testing-payments.ts'

let t: TestApp
const fulfilled: PaidPurchase[] = []
const failures: string[] = []
/** Kinds of this test only: what they do is count. */
const kinds: Fulfilment[] = [
  {
    kind: 'test.thing',
    run: async (_, p) => void fulfilled.push(p),
    failed: async (_, p, f) => void failures.push(`${p.id} ${f.code}`),
    cancelled: async () => {},
  },
  { kind: 'test.owed', run: async (_, p) => void fulfilled.push(p) },
  {
    kind: 'test.prepaid',
    run: async (_, p) => void fulfilled.push(p),
    deposit: true,
    receivers: (p) => [{ wallet: { owner: 'agency', purpose: 'prepaid', unit: 'EUR' }, amount: p.gross }],
  },
]
before(async () => {
  t = await startTestApp()
  Object.assign(t.app, { fulfilments: [...t.app.fulfilments, ...kinds] })
})
after(() => t.close())

const eur = { unit: 'EUR' } as const
const prepaid: WalletRef = { owner: 'agency', purpose: 'prepaid', ...eur }
const inAgency = <T>(agency: { id: string }, work: (ctx: Ctx) => Promise<T>) =>
  runInTenant(t.app, { agencyId: agency.id }, work)

function thing(key: string, amount = 10_000n, over: Partial<NewPurchase> = {}): NewPurchase {
  return {
    operationKey: key,
    kind: 'test.thing',
    payer: { kind: 'agency' },
    lines: [
      {
        label: 'Chose',
        quantity: 1,
        unitPrice: amount,
        discount: 0n,
        net: amount,
        vatRateBasisPoints: 2000,
        kind: 'thing',
      },
    ],
    currency: 'EUR',
    subject: { for: key },
    use: 'prepaid_then_card',
    attended: true,
    ...over,
  }
}
const buy = async (agency: TestAgency, p: NewPurchase) => {
  const { purchaseId } = await inAgency(agency, (ctx) => openPurchase(ctx, p))
  await t.runJobs()
  return { id: purchaseId, at: { params: { id: toPublicId('purchase', purchaseId) } } }
}
const read = (agency: TestAgency, p: { at: { params: { id: string } } }) =>
  agency.owner.browser.call(getPurchase, p.at)
const balance = async (agency: TestAgency, ...refs: WalletRef[]) =>
  (await inAgency(agency, (ctx) => balancesOf(ctx, refs))).map((b) => Number(b.balance))
const charges = (agency: TestAgency) =>
  t.sql<{ kind: string; amount: bigint; state: string }>(
    `select kind, amount, state from sandbox_payment where agency_id = $1 order by created_at, kind`,
    [agency.id],
  )
async function givePrepaid(agency: TestAgency, amount: bigint, hostedAccountId?: string): Promise<void> {
  const wallet: WalletRef = hostedAccountId
    ? { owner: 'hosted_account', id: hostedAccountId, purpose: 'prepaid', ...eur }
    : prepaid
  await inAgency(agency, (ctx) =>
    moveMoney(ctx, {
      operationKey: `gift:${agency.id}:${amount}:${hostedAccountId ?? ''}`,
      reason: 'purchase.paid',
      lines: [
        { wallet: { counterpart: 'bank', ...eur }, amount: -amount },
        { wallet, amount },
      ],
    }),
  )
}

test('a card pays once: ledger, fulfilment and purchase agree, whatever is run again', async () => {
  const agency = await makeAgency(t)
  await readyToPay(t, agency)
  const p = await buy(agency, thing('a'))
  const paid = await read(agency, p)
  assert.deepEqual(
    [paid.state, paid.total.amount, paid.vat.amount, paid.cardPaid.amount, paid.card?.last4],
    ['paid', 12_000, 2_000, 12_000, '4242'],
  )
  assert.deepEqual(
    await balance(
      agency,
      { counterpart: 'card', ...eur },
      { counterpart: 'vat', ...eur },
      { counterpart: 'revenue', ...eur },
    ),
    [-12_000, 2_000, 10_000],
  )
  const again = await inAgency(agency, (ctx) => openPurchase(ctx, thing('a')))
  assert.deepEqual(again, { purchaseId: p.id, state: 'paid' })
  await assert.rejects(
    inAgency(agency, (ctx) => openPurchase(ctx, thing('a', 9_000n))),
    { code: 'purchase.key_reused' },
  )
  await t.runJobs()
  assert.equal(fulfilled.filter((f) => f.id === p.id).length, 1)
  assert.deepEqual(fulfilled.find((f) => f.id === p.id)?.subject, { for: 'a' })
  assert.deepEqual(await charges(agency), [{ kind: 'charge', amount: 12_000n, state: 'paid' }])
  assert.equal((await agency.owner.browser.refusal(retryPurchase, p.at)).code, 'purchase.not_failed')
})

test('prepaid credit goes first, the account’s before the agency’s, and one unit is authorised and voided (B68 to B71)', async () => {
  const agency = await makeAgency(t)
  await readyToPay(t, agency)
  const account = crypto.randomUUID()
  await givePrepaid(agency, 5_000n, account)
  await givePrepaid(agency, 4_000n)
  const p = await buy(agency, thing('b', 10_000n, { prepaidOf: account }))
  const paid = await read(agency, p)
  assert.deepEqual([paid.state, paid.prepaidPaid.amount, paid.cardPaid.amount], ['paid', 9_000, 3_000])
  assert.deepEqual(
    await balance(
      agency,
      { owner: 'hosted_account', id: account, purpose: 'prepaid', ...eur },
      prepaid,
      { counterpart: 'card', ...eur },
      { counterpart: 'vat', ...eur },
      { counterpart: 'revenue', ...eur },
    ),
    [0, 0, -3_000, 2_000, 10_000],
  )
  assert.deepEqual(await charges(agency), [
    { kind: 'authorisation', amount: 100n, state: 'voided' },
    { kind: 'charge', amount: 3_000n, state: 'paid' },
  ])
})

test('prepaid credit that is bought is owed to its owner, its VAT counted when it is used', async () => {
  const agency = await makeAgency(t)
  await readyToPay(t, agency)
  await buy(agency, thing('c', 10_000n, { kind: 'test.prepaid', use: 'card' }))
  const wallets: WalletRef[] = [
    prepaid,
    { counterpart: 'card', ...eur },
    { counterpart: 'vat', ...eur },
    { counterpart: 'revenue', ...eur },
  ]
  assert.deepEqual(await balance(agency, ...wallets), [12_000, -12_000, 0, 0])
  const used = await buy(agency, thing('c2', 5_000n))
  assert.deepEqual(await balance(agency, ...wallets), [6_000, -12_000, 1_000, 5_000])
  const documents = await t.sql<{ kind: string; gross: bigint; prepaid_used: bigint; number: string }>(
    `select kind, gross, prepaid_used, number from invoice where agency_id = $1 order by sequence_number`,
    [agency.id],
  )
  assert.deepEqual(
    documents.map((d) => [d.kind, d.gross, d.prepaid_used]),
    [
      ['deposit', 12_000n, 0n],
      ['invoice', 6_000n, 6_000n],
    ],
  )
  assert.equal((await read(agency, used)).invoice?.number, documents[1]!.number)
})

test('refused: credit is given back, the reason is shown, another card pays on retry', async () => {
  const agency = await makeAgency(t)
  await giveBillingProfile(t, agency)
  await giveCard(t, agency, { last4: '9995' })
  await givePrepaid(agency, 2_000n)
  const p = await buy(agency, thing('d'))
  const failed = await read(agency, p)
  assert.deepEqual(
    [failed.state, failed.failure, failed.can],
    ['failed', 'insufficient_funds', { retry: true, cancel: true }],
  )
  assert.deepEqual(failures.at(-1), `${p.id} insufficient_funds`)
  const [wallet] = await inAgency(agency, (ctx) => balancesOf(ctx, [prepaid]))
  assert.deepEqual([wallet!.balance, wallet!.held], [2_000n, 0n])
  await giveCard(t, agency)
  await agency.owner.browser.call(retryPurchase, p.at)
  await t.runJobs()
  const paid = await read(agency, p)
  assert.deepEqual(
    [paid.state, paid.attempts, paid.prepaidPaid.amount, paid.cardPaid.amount],
    ['paid', 2, 2_000, 10_000],
  )
  assert.equal(fulfilled.filter((f) => f.id === p.id).length, 1)
})

test('3-D Secure: the bank’s page, then paid; refused there, then failed; once', async () => {
  const agency = await makeAgency(t)
  await giveBillingProfile(t, agency)
  await giveCard(t, agency, { last4: '3155' })
  const ask = async (key: string, approved: boolean) => {
    const p = await buy(agency, thing(key))
    const waiting = await read(agency, p)
    assert.equal(waiting.state, 'requires_action')
    const at = { params: { id: /^\/banque\/([0-9a-f]{32})$/.exec(waiting.actionUrl!)![1]! } }
    const question = await agency.owner.browser.call(getBankQuestion, at)
    assert.deepEqual(
      [question.amount.amount, question.last4, question.returnTo],
      [12_000, '3155', `/paiements/${p.at.params.id}`],
    )
    await agency.owner.browser.call(answerBankQuestion, { ...at, body: { approved } })
    assert.equal(
      (await agency.owner.browser.refusal(answerBankQuestion, { ...at, body: { approved } })).code,
      'bank.answered',
    )
    return p
  }
  const yes = await ask('e', true)
  // The page on its way back need not wait for the job.
  assert.equal((await agency.owner.browser.call(checkPurchase, yes.at)).state, 'paid')
  await t.runJobs()
  assert.equal(fulfilled.filter((f) => f.id === yes.id).length, 1)
  const no = await ask('f', false)
  await t.runJobs()
  const refused = await read(agency, no)
  assert.deepEqual([refused.state, refused.failure], ['failed', 'authentication_failed'])
  const cancelled = await agency.owner.browser.call(cancelPurchase, no.at)
  assert.equal(cancelled.state, 'cancelled')
  // Nobody answers within a day: given up, and can be tried again.
  const p = await buy(agency, thing('g'))
  await t.advance({ hours: 25 })
  await t.runJobs()
  await signInAs(t, agency, agency.owner)
  const late = await read(agency, p)
  assert.deepEqual([late.state, late.failure], ['failed', 'authentication_expired'])
})

test('what would certainly fail is refused before anything is kept, and says what is missing', async () => {
  const agency = await makeAgency(t)
  await assert.rejects(
    inAgency(agency, (ctx) => openPurchase(ctx, thing('h'))),
    (e: { code: string; facts: { data: unknown } }) => {
      assert.equal(e.code, 'billing_profile.incomplete')
      assert.deepEqual(e.facts.data, {
        payer: 'agency',
        missing: ['legalName', 'addressLine1', 'postalCode', 'city'],
      })
      return true
    },
  )
  await giveBillingProfile(t, agency)
  await givePrepaid(agency, 10_760n)
  await assert.rejects(
    inAgency(agency, (ctx) => openPurchase(ctx, thing('h'))),
    (e: { code: string; facts: { data: unknown; values: { missing: string } } }) => {
      assert.equal(e.code, 'payment_method.missing')
      assert.deepEqual(e.facts.data, { missing: { amount: 1_240, currency: 'EUR' } })
      assert.match(e.facts.values.missing, /^12,40\s€$/)
      return true
    },
  )
  assert.deepEqual((await agency.owner.browser.call(listPurchases, {})).data, [])
  // Unattended, it is kept and fails: a renewal is owed whatever.
  const p = await buy(agency, thing('h', 10_000n, { attended: false, kind: 'test.owed' }))
  const failed = await read(agency, p)
  assert.deepEqual(
    [failed.state, failed.failure, failed.can],
    ['failed', 'no_card', { retry: true, cancel: false }],
  )
  assert.equal((await agency.owner.browser.refusal(cancelPurchase, p.at)).code, 'purchase.not_cancellable')
  assert.equal((await agency.owner.browser.refusal(retryPurchase, p.at)).code, 'payment_method.missing')
})

test('a client pays its own with its own card and sees nothing else', async () => {
  const agency = await makeAgency(t)
  await readyToPay(t, agency)
  await givePrepaid(agency, 50_000n)
  const holder = await makeMember(t, agency, { role: 'client', seesUnassigned: false })
  const mine = await makeClient(t, agency, { assignees: [holder] })
  await t.sql(
    `insert into billing_profile (agency_id, id, client_id, legal_name, address_line1, postal_code, city, updated_at) values ($1, gen_random_uuid(), $2, 'Lacombe', '1 rue', '69000', 'Lyon', now())`,
    [agency.id, mine.id],
  )
  await giveCard(t, agency, { clientId: mine.id, last4: '4444' })
  const own = await buy(agency, thing('i', 1_000n, { payer: { kind: 'client', id: mine.id } }))
  const agencys = await buy(agency, thing('j', 1_000n))
  const { data } = await holder.browser.call(listPurchases, {})
  assert.deepEqual(
    data.map((d) => [d.id, d.state, d.card?.last4, d.prepaidPaid.amount, d.payer.name]),
    [[own.at.params.id, 'paid', '4444', 0, mine.name]],
  )
  assert.equal((await holder.browser.refusal(getPurchase, agencys.at)).status, 404)
})

test('lists have pages and filters', async () => {
  const agency = await makeAgency(t)
  await readyToPay(t, agency)
  for (const key of ['1', '2', '3']) await buy(agency, thing(key, 100n))
  await giveCard(t, agency, { last4: '9979' })
  const last = await buy(agency, thing('4', 100n))
  const { browser } = agency.owner
  assert.deepEqual(
    (await browser.call(listPurchases, { query: { open: 'true' } })).data.map((d) => [d.id, d.failure]),
    [[last.at.params.id, 'stolen']],
  )
  const first = await browser.call(listPurchases, { query: { limit: 2 } })
  const rest = await browser.call(listPurchases, { query: { limit: 2, cursor: first.nextCursor! } })
  assert.equal(new Set([...first.data, ...rest.data].map((d) => d.id)).size, 4)
  assert.equal(rest.nextCursor, null)
  assert.equal((await browser.refusal(listPurchases, { query: { cursor: 'x' } })).status, 422)
})
