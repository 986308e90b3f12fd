import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { toPublicId } from '../../contract/ids.ts'
import { runInTenant } from '../../server/run-in-tenant.ts'
import { startTestApp, type TestApp } from '../../server/testing.ts'
import { makeAgency, signInAs, type TestAgency } from '../../server/testing-people.ts'
import { getPurchase, retryPurchase } from '../payments/contract.ts'
import { giveBillingProfile, giveCard, readyToPay } from '../payments/testing-payments.ts'
import { balancesOf, moveMoney } from '../wallets/public.ts'
import { billDue } from './bill-due.ts'
import { netFor } from './collection-day.ts'
import { retryOwed } from './public.ts'
import { makeAccount, moveTo, nowOf, runAll, testTerms, type TestAccount } from './testing-renewals.ts'

let t: TestApp
before(async () => void (t = await startTestApp()))
after(() => t.close())

type Paid = {
  state: string
  net: bigint
  gross: bigint
  prepaid_paid: bigint
  card_paid: bigint
  discount_label: string | null
  invoice_number: string | null
  id: string
  failure_code: string | null
  attempts: number
}
const purchases = (agency: TestAgency, kind = 'subscription.renew') =>
  t.sql<Paid>(
    `select p.id, p.state, p.net, p.gross, p.prepaid_paid, p.card_paid, p.invoice_number, p.failure_code, p.attempts, l.discount_label
     from purchase p join purchase_line l on l.agency_id = p.agency_id and l.purchase_id = p.id and l.number = 1
     where p.agency_id = $1 and p.kind = $2 order by p.id`,
    [agency.id, kind],
  )
const accountRow = async (agency: TestAgency, a: TestAccount) =>
  (
    await t.sql<{
      status: string
      period_start: string
      period_end: string
      period_index: number
      unpaid: boolean
    }>(
      `select a.status, s.period_start, s.period_end, s.period_index, s.unpaid_since is not null as unpaid from hosted_account a
       join subscription s on s.agency_id = a.agency_id and s.hosted_account_id = a.id where a.agency_id = $1 and a.id = $2`,
      [agency.id, a.id],
    )
  )[0]!
const mails = (agency: TestAgency) =>
  t.sql<{ to_email: string; kind: string; subject: string; text: string }>(
    `select to_email, kind, subject, text from mail where agency_id = $1 order by created_at, to_email`,
    [agency.id],
  )
/** To the day after a subscription's period ends, in its own zone. */
async function toRenewal(agency: TestAgency, a: TestAccount, timeZone = 'Europe/Paris'): Promise<void> {
  const { period_end: day } = await accountRow(agency, a)
  await moveTo(t, Temporal.PlainDate.from(day).toZonedDateTime(timeZone).toInstant().add({ minutes: 10 }))
}

test('two accounts renew with the discount of the moment, each once, whatever runs again', async () => {
  const agency = await makeAgency(t)
  await readyToPay(t, agency)
  const a = await makeAccount(t, agency, { name: 'Boulangerie Martin' })
  const b = await makeAccount(t, agency, { name: 'Garage Petit', terms: testTerms({ listPrice: 5_001n }) })
  const before = await accountRow(agency, a)
  await toRenewal(agency, a)
  await runAll(t)
  await runAll(t)
  for (const one of [a, b]) await billDue(t.app, agency.id, [one.subscriptionId])
  const paid = await purchases(agency)
  // 25 % from two paid accounts; 5 001 less 25 % is 3 750,75, rounded half-up on what is taken off.
  assert.deepEqual(
    paid
      .map((p) => [p.state, p.net, p.gross, p.card_paid, p.discount_label])
      .toSorted((x, y) => Number(y[1]) - Number(x[1])),
    [
      ['paid', 7_500n, 9_000n, 9_000n, 'Remise de volume 25\u00a0% (2 comptes payants)'],
      ['paid', 3_751n, 4_501n, 4_501n, 'Remise de volume 25\u00a0% (2 comptes payants)'],
    ],
  )
  const now = await accountRow(agency, a)
  assert.deepEqual([now.period_start, now.period_index, now.status], [before.period_end, 1, 'active'])
  const periods = await t.sql<{ period_index: number; net: bigint; invoiced: boolean }>(
    `select period_index, net, invoice_id is not null as invoiced from subscription_period where agency_id = $1 and subscription_id = $2 order by 1`,
    [agency.id, a.subscriptionId],
  )
  assert.deepEqual(
    periods.map((p) => [p.period_index, p.net, p.invoiced]),
    [
      [0, 10_000n, false],
      [1, 7_500n, true],
    ],
  )
  assert.deepEqual(await mails(agency), [])
})

