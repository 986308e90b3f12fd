import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { toPublicId } from '../../contract/ids.ts'
import { makeAgency, makeClient, makeMember } from '../../server/testing-people.ts'
import { startTestApp, type TestApp } from '../../server/testing.ts'
import { getHostedAccount, listHostedAccounts } from '../hosted-accounts/contract.ts'
import { cancelPurchase, getPurchase } from '../payments/contract.ts'
import { giveBillingProfile, giveCard, readyToPay } from '../payments/testing-payments.ts'
import { signIn } from '../sign-in/contract.ts'
import { getOffer, quoteHostedAccount } from '../subscriptions/contract.ts'
import {
  checkAccountAddress,
  getOpening,
  listOpenings,
  openHostedAccount,
  revealOpening,
} from './contract.ts'
import { openAccount } from './testing-accounts.ts'

let t: TestApp
before(async () => {
  t = await startTestApp()
})
after(() => t.close())

const key = () => ({ 'idempotency-key': randomUUID() })
const form = (clientId: string, slug: string) => ({
  slug,
  clientId,
  contactName: 'Anne Berthe',
  contactEmail: 'anne@berthe.fr',
  notificationEmail: 'factures@agence.fr',
  locale: 'fr' as const,
  timeZone: 'Europe/Paris',
})
const choice = { planCode: 'plus', interval: 'month', contactLimit: 1000 } as const

test('a trial is prepared at once, its password is shown once, opens the account, and is mailed to nobody', async () => {
  const agency = await makeAgency(t)
  const { browser } = agency.owner
  const opening = await openAccount(t, agency, { slug: 'essai-berthe' })
  assert.deepEqual(
    [opening.state, opening.step, opening.total, opening.secretWaits],
    ['ready', 'done', null, true],
  )
  const account = await browser.call(getHostedAccount, { params: { id: opening.hostedAccountId } })
  assert.deepEqual(
    [account.status, account.planCode, account.contactLimit, account.host],
    ['trial', 'trial', 100, 'essai-berthe.localhost:3000'],
  )
  const days = Temporal.PlainDate.from(account.subscription.currentPeriod.from).until(account.endsOn!).days
  assert.equal(days, 14)
  const shown = await browser.call(revealOpening, { params: { id: opening.id } })
  assert.equal(shown.userName, 'admin')
  const visitor = t.browser('essai-berthe')
  await visitor.call(signIn, { body: { login: 'admin', password: shown.password } as never })
  const again = await browser.refusal(revealOpening, { params: { id: opening.id } })
  assert.deepEqual([again.status, again.code], [410, 'opening.revealed'])
  const mails = await t.sql(`select kind from mail where agency_id = $1`, [agency.id])
  assert.deepEqual(mails, [])
  const [kept] = await t.sql(`select secret from account_opening where agency_id = $1`, [agency.id])
  assert.deepEqual(kept, { secret: null })
})

test('a paid account is charged what the quote said, once, and comes to be with its payment', async () => {
  const agency = await makeAgency(t)
  const { browser } = agency.owner
  await readyToPay(t, agency)
  const first = await browser.call(quoteHostedAccount, { query: choice })
  assert.deepEqual([first.discountPercent, first.paidAccounts], [0, 1])
  const opening = await openAccount(t, agency, choice)
  assert.equal(opening.state, 'ready')
  const paid = await browser.call(getPurchase, { params: { id: opening.purchaseId! } })
  assert.deepEqual([paid.state, paid.total], ['paid', first.total])
  const account = await browser.call(getHostedAccount, { params: { id: opening.hostedAccountId } })
  assert.deepEqual([account.status, account.net], ['active', first.net])
  const periods = await t.sql<{ n: number }>(
    `select count(*)::int as n from subscription_period where agency_id = $1 and purchase_id is not null and invoice_id is not null`,
    [agency.id],
  )
  assert.deepEqual(periods, [{ n: 1 }])
  // The second one reaches the rung of 25 % and counts itself.
  const second = await browser.call(quoteHostedAccount, { query: choice })
  assert.deepEqual([second.discountPercent, second.paidAccounts], [25, 2])
  assert.equal(second.net.amount + second.discount.amount, second.listPrice.amount)
  assert.equal(second.net.amount + second.vat.amount.amount, second.total.amount)
})

test('the same key opens once; another amount than the quote’s is refused with the present quote', async () => {
  const agency = await makeAgency(t)
  const { browser } = agency.owner
  await readyToPay(t, agency)
  const client = toPublicId('client', (await makeClient(t, agency)).id)
  const quote = await browser.call(quoteHostedAccount, { query: choice })
  const body = { ...form(client, 'une-fois'), ...choice, expectedTotal: quote.total }
  const same = key()
  const [a, b] = [
    await browser.call(openHostedAccount, { body }, same),
    await browser.call(openHostedAccount, { body }, same),
  ]
  assert.equal(a.id, b.id)
  const wrong = await browser.refusal(
    openHostedAccount,
    {
      body: {
        ...body,
        slug: 'autre-fois',
        expectedTotal: { ...quote.total, amount: quote.total.amount - 1 },
      },
    },
    key(),
  )
  assert.equal(wrong.code, 'quote.changed')
  assert.deepEqual((wrong.data!['quote'] as { total: unknown }).total, quote.total)
})

