import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { toPublicId } from '../../contract/ids.ts'
import { newId } from '../../server/ids.ts'
import {
  makeAgency,
  makeClient,
  makeMember,
  type TestAgency,
  type TestMember,
} from '../../server/testing-people.ts'
import { startTestApp, type TestApp } from '../../server/testing.ts'
import { verifyData } from '../../server/verify-data.ts'
import { checkCardSetup, enterTestCard, getClientCard, startClientCard } from '../cards/contract.ts'
import { getBillingProfile, updateBillingProfile } from '../client-billing/contract.ts'
import { getClientDashboard } from '../client-dashboard/contract.ts'
import { getInvoice, listInvoices } from '../invoices/contract.ts'
import { answerBankQuestion, getPurchase, listPurchases, retryPurchase } from '../payments/contract.ts'
import { listEntries } from '../wallets/contract.ts'
import { getBudget, quoteTopUp, topUpBudget } from './contract.ts'

// C21, C13: a client's own person fills its budget by card, from the first card to the invoice and the statement.

let t: TestApp
let agency: TestAgency
let claire: TestMember
let other: TestMember
let id: string
before(async () => {
  t = await startTestApp()
  agency = await makeAgency(t)
  claire = await makeMember(t, agency, { role: 'client', name: 'Claire Duval', seesUnassigned: false })
  other = await makeMember(t, agency, { role: 'client', seesUnassigned: false })
  const bakery = await makeClient(t, agency, { name: 'Boulangerie Berthe', assignees: [claire] })
  await makeClient(t, agency, { name: 'Fleurs du Port', assignees: [other] })
  id = toPublicId('client', bakery.id)
})
after(async () => {
  for (const { check, broken } of await verifyData(t.app.database.owner)) assert.deepEqual(broken, [], check)
  await t.close()
})

const euros = (amount: number) => ({ amount, currency: 'EUR' })
const request = (amount: number) => ({ body: { client: id, amount: euros(amount) } })
const key = () => ({ 'idempotency-key': newId() })
const balance = async () =>
  (await claire.browser.call(getBudget, { query: { client: id } } as never)).available.amount
const invoices = async () => (await claire.browser.call(listInvoices, { query: {} })).data

async function jobs(): Promise<void> {
  // Collecting, then what the bank's answer sets off.
  for (let i = 0; i < 3; i++) await t.runJobs()
}

/** Buys, and says where it stands once the provider was asked. */
async function topUp(amount: number) {
  const { purchaseId } = await claire.browser.call(topUpBudget, request(amount), key())
  await jobs()
  return claire.browser.call(getPurchase, { params: { id: purchaseId } })
}

async function takeCard(number: string, approved = true): Promise<void> {
  const setup = await claire.browser.call(startClientCard, {
    params: { id },
    body: { returnPath: '/moyen-de-paiement' },
  })
  const typed = await claire.browser.call(enterTestCard, {
    params: { id: setup.id },
    body: { number, expMonth: 12, expYear: new Date().getFullYear() + 3 },
  })
  if (typed.state !== 'requires_action') return
  await answer(typed.actionUrl!, approved)
  await claire.browser.call(checkCardSetup, { params: { id: setup.id } })
}

async function answer(actionUrl: string, approved: boolean): Promise<void> {
  const question = /^\/banque\/([0-9a-f]{32})$/.exec(actionUrl)![1]!
  await claire.browser.call(answerBankQuestion, { params: { id: question }, body: { approved } })
  await jobs()
}

test('without details or a card nothing is bought, and what is missing is said', async () => {
  const incomplete = await claire.browser.refusal(topUpBudget, request(5_000), key())
  assert.deepEqual([incomplete.status, incomplete.code], [409, 'billing_profile.incomplete'])
  const { version } = await agency.owner.browser.call(getBillingProfile, { params: { id } })
  await agency.owner.browser.call(updateBillingProfile, {
    params: { id },
    body: {
      legalName: 'Boulangerie Berthe SARL',
      siren: '732829320',
      email: 'compta@berthe.example',
      addressLine1: '3 place du Marché',
      postalCode: '69002',
      city: 'Lyon',
      country: 'FR',
      paymentTermsDays: null,
      version,
    } as never,
  })
  const missing = await claire.browser.refusal(topUpBudget, request(5_000), key())
  assert.deepEqual([missing.status, missing.code], [409, 'payment_method.missing'])
  assert.deepEqual([await balance(), await invoices()], [0, []])
})

