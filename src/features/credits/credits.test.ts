import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { toPublicId } from '../../contract/ids.ts'
import { startTestApp, type Browser, type TestApp } from '../../server/testing.ts'
import { makeAgency, makeMember, type TestAgency } from '../../server/testing-people.ts'
import { getInvoice } from '../invoices/contract.ts'
import { enterAsOperator } from '../operator/testing.ts'
import { getPurchase } from '../payments/contract.ts'
import { giveBillingProfile, readyToPay } from '../payments/testing-payments.ts'
import { makeAccount, testTerms, type TestAccount } from '../renewals/testing-renewals.ts'
import * as contract from './contract.ts'

let t: TestApp
let agency: TestAgency
let owner: Browser
let plus: TestAccount
let lite: TestAccount
before(async () => {
  t = await startTestApp()
  agency = await makeAgency(t)
  owner = agency.owner.browser
  await readyToPay(t, agency)
  plus = await makeAccount(t, agency, { name: 'Boulangerie Martin' })
  lite = await makeAccount(t, agency, { name: 'Garage Petit', terms: testTerms({ planCode: 'lite' }) })
})
after(() => t.close())

const key = () => ({ 'idempotency-key': crypto.randomUUID() })
const on = (kind: contract.CreditKind) => ({ params: { kind } })
const account = (a: TestAccount) => toPublicId('hostedAccount', a.id)

async function buy(kind: contract.CreditKind, size: number, body: object = {}) {
  const { packs } = await owner.call(contract.getCredit, on(kind))
  const pack = packs.find((p) => (kind === 'prepaid' ? p.net.amount : p.quantity) === size)!
  const { purchaseId } = await owner.call(
    contract.buyCredit,
    { ...on(kind), body: { packId: pack.id, ...body } },
    key(),
  )
  await t.runJobs()
  const purchase = await owner.call(getPurchase, { params: { id: purchaseId } })
  assert.equal(purchase.state, 'paid')
  return purchase
}

test('bought SMS are the agency’s, are handed out, and what is unused comes back', async () => {
  const purchase = await buy('sms', 1000)
  assert.deepEqual([purchase.net.amount, purchase.total.amount], [4550, 5460])
  const sms = await owner.call(contract.getCredit, on('sms'))
  assert.deepEqual(sms.available, { amount: 1000, unit: 'SMS' })
  const after = await owner.call(
    contract.allocateCredit,
    { ...on('sms'), body: { hostedAccountId: account(plus), quantity: 300 } },
    key(),
  )
  assert.deepEqual([after.available.amount, after.onAccounts.amount], [700, 300])
  const { data } = await owner.call(contract.listCreditAccounts, on('sms'))
  assert.deepEqual(
    data.map((a) => [a.name, a.available.amount, a.usable]),
    [
      ['Boulangerie Martin', 300, true],
      ['Garage Petit', 0, false],
    ],
  )
  const short = await owner.refusal(
    contract.reclaimCredit,
    { ...on('sms'), body: { hostedAccountId: account(plus), quantity: 301 } },
    key(),
  )
  assert.equal(short.code, 'wallet.insufficient')
  assert.match(short.detail.replaceAll(/[\u00a0\u202f]/g, ' '), /Il manque 1 SMS/)
  const back = await owner.call(
    contract.reclaimCredit,
    { ...on('sms'), body: { hostedAccountId: account(plus), quantity: 100 } },
    key(),
  )
  assert.deepEqual([back.available.amount, back.onAccounts.amount], [800, 200])
})

test('a Lite account gets no SMS, and is told why (B72)', async () => {
  const before = await owner.call(contract.getCredit, on('sms'))
  const refused = await owner.refusal(
    contract.allocateCredit,
    { ...on('sms'), body: { hostedAccountId: account(lite), quantity: 1 } },
    key(),
  )
  assert.equal(refused.code, 'credit.plan_without')
  assert.match(refused.detail, /Garage Petit.*formule Lite.*n’envoie pas de SMS/)
  assert.deepEqual((await owner.call(contract.getCredit, on('sms'))).available, before.available)
})

