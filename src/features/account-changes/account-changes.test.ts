import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { fromPublicId } from '../../contract/ids.ts'
import { runInTenant } from '../../server/run-in-tenant.ts'
import { makeAgency, signInAs, type TestAgency } from '../../server/testing-people.ts'
import { verifyData } from '../../server/verify-data.ts'
import { startTestApp, type TestApp } from '../../server/testing.ts'
import { openAccount } from '../account-openings/testing-accounts.ts'
import {
  archiveHostedAccount,
  disableHostedAccount,
  enableHostedAccount,
  getHostedAccount,
  getResaleSummary,
  listHostedAccountHistory,
  listHostedAccounts,
  restoreHostedAccount,
  type AccountRecord,
} from '../hosted-accounts/contract.ts'
import { cancelPurchase, getPurchase } from '../payments/contract.ts'
import { giveCard, readyToPay } from '../payments/testing-payments.ts'
import {
  applyRenewals,
  dueRenewals,
  endDueSubscriptions,
  lockRenewals,
  paidAccounts,
} from '../subscriptions/public.ts'
import {
  cancelSubscription,
  changeSubscription,
  dropPendingChange,
  extendTrial,
  listSubscriptionPeriods,
  quoteSubscriptionChange,
  undoCancelSubscription,
} from './contract.ts'

let t: TestApp
before(async () => {
  t = await startTestApp()
})
after(() => t.close())

const read = (agency: TestAgency, id: string) =>
  agency.owner.browser.call(getHostedAccount, { params: { id } })
const act = (a: AccountRecord) => ({ params: { id: a.id }, body: { version: a.version } })
const key = () => ({ 'idempotency-key': randomUUID() })
type Choice = {
  planCode: 'lite' | 'plus' | 'professional' | 'enterprise'
  interval: 'month' | 'year'
  contactLimit: number
}

async function paidAccount(agency: TestAgency, choice: Choice = plus): Promise<AccountRecord> {
  return read(agency, (await openAccount(t, agency, choice)).hostedAccountId)
}
async function change(agency: TestAgency, a: AccountRecord, choice: Choice) {
  const { browser } = agency.owner
  const quote = await browser.call(quoteSubscriptionChange, { params: { id: a.id }, query: choice as never })
  const answer = await browser.call(
    changeSubscription,
    { params: { id: a.id }, body: { ...choice, version: a.version, expectedTotal: quote.total } },
    key(),
  )
  await t.runJobs()
  return { quote, answer, account: await read(agency, a.id) }
}
const plus: Choice = { planCode: 'plus', interval: 'month', contactLimit: 1000 }
const professional: Choice = { ...plus, planCode: 'professional' }
const lite: Choice = { ...plus, planCode: 'lite' }
/** Time passes: what was due by then is done, and the owner, who really waited, signs in again. */
async function pass(agency: TestAgency, duration: Temporal.DurationLike) {
  await t.advance(duration)
  await t.runJobs()
  await signInAs(t, agency, agency.owner)
}

test('an upgrade is paid and done now: what is due is the quote to the cent', async () => {
  const agency = await makeAgency(t)
  await readyToPay(t, agency)
  const a = await paidAccount(agency)
  await pass(agency, { hours: 24 * 10 })
  const { quote, answer, account } = await change(agency, a, professional)
  assert.deepEqual([quote.kind, quote.when, answer.state], ['upgrade', 'now', 'paying'])
  assert.equal(quote.net.amount, quote.charge.amount - quote.credit.amount)
  const purchase = await agency.owner.browser.call(getPurchase, { params: { id: answer.purchaseId! } })
  assert.deepEqual([purchase.state, purchase.total], ['paid', quote.total])
  assert.deepEqual(
    purchase.lines.map((l) => l.net.amount),
    [-quote.credit.amount, quote.charge.amount],
  )
  assert.deepEqual(
    [account.planCode, account.endsOn, account.net],
    ['professional', a.endsOn, quote.price.net],
  )
  assert.equal(account.subscription.currentPeriod.from, a.subscription.currentPeriod.from)
  const history = await agency.owner.browser.call(listSubscriptionPeriods, { params: { id: a.id } })
  assert.deepEqual(
    history.changes.map((c) => [c.kind, c.state]),
    [['upgrade', 'done']],
  )
  const events = await agency.owner.browser.call(listHostedAccountHistory, { params: { id: a.id } })
  assert.ok(events.data.some((e) => e.action === 'subscription.changed'))
})