test('a card that pays: balance, invoice in the client’s own details, statement', async () => {
  await takeCard('4242 4242 4242 4242')
  const quote = await claire.browser.call(quoteTopUp, { query: { client: id, amount: 5_000 } } as never)
  assert.deepEqual([quote.net, quote.vat, quote.total], [euros(5_000), euros(1_000), euros(6_000)])
  const bought = await topUp(5_000)
  assert.deepEqual([bought.state, bought.cardPaid, bought.card?.last4], ['paid', euros(6_000), '4242'])
  assert.equal(await balance(), 5_000)
  const [listed] = await invoices()
  const invoice = await claire.browser.call(getInvoice, { params: { id: listed!.id } })
  assert.deepEqual(
    [invoice.buyer.name, invoice.buyer.siren, invoice.buyer.city, invoice.payer.kind, invoice.payer.clientId],
    ['Boulangerie Berthe SARL', '732829320', 'Lyon', 'client', id],
  )
  assert.deepEqual(
    [invoice.gross, invoice.cardPaid, invoice.amountDue],
    [euros(6_000), euros(6_000), euros(0)],
  )
  assert.equal(invoice.number, bought.invoice?.number)
  const { walletId } = await claire.browser.call(getBudget, { query: { client: id } } as never)
  const entries = await claire.browser.call(listEntries, { params: { id: walletId! }, query: {} } as never)
  assert.deepEqual(
    entries.data.map((e) => [e.reason, e.amount.amount, e.balanceAfter.amount]),
    [['budget.topped_up', 5_000, 5_000]],
  )
  // All of what the card gave is somewhere: the client's budget and the state's VAT.
  const outside = await t.sql<{ code: string; sum: number }>(
    `select w.code, sum(e.amount)::int as sum from entry e join wallet w on w.agency_id = e.agency_id and w.id = e.wallet_id
     where w.agency_id = $1 and w.owner_kind = 'counterpart' group by 1 order by 1`,
    [agency.id],
  )
  assert.deepEqual(outside, [
    { code: 'card', sum: -6_000 },
    { code: 'vat', sum: 1_000 },
  ])
  const dashboard = await claire.browser.call(getClientDashboard, {})
  assert.deepEqual(
    dashboard.data.map((d) => [d.client.id, d.available.amount]),
    [[id, 5_000]],
  )
  // It is nobody else's: neither the agency's budget nor another client's people.
  assert.equal((await agency.owner.browser.call(getBudget, { query: {} })).available.amount, 0)
  assert.equal((await other.browser.refusal(getPurchase, { params: { id: bought.id } })).status, 404)
  assert.equal((await other.browser.refusal(getInvoice, { params: { id: invoice.id } })).status, 404)
})

test('3-D Secure: refused at the bank nothing is paid; asked again and confirmed it is, once', async () => {
  await takeCard('4000 0025 0000 3155')
  assert.equal((await claire.browser.call(getClientCard, { params: { id } })).card?.last4, '3155')
  const asked = await topUp(2_000)
  assert.equal(asked.state, 'requires_action')
  assert.equal(await balance(), 5_000)
  await answer(asked.actionUrl!, false)
  const refused = await claire.browser.call(getPurchase, { params: { id: asked.id } })
  assert.deepEqual(
    [refused.state, refused.failure, refused.can.retry],
    ['failed', 'authentication_failed', true],
  )
  assert.deepEqual([await balance(), (await invoices()).length], [5_000, 1])
  await claire.browser.call(retryPurchase, { params: { id: asked.id } })
  await jobs()
  const again = await claire.browser.call(getPurchase, { params: { id: asked.id } })
  assert.equal(again.state, 'requires_action')
  await answer(again.actionUrl!, true)
  assert.equal((await claire.browser.call(getPurchase, { params: { id: asked.id } })).state, 'paid')
  await jobs()
  assert.deepEqual([await balance(), (await invoices()).length], [7_000, 2])
})

test('a card that is declined: nothing moves, nothing is invoiced; another card pays the same purchase', async () => {
  await takeCard('4000 0000 0000 0341')
  const declined = await topUp(1_000)
  assert.deepEqual([declined.state, declined.invoice], ['failed', null])
  assert.ok(declined.failure)
  assert.deepEqual([await balance(), (await invoices()).length], [7_000, 2])
  const open = await claire.browser.call(listPurchases, { query: { open: 'true' } } as never)
  assert.deepEqual(
    open.data.map((p) => p.id),
    [declined.id],
  )
  await takeCard('5555 5555 5555 4444')
  await claire.browser.call(retryPurchase, { params: { id: declined.id } })
  await jobs()
  const paid = await claire.browser.call(getPurchase, { params: { id: declined.id } })
  assert.deepEqual([paid.state, paid.card?.last4], ['paid', '4444'])
  assert.deepEqual([await balance(), (await invoices()).length], [8_000, 3])
  for (const i of await invoices()) {
    const { buyer, amountDue } = await claire.browser.call(getInvoice, { params: { id: i.id } })
    assert.deepEqual([buyer.name, amountDue.amount], ['Boulangerie Berthe SARL', 0])
  }
})