test('the same key twice moves once', async () => {
  const same = key()
  const input = { ...on('sms'), body: { hostedAccountId: account(plus), quantity: 10 } }
  const first = await owner.call(contract.allocateCredit, input, same)
  assert.deepEqual(await owner.call(contract.allocateCredit, input, same), first)
  assert.equal((await owner.refusal(contract.allocateCredit, input)).code, 'idempotency.required')
  const longest = { 'idempotency-key': 'k'.repeat(255) }
  assert.equal((await owner.send(contract.allocateCredit, input, longest)).statusCode, 200)
})

test('prepaid credit is a deposit, VAT included, for the agency or one account (B68, B69)', async () => {
  const purchase = await buy('prepaid', 10_000)
  assert.equal(purchase.cardPaid.amount, 12_000)
  const { available } = await owner.call(contract.getCredit, on('prepaid'))
  assert.deepEqual(available, { amount: 12_000, unit: 'EUR' })
  const invoice = await owner.call(getInvoice, { params: { id: purchase.invoice!.id } })
  assert.deepEqual([invoice.kind, invoice.gross.amount, invoice.amountDue.amount], ['deposit', 12_000, 0])
  await buy('prepaid', 5000, { hostedAccountId: account(lite) })
  const { data } = await owner.call(contract.listCreditAccounts, { ...on('prepaid'), query: { q: 'petit' } })
  assert.deepEqual(
    data.map((a) => [a.name, a.available.amount, a.usable]),
    [['Garage Petit', 6000, true]],
  )
  // It then pays SMS before the card, and the invoice deducts the deposit.
  const paid = await buy('sms', 1000)
  assert.deepEqual([paid.prepaidPaid.amount, paid.cardPaid.amount], [5460, 0])
  const deducted = await owner.call(getInvoice, { params: { id: paid.invoice!.id } })
  assert.deepEqual(
    deducted.deposits.map((d) => [d.number, d.amount.amount]),
    [[invoice.number, 5460]],
  )
})

test('an agency without billing details is told so before anything is taken', async () => {
  const poor = await makeAgency(t)
  const { packs } = await poor.owner.browser.call(contract.getCredit, on('sms'))
  const ask = () =>
    poor.owner.browser.refusal(contract.buyCredit, { ...on('sms'), body: { packId: packs[0]!.id } }, key())
  assert.equal((await ask()).code, 'billing_profile.incomplete')
  await giveBillingProfile(t, poor)
  assert.equal((await ask()).code, 'payment_method.missing')
  const manager = await makeMember(t, poor, { role: 'manager' })
  assert.equal((await manager.browser.refusal(contract.listCredits, {})).status, 403)
})

test('another agency’s hosted account does not exist', async () => {
  const other = await makeAgency(t)
  for (const e of [contract.allocateCredit, contract.reclaimCredit])
    assert.equal(
      (
        await other.owner.browser.refusal(
          e,
          { ...on('sms'), body: { hostedAccountId: account(plus), quantity: 1 } },
          key(),
        )
      ).status,
      404,
    )
})

test('the operator sells at other prices; a page read before is refused, an edition kept', async () => {
  const staff = await enterAsOperator(t)
  const { data } = await staff.call(contract.listCreditEditions, {})
  const { packs } = await owner.call(contract.getCredit, on('preview'))
  const body = {
    version: data[0]!.version,
    packs: [
      { kind: 'sms' as const, quantity: 100, price: 900 },
      { kind: 'preview' as const, quantity: 10, price: 1000 },
    ],
    prepaidAmounts: [10_000, 5000],
  }
  const published = await staff.call(contract.publishCredits, { body })
  assert.deepEqual([published.version, published.prepaidAmounts], [2, [5000, 10_000]])
  assert.equal((await staff.refusal(contract.publishCredits, { body })).code, 'version.stale')
  assert.equal(
    (await owner.refusal(contract.buyCredit, { ...on('preview'), body: { packId: packs[0]!.id } }, key()))
      .code,
    'credit.pack_gone',
  )
  assert.equal((await owner.call(contract.getCredit, on('preview'))).packs[0]!.net.amount, 1000)
  await assert.rejects(t.sql(`update credit_edition set packs = '[]'`), /insert-only/)
})