test('an address belongs to one: agencies and accounts share a namespace, and what is being paid keeps its own', async () => {
  const agency = await makeAgency(t)
  const { browser } = agency.owner
  const client = toPublicId('client', (await makeClient(t, agency)).id)
  const taken = await browser.call(checkAccountAddress, { query: { slug: agency.slug } })
  assert.deepEqual([taken.free, taken.problem?.code], [false, 'agencies.slug_taken'])
  assert.match(taken.suggestion!, new RegExp(`^${agency.slug}-`))
  const refused = await browser.refusal(
    openHostedAccount,
    { body: { ...form(client, agency.slug), planCode: 'trial' } },
    key(),
  )
  assert.equal(refused.fields?.['slug']?.code, 'agencies.slug_taken')
  const proposed = await browser.call(checkAccountAddress, { query: { name: 'Maison Berthe & Fils' } })
  assert.deepEqual([proposed.slug, proposed.free], ['maison-berthe-fils', true])
  // Twenty at once for one address: one has it.
  const results = await Promise.all(
    Array.from({ length: 20 }, () =>
      browser.send(openHostedAccount, { body: { ...form(client, 'tres-voulu'), planCode: 'trial' } }, key()),
    ),
  )
  assert.equal(results.filter((r) => r.statusCode === 202).length, 1)
})

test('without a way to pay nothing begins; a refused card keeps the address until it is given up', async () => {
  const agency = await makeAgency(t)
  const { browser } = agency.owner
  const client = toPublicId('client', (await makeClient(t, agency)).id)
  const quote = await browser.call(quoteHostedAccount, { query: choice })
  const body = { ...form(client, 'carte-refusee'), ...choice, expectedTotal: quote.total }
  const incomplete = await browser.refusal(openHostedAccount, { body }, key())
  assert.equal(incomplete.code, 'billing_profile.incomplete')
  await giveBillingProfile(t, agency)
  const missing = await browser.refusal(openHostedAccount, { body }, key())
  assert.equal(missing.code, 'payment_method.missing')
  assert.equal((missing.data!['missing'] as { amount: number }).amount, quote.total.amount)
  assert.equal((await browser.call(checkAccountAddress, { query: { slug: 'carte-refusee' } })).free, true)
  await giveCard(t, agency, { last4: '0002' })
  const asked = await browser.call(openHostedAccount, { body }, key())
  await t.runJobs()
  const waiting = await browser.call(getOpening, { params: { id: asked.id } })
  assert.equal(waiting.state, 'paying')
  assert.equal((await browser.call(getPurchase, { params: { id: waiting.purchaseId! } })).state, 'failed')
  assert.equal((await browser.call(checkAccountAddress, { query: { slug: 'carte-refusee' } })).free, false)
  assert.deepEqual((await browser.call(listHostedAccounts, { query: { status: 'all' } })).data, [])
  assert.deepEqual(
    (await browser.call(listOpenings, {})).data.map((o) => o.id),
    [asked.id],
  )
  await browser.call(cancelPurchase, { params: { id: waiting.purchaseId! } })
  assert.equal((await browser.call(getOpening, { params: { id: asked.id } })).state, 'abandoned')
  assert.equal((await browser.call(checkAccountAddress, { query: { slug: 'carte-refusee' } })).free, true)
})

test('a preparation killed between any two steps goes on where it was, with one account and one administrator', async () => {
  const agency = await makeAgency(t)
  const { browser } = agency.owner
  const client = toPublicId('client', (await makeClient(t, agency)).id)
  const asked = await browser.call(
    openHostedAccount,
    { body: { ...form(client, 'interrompu'), planCode: 'trial' } },
    key(),
  )
  // As if each step but the first had been committed, and the process killed: the job is there to run again.
  for (const step of ['space', 'address', 'administrator']) {
    await t.sql(
      `update account_opening set state = 'preparing', step = $2 where agency_id = $1 and step = 'done'`,
      [agency.id, step === 'space' ? 'address' : step],
    )
    await t.sql(`select enqueue_job('hosted_accounts.provision', $1::json, null, null, null, 25)`, [
      JSON.stringify({
        agencyId: agency.id,
        data: {
          id: (
            await t.sql<{ id: string }>(`select id from account_opening where agency_id = $1`, [agency.id])
          )[0]!.id,
        },
      }),
    ])
    await t.runJobs()
  }
  assert.equal((await browser.call(getOpening, { params: { id: asked.id } })).state, 'ready')
  const [counts] = await t.sql(
    `select (select count(*)::int from hosted_account where agency_id = $1) as accounts,
       (select count(*)::int from account_user where agency_id = $1) as administrators`,
    [agency.id],
  )
  assert.deepEqual(counts, { accounts: 1, administrators: 1 })
  const shown = await browser.call(revealOpening, { params: { id: asked.id } })
  await t.browser('interrompu').call(signIn, { body: { login: 'admin', password: shown.password } as never })
})

test('resale is the owners’; the offer has every plan and limit', async () => {
  const agency = await makeAgency(t)
  const manager = await makeMember(t, agency, { role: 'manager' })
  assert.equal((await manager.browser.refusal(getOffer, {})).status, 403)
  const offer = await agency.owner.browser.call(getOffer, {})
  assert.deepEqual(
    offer.plans.map((p) => p.code),
    ['lite', 'plus', 'professional', 'enterprise'],
  )
  for (const plan of offer.plans) {
    assert.equal(plan.prices.month.length, offer.contactLimits.length)
    assert.equal(plan.features.includes('sms'), plan.code !== 'lite')
  }
  assert.deepEqual(offer.trial, { days: 14, extensionDays: 14, contacts: 100, mails: 100 })
})