test('an account renews at midnight of its own zone, not before', async () => {
  const agency = await makeAgency(t)
  await readyToPay(t, agency)
  const zone = 'Pacific/Auckland'
  const far = await makeAccount(t, agency, { name: 'Kiwi', timeZone: zone })
  const { period_end: day } = await accountRow(agency, far)
  const midnight = Temporal.PlainDate.from(day).toZonedDateTime(zone).toInstant()
  await moveTo(t, midnight.subtract({ minutes: 1 }))
  await runAll(t)
  assert.equal((await purchases(agency)).length, 0)
  await moveTo(t, midnight.add({ minutes: 61 }))
  await runAll(t)
  assert.equal((await purchases(agency)).length, 1)
})

test('prepaid credit first, the account’s own before the agency’s, then the card', async () => {
  const agency = await makeAgency(t)
  await readyToPay(t, agency)
  const a = await makeAccount(t, agency, { name: 'Prépayé' })
  await runInTenant(t.app, { agencyId: agency.id }, async (ctx) => {
    for (const [key, wallet, amount] of [
      ['own', { owner: 'hosted_account', id: a.id, purpose: 'prepaid', unit: 'EUR' }, 4_000n],
      ['agency', { owner: 'agency', purpose: 'prepaid', unit: 'EUR' }, 3_000n],
    ] as const)
      await moveMoney(ctx, {
        operationKey: key,
        reason: 'purchase.paid',
        lines: [
          { wallet, amount },
          { wallet: { counterpart: 'bank', unit: 'EUR' }, amount: -amount },
        ],
      })
  })
  await toRenewal(agency, a)
  await runAll(t)
  assert.deepEqual(
    (await purchases(agency)).map((p) => [p.state, p.prepaid_paid, p.card_paid]),
    [['paid', 7_000n, 5_000n]],
  )
})

test('a failed payment: tries after 3, 6, 10 and 14 days, then suspended; paid, it opens again; only the agency hears', async () => {
  const agency = await makeAgency(t)
  await giveBillingProfile(t, agency, { email: 'compta@agence.example' })
  await giveCard(t, agency, { last4: '9995' })
  const a = await makeAccount(t, agency, { name: 'Fleurs du Quai', contactEmail: 'patronne@fleurs.example' })
  await toRenewal(agency, a)
  const due = await nowOf(t)
  await runAll(t)
  assert.deepEqual(
    (await accountRow(agency, a)).unpaid &&
      (await purchases(agency)).map((p) => [p.state, p.failure_code, p.attempts]),
    [['failed', 'insufficient_funds', 1]],
  )
  for (const [day, attempts, status] of [
    [2, 1, 'active'],
    [3, 2, 'active'],
    [6, 3, 'active'],
    [10, 4, 'active'],
    [13, 4, 'active'],
    [14, 5, 'suspended'],
    [20, 5, 'suspended'],
  ] as const) {
    await moveTo(t, due.add({ hours: day * 24, minutes: 30 }))
    await runAll(t)
    // Notices wait a few minutes for more of the same.
    await t.advance({ minutes: 6 })
    await t.runJobs()
    const [p] = await purchases(agency)
    assert.deepEqual([day, p!.attempts, (await accountRow(agency, a)).status], [day, attempts, status])
  }
  await t.advance({ minutes: 10 })
  await runAll(t)
  assert.deepEqual([...new Set((await mails(agency)).map((m) => m.to_email))].toSorted(), [
    'alertes@agence.example',
    'compta@agence.example',
  ])
  assert.deepEqual(
    (await mails(agency)).filter((m) => m.to_email.startsWith('alertes')).map((m) => m.kind),
    [
      'renewals.failed',
      'renewals.failed_again',
      'renewals.failed_again',
      'renewals.failed_again',
      'renewals.suspended',
    ],
  )
  const first = (await mails(agency))[0]!
  assert.match(
    first.text.replaceAll(/[\u00a0\u202f]/g, ' '),
    /Fleurs du Quai : 120,00 €\. La provision est insuffisante\. Nouvel essai le \d+ \S+ \d{4}\./,
  )
  // Another card: everything owed is tried at once.
  await giveCard(t, agency)
  await runInTenant(t.app, { agencyId: agency.id }, (ctx) => ctx.enqueue(retryOwed, { payerId: agency.id }))
  await runAll(t)
  assert.deepEqual(
    (await purchases(agency)).map((p) => p.state),
    ['paid'],
  )
  const open = await accountRow(agency, a)
  assert.deepEqual([open.status, open.unpaid], ['active', false])
  await t.advance({ minutes: 10 })
  await runAll(t)
  assert.equal((await mails(agency)).at(-1)!.kind, 'renewals.reopened')
  assert.deepEqual((await t.sql(`select from mail where to_email = 'patronne@fleurs.example'`)).length, 0)
})