test('a downgrade waits for the next period; it can be taken back; an upgrade overtakes it', async () => {
  const agency = await makeAgency(t)
  await readyToPay(t, agency)
  const a = await paidAccount(agency)
  const down = await change(agency, a, lite)
  assert.deepEqual(
    [down.answer.state, down.answer.purchaseId, down.quote.total.amount],
    ['scheduled', null, 0],
  )
  assert.equal(down.account.planCode, 'plus')
  assert.equal(down.account.subscription.pendingChange?.planCode, 'lite')
  const dropped = await agency.owner.browser.call(dropPendingChange, act(down.account))
  assert.equal(dropped.subscription.pendingChange, null)
  const again = await change(agency, dropped, lite)
  const up = await change(agency, again.account, professional)
  assert.equal(up.account.subscription.pendingChange, null)
  const { changes } = await agency.owner.browser.call(listSubscriptionPeriods, { params: { id: a.id } })
  assert.deepEqual(
    changes.map((c) => `${c.kind} ${c.state}`),
    ['upgrade done', 'downgrade dropped', 'downgrade dropped'],
  )
})

test('a renewal applies the downgrade, once, whatever is run again, and from the anchor', async () => {
  const agency = await makeAgency(t)
  await readyToPay(t, agency)
  const a = await paidAccount(agency)
  const { account } = await change(agency, a, lite)
  const id = fromPublicId('hostedAccount', a.id)!
  const [row] = await t.sql<{ id: string }>(`select id from subscription where hosted_account_id = $1`, [id])
  const subscriptionId = row!.id
  const renew = () =>
    runInTenant(t.app, { agencyId: agency.id }, async (ctx) => {
      const [renewal] = await lockRenewals(ctx, [subscriptionId])
      if (!renewal) return null
      await applyRenewals(ctx, [
        {
          renewal,
          discountPercent: 0,
          paidAccounts: await paidAccounts(ctx),
          net: renewal.terms.listPrice,
          purchaseId: null,
        },
      ])
      return renewal
    })
  assert.equal(await renew(), null, 'not before its day')
  // The days of the account's own zone decide, daylight saving or not.
  const next = Temporal.PlainDate.from(account.endsOn!)
  const wait = Temporal.Now.instant().until(next.toZonedDateTime('Europe/Paris').toInstant())
  const [{ offset }] = (await t.sql<{ offset: string }>(
    `select extract(epoch from clock_offset)::text as offset from installation`,
  )) as [{ offset: string }]
  await pass(agency, { seconds: Math.ceil(wait.total('second') - Number(offset)) + 1 })
  const due = await runInTenant(t.app, { agencyId: agency.id }, (ctx) => dueRenewals(t.app, ctx.now, 100))
  assert.ok(due.some((d) => d.subscriptionId === subscriptionId))
  const [first, second] = await Promise.all([renew(), renew()])
  assert.equal([first, second].filter(Boolean).length, 1)
  const renewed = await read(agency, a.id)
  assert.deepEqual([renewed.planCode, renewed.subscription.pendingChange], ['lite', null])
  const anchor = Temporal.PlainDate.from(a.subscription.currentPeriod.from)
  assert.equal(renewed.endsOn, anchor.add({ months: 2 }).toString())
})

test('a year instead of a month begins a new period today', async () => {
  const agency = await makeAgency(t)
  await readyToPay(t, agency)
  const a = await paidAccount(agency)
  await pass(agency, { hours: 24 * 12 })
  const { quote, account } = await change(agency, a, { ...plus, interval: 'year' })
  assert.deepEqual([quote.kind, quote.when], ['interval', 'now'])
  assert.equal(account.interval, 'year')
  assert.equal(
    account.endsOn,
    Temporal.PlainDate.from(account.subscription.currentPeriod.from).add({ years: 1 }).toString(),
  )
  assert.ok(quote.credit.amount > 0)
  // Back to months now would give back more than a month costs: it waits.
  const back = await agency.owner.browser.call(quoteSubscriptionChange, {
    params: { id: a.id },
    query: plus as never,
  })
  assert.deepEqual([back.kind, back.when, back.total.amount], ['interval', 'period_end', 0])
})

test('two changes at once, a stale page and an old quote are refused, and nothing is charged', async () => {
  const agency = await makeAgency(t)
  await readyToPay(t, agency)
  const a = await paidAccount(agency)
  const { browser } = agency.owner
  const quote = await browser.call(quoteSubscriptionChange, {
    params: { id: a.id },
    query: professional as never,
  })
  const send = (body: object) =>
    browser.refusal(
      changeSubscription,
      {
        params: { id: a.id },
        body: { ...professional, version: a.version, expectedTotal: quote.total, ...body },
      },
      key(),
    )
  assert.equal((await send({ expectedTotal: { ...quote.total, amount: 1 } })).code, 'quote.changed')
  assert.equal((await send({ version: a.version - 1 })).code, 'version.stale')
  assert.equal(
    (await send({ ...plus, expectedTotal: { amount: 0, currency: 'EUR' } })).code,
    'subscription.unchanged',
  )
  await giveCard(t, agency, { last4: '0002' })
  const { answer } = await change(agency, a, professional)
  assert.equal(answer.state, 'paying')
  const busy = await browser.refusal(
    changeSubscription,
    { params: { id: a.id }, body: { ...professional, version: a.version, expectedTotal: quote.total } },
    key(),
  )
  assert.equal(busy.code, 'subscription.change_under_way')
  await browser.call(cancelPurchase, { params: { id: answer.purchaseId! } })
  assert.equal((await read(agency, a.id)).planCode, 'plus')
  await giveCard(t, agency)
  assert.equal(
    (await change(agency, await read(agency, a.id), professional)).account.planCode,
    'professional',
  )
})

test('disabled stays billed and counted; cancelled runs to its end, can be taken back, then expires and is archived', async () => {
  const agency = await makeAgency(t)
  await readyToPay(t, agency)
  const { browser } = agency.owner
  const a = await paidAccount(agency)
  const counted = () => browser.call(getResaleSummary, {}).then((s) => s.discount.paidAccounts)
  const disabled = await browser.call(disableHostedAccount, act(a))
  assert.deepEqual([disabled.status, await counted()], ['disabled', 1])
  const enabled = await browser.call(enableHostedAccount, act(disabled))
  assert.equal(enabled.status, 'active')
  const cancelled = await browser.call(cancelSubscription, act(enabled))
  assert.deepEqual([cancelled.status, cancelled.cancelAtEnd, await counted()], ['cancelled', true, 1])
  const back = await browser.call(undoCancelSubscription, act(cancelled))
  assert.deepEqual([back.status, back.cancelAtEnd], ['active', false])
  const gone = await browser.call(cancelSubscription, act(back))
  await pass(agency, { hours: 24 * 32 })
  const expired = await read(agency, a.id)
  assert.deepEqual([expired.status, expired.can.renew, await counted()], ['expired', true, 0])
  assert.equal((await browser.refusal(undoCancelSubscription, act(gone))).code, 'version.stale')
  const archived = await browser.call(archiveHostedAccount, act(expired))
  assert.equal(archived.status, 'archived')
  const restored = await browser.call(restoreHostedAccount, act(archived))
  assert.equal(restored.status, 'expired')
  // Left alone it puts itself away after thirty days, and can be taken back for a year.
  await pass(agency, { hours: 24 * 31 })
  const away = await read(agency, a.id)
  assert.equal(away.status, 'archived')
  await pass(agency, { hours: 24 * 366 })
  assert.equal((await browser.refusal(restoreHostedAccount, act(away))).code, 'hosted_account.too_late')
  assert.equal((await browser.refusal(enableHostedAccount, act(away))).code, 'hosted_account.status')
})