test('after a hard decline no further try is made with that card, and the account is suspended on the fourteenth day', async () => {
  const agency = await makeAgency(t)
  await giveBillingProfile(t, agency)
  await giveCard(t, agency, { last4: '9979' })
  const a = await makeAccount(t, agency, { name: 'Volée' })
  await toRenewal(agency, a)
  const due = await nowOf(t)
  await runAll(t)
  for (const day of [3, 6, 13]) {
    await moveTo(t, due.add({ hours: day * 24, minutes: 30 }))
    await runAll(t)
  }
  assert.deepEqual(
    [(await purchases(agency))[0]!.attempts, (await accountRow(agency, a)).status],
    [1, 'active'],
  )
  await moveTo(t, due.add({ hours: 14 * 24, minutes: 90 }))
  await runAll(t)
  assert.deepEqual(
    [(await purchases(agency))[0]!.attempts, (await accountRow(agency, a)).status],
    [1, 'suspended'],
  )
  // The owner pays by hand with another card.
  await giveCard(t, agency)
  await signInAs(t, agency, agency.owner)
  const at = { params: { id: toPublicId('purchase', (await purchases(agency))[0]!.id) } }
  await agency.owner.browser.call(retryPurchase, at)
  await runAll(t)
  assert.equal((await agency.owner.browser.call(getPurchase, at)).state, 'paid')
  assert.equal((await accountRow(agency, a)).status, 'active')
})

test('one charge on the collection day provides for the month; accounts draw on it on their own days (B40)', async () => {
  const agency = await makeAgency(t)
  await giveCard(t, agency)
  const today = (await nowOf(t)).toZonedDateTimeISO('Europe/Paris').toPlainDate()
  const day = today.day >= 27 ? 2 : today.day + 1
  await giveBillingProfile(t, agency, { collectionDay: day })
  const one = await makeAccount(t, agency, { name: 'Un' })
  const two = await makeAccount(t, agency, { name: 'Deux', terms: testTerms({ listPrice: 3_333n }) })
  const next = today.add({ days: 1 }).with({ day })
  const collectionDay = Temporal.PlainDate.compare(next, today) > 0 ? next : next.add({ months: 1 })
  await moveTo(t, collectionDay.toZonedDateTime('Europe/Paris').toInstant().add({ minutes: 61 }))
  await runAll(t)
  await runAll(t)
  const wallet = async () =>
    (
      await runInTenant(t.app, { agencyId: agency.id }, (ctx) =>
        balancesOf(ctx, [{ owner: 'agency', purpose: 'prepaid', unit: 'EUR' }]),
      )
    )[0]!.balance
  // 7 500 and 2 500 (3 333 less 25 %, 833,25 taken off) with 20 % VAT each.
  assert.deepEqual(
    (await purchases(agency, 'prepaid.collect')).map((p) => [p.state, p.gross]),
    [['paid', 12_000n]],
  )
  assert.equal(await wallet(), 12_000n)
  await toRenewal(agency, one)
  await runAll(t)
  await runAll(t)
  assert.deepEqual((await purchases(agency)).map((p) => [p.state, p.prepaid_paid, p.card_paid]).toSorted(), [
    ['paid', 3_000n, 0n],
    ['paid', 9_000n, 0n],
  ])
  assert.equal(await wallet(), 0n)
  assert.equal((await accountRow(agency, two)).period_index, 1)
  assert.equal((await purchases(agency, 'prepaid.collect')).length, 1)
})

test('the credit of a collection is at most a cent more than what is missing', () => {
  for (const rate of [0, 550, 850, 2000])
    for (let gross = 0n; gross < 400n; gross++) {
      const net = netFor(gross, rate)
      const total = net + (net * BigInt(rate) * 2n + 10_000n) / 20_000n
      assert.ok(total >= gross && total - gross <= 1n, `${gross} at ${rate}: ${total}`)
    }
})