test('a trial expires after fourteen days, is prolonged once from its expiry, and is bought from the expired list', async () => {
  const agency = await makeAgency(t)
  await readyToPay(t, agency)
  const { browser } = agency.owner
  const trial = await read(agency, (await openAccount(t, agency)).hostedAccountId)
  await pass(agency, { hours: 24 * 15 })
  const [listed] = (await browser.call(listHostedAccounts, { query: { status: 'expired' } })).data
  assert.equal(listed?.id, trial.id)
  assert.deepEqual((await browser.call(listHostedAccounts, { query: {} })).data, [])
  const longer = await browser.call(extendTrial, act(await read(agency, trial.id)))
  assert.deepEqual(
    [longer.status, longer.endsOn],
    ['trial', Temporal.PlainDate.from(trial.endsOn!).add({ days: 14 }).toString()],
  )
  assert.equal((await browser.refusal(extendTrial, act(longer))).code, 'subscription.trial_extended')
  await pass(agency, { hours: 24 * 14 })
  const expired = await read(agency, trial.id)
  assert.equal(expired.status, 'expired')
  const { quote, account } = await change(agency, expired, plus)
  assert.deepEqual([quote.kind, account.status, account.planCode], ['renew', 'active', 'plus'])
  assert.equal(account.subscription.currentPeriod.from, quote.effectiveOn)
  // A sweep after all this ends nothing that runs.
  await runInTenant(t.app, { agencyId: agency.id }, (ctx) => endDueSubscriptions(t.app, ctx.now))
  assert.equal((await read(agency, trial.id)).status, 'active')
})

test('an extension counts from the expiry: after fourteen more days it is too late', async () => {
  const agency = await makeAgency(t)
  const trial = await read(agency, (await openAccount(t, agency)).hostedAccountId)
  await pass(agency, { hours: 24 * 29 })
  const refused = await agency.owner.browser.refusal(extendTrial, act(await read(agency, trial.id)))
  assert.equal(refused.code, 'subscription.trial_too_late')
})

test('whatever was done above, what the list and its figures read equals the subscriptions', async () => {
  const faults = async () =>
    (await verifyData(t.app.database.owner)).find((f) => f.check.startsWith('hosted accounts'))!.broken
  await t.sql(
    `update subscription set cancel_at_end = true where id = (select id from subscription where interval = 'month' order by id limit 1)`,
  )
  const [counted] = await t.sql<{ billed: number; ending: number; coming: number }>(
    `select (count(*) filter (where billed))::int as billed, (count(*) filter (where ending))::int as ending,
       (count(*) filter (where next_list <> monthly_list))::int as coming from hosted_account`,
  )
  assert.ok(counted!.billed > 3 && counted!.ending > 0 && counted!.coming > 0, JSON.stringify(counted))
  assert.deepEqual(await faults(), [])
  const one = `(select id from hosted_account where billed order by id limit 1)`
  for (const change of ['monthly_list = monthly_list + 1', 'ending = not ending', 'billed = false']) {
    const undo = change.includes('+') ? 'monthly_list = monthly_list - 1' : change.replace('false', 'true')
    const [{ id }] = (await t.sql<{ id: string }>(
      `update hosted_account set ${change} where id = ${one} returning id`,
    )) as [{ id: string }]
    assert.equal((await faults()).length, 1, change)
    await t.sql(`update hosted_account set ${undo} where id = $1`, [id])
  }
})
