import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { closeApp, openApp } from '../src/app.ts'
import { toPublicId } from '../src/contract/ids.ts'
import { checkHealth } from '../src/server/check-health.ts'
import { runDueJobs } from '../src/server/jobs.ts'
import { runInTenant } from '../src/server/run-in-tenant.ts'
import { startTestApp, type TestApp } from '../src/server/testing.ts'
import { makeAgency, signInAs, type TestAgency } from '../src/server/testing-people.ts'
import { runTimetable } from '../src/server/timetable.ts'
import {
  cancelSubscription,
  changeSubscription,
  extendTrial,
  quoteSubscriptionChange,
} from '../src/features/account-changes/contract.ts'
import { getHostedAccount } from '../src/features/hosted-accounts/contract.ts'
import { giveBillingProfile, giveCard } from '../src/features/payments/testing-payments.ts'
import { retryOwed } from '../src/features/renewals/public.ts'
import {
  makeAccount,
  moveTo,
  nowOf,
  testTerms,
  type TestAccount,
} from '../src/features/renewals/testing-renewals.ts'
import { balancesOf, moveMoney } from '../src/features/wallets/public.ts'

/**
 * A year of an agency, a day at a time under the moved clock, beside a naive model that knows nothing of the product:
 * when each account falls due, at which discount, for how many cents. Invoices, balances and mails must be its own.
 */
const days = 400
/** What watches over the data runs once, at the end. */
const daily = (all: TestApp['app']) => all.timetable.filter((w) => !w.watches)

let t: TestApp
let agency: TestAgency
before(async () => {
  t = await startTestApp()
  agency = await makeAgency(t, { name: 'Agence d’une année' })
})
after(() => t.close())

/** What the model knows of an account. Amounts in minor units. */
type Model = {
  account: TestAccount
  zone: string
  /** Year, month and day it was opened on. */
  anchor: [number, number, number]
  months: 1 | 12
  /** Of the next renewal, counted from the anchor. */
  next: number
  list: number
  /** Still billed; the day it ends once cancelled. */
  endsOn: string | null
  ended: boolean
}
type Bill = { account: string; on: string; net: number; vat: number }

/** Every mail of the year: the outbox itself is emptied after ninety days. */
const mails = new Map<string, { to: string; kind: string }>()
const models: Model[] = []
const bills: Bill[] = []

/** The n-th renewal day, by hand: the anchor's day, or the month's last. */
function renewalDay(m: Model, n: number): string {
  const months = m.anchor[0] * 12 + (m.anchor[1] - 1) + n * m.months
  const [year, month] = [Math.floor(months / 12), (months % 12) + 1]
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  const last = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]!
  const day = Math.min(m.anchor[2], last)
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}
const percentFor = (count: number) =>
  count >= 100 ? 55 : count >= 50 ? 45 : count >= 25 ? 35 : count >= 2 ? 25 : 0
const halfUp = (numerator: number, denominator: number) =>
  Math.floor((2 * numerator + denominator) / (2 * denominator))
const localDay = (at: Temporal.Instant, zone: string) => at.toZonedDateTimeISO(zone).toPlainDate().toString()

/** What falls due by now: endings first, then every account on its own local day. */
function bill(at: Temporal.Instant): void {
  for (const m of models) if (m.endsOn !== null && localDay(at, m.zone) >= m.endsOn) m.ended = true
  const alive = models.filter((m) => !m.ended)
  const percent = percentFor(alive.length)
  for (const m of alive) {
    const on = renewalDay(m, m.next)
    if (m.endsOn !== null || on > localDay(at, m.zone)) continue
    const net = m.list - halfUp(m.list * percent, 100)
    bills.push({ account: m.account.name, on, net, vat: halfUp(net, 5) })
    m.next++
  }
}

async function open(
  name: string,
  day: Temporal.PlainDate,
  given: { zone?: string; months?: 1 | 12; list?: number } = {},
): Promise<Model> {
  const zone = given.zone ?? 'Europe/Paris'
  const months = given.months ?? 1
  const list = given.list ?? 10_000
  const account = await makeAccount(t, agency, {
    name,
    timeZone: zone,
    terms: testTerms({ interval: months === 1 ? 'month' : 'year', listPrice: BigInt(list) }),
    openedAt: day.toZonedDateTime({ timeZone: zone, plainTime: '09:00' }).toInstant().toString(),
    contactEmail: `client-${models.length}@silence.example`,
  })
  const m: Model = {
    account,
    zone,
    anchor: [day.year, day.month, day.day],
    months,
    next: 1,
    list,
    endsOn: null,
    ended: false,
  }
  models.push(m)
  return m
}

/** A day's work, on a process of its own every twentieth day: nothing is kept in memory that matters. */
async function work(day: number): Promise<void> {
  if (day % 20 !== 0) {
    await runTimetable(t.app, daily(t.app))
    return runDueJobs(t.app)
  }
  const other = openApp(t.app.config, t.databaseUrl)
  try {
    await runTimetable(other, daily(other))
    await runDueJobs(other)
  } finally {
    await closeApp(other)
  }
}

const owner = async () => {
  await signInAs(t, agency, agency.owner)
  return agency.owner.browser
}
const at = (a: TestAccount) => ({ params: { id: toPublicId('hostedAccount', a.id) } })
const versionOf = async (a: TestAccount) => (await (await owner()).call(getHostedAccount, at(a))).version

/** Changes an account as the page does: the quote, then exactly that. Gives the quote. */
async function change(
  a: TestAccount,
  choice: { planCode: 'plus' | 'professional'; interval: 'month'; contactLimit: number },
) {
  const browser = await owner()
  const quote = await browser.call(quoteSubscriptionChange, {
    ...at(a),
    query: { ...choice, contactLimit: String(choice.contactLimit) } as never,
  })
  await browser.call(
    changeSubscription,
    { ...at(a), body: { ...choice, version: await versionOf(a), expectedTotal: quote.total } },
    { 'idempotency-key': crypto.randomUUID() },
  )
  await t.runJobs()
  return quote
}

test(
  '400 days: every period billed once, on its day, to the cent; nobody is written to but the agency',
  { timeout: 580_000 },
  async () => {
    // 20 February of the next leap year: the 29th is near, and 400 days later is the March after.
    const present = (await nowOf(t)).toZonedDateTimeISO('UTC').toPlainDate()
    let start = Temporal.PlainDate.from({ year: present.year, month: 2, day: 20 })
    while (!start.inLeapYear || Temporal.PlainDate.compare(start, present) < 0)
      start = start.add({ years: 1 })
    const noon = (n: number) =>
      start.add({ days: n }).toZonedDateTime({ timeZone: 'UTC', plainTime: '13:10' }).toInstant()
    await moveTo(t, noon(0))
    await giveBillingProfile(t, agency, { email: 'compta@agence.example' })
    await giveCard(t, agency)

    await open('Le trente et un', start.with({ month: 1, day: 31 }), { list: 3_333 })
    await open('New York', start.with({ month: 1, day: 29 }), { zone: 'America/New_York', list: 9_901 })
    await open('Le Caire', start.with({ month: 1, day: 28 }), { zone: 'Africa/Cairo', list: 4_999 })
    await open('Auckland', start.with({ month: 2, day: 1 }), { zone: 'Pacific/Auckland', list: 12_345 })
    const upgraded = await open('Montée en gamme', start.with({ month: 2, day: 10 }), { list: 4_500 })
    const cancelled = await open('Résilié', start.with({ month: 2, day: 5 }), { list: 20_000 })
    for (let i = 1; i <= 18; i++)
      await open(`Petit ${i}`, start.with({ month: 2, day: 15 }), { list: 1_000 + i })
    const trial = await makeAccount(t, agency, {
      name: 'Essai',
      terms: null,
      contactEmail: 'client-essai@silence.example',
    })
    // Prepaid credit for the first renewals: the card pays only once it is used up.
    await runInTenant(t.app, { agencyId: agency.id }, (ctx) =>
      moveMoney(ctx, {
        operationKey: 'bank',
        reason: 'purchase.paid',
        lines: [
          { wallet: { counterpart: 'bank', unit: 'EUR' }, amount: -50_000n },
          { wallet: { owner: 'agency', purpose: 'prepaid', unit: 'EUR' }, amount: 50_000n },
        ],
      }),
    )

    const changes: number[] = []
    for (let day = 0; day <= days; day++) {
      if (day > 0) await moveTo(t, noon(day))
      if (day === 9)
        await open('Né un 29 février', start.with({ month: 2, day: 29 }), { months: 12, list: 77_777 })
      if (day === 60) {
        const quote = await change(upgraded.account, {
          planCode: 'professional',
          interval: 'month',
          contactLimit: 2500,
        })
        assert.equal(quote.kind, 'upgrade')
        // Days left of a period, half-open, the day of the change on the new plan; each amount rounded half-up.
        const part = (net: number) => halfUp(net * quote.daysLeft, quote.days)
        const paid = bills.findLast((b) => b.account === upgraded.account.name)!.net
        const percent = percentFor(models.filter((m) => !m.ended).length)
        const list = quote.price.listPrice.amount
        const net = part(list - halfUp(list * percent, 100)) - part(paid)
        assert.equal(quote.total.amount, net + halfUp(net, 5))
        changes.push(quote.total.amount)
        upgraded.list = list
      }
      if (day === 100) await giveCard(t, agency, { last4: '0341' })
      if (day === 118) {
        await giveCard(t, agency)
        await runInTenant(t.app, { agencyId: agency.id }, (ctx) =>
          ctx.enqueue(retryOwed, { payerId: agency.id }),
        )
      }
      if (day === 150) {
        const browser = await owner()
        const now = await browser.call(cancelSubscription, {
          ...at(cancelled.account),
          body: { version: await versionOf(cancelled.account) },
        })
        cancelled.endsOn = now.subscription.currentPeriod.to
        assert.equal(cancelled.endsOn, renewalDay(cancelled, cancelled.next))
      }
      if (day === 17)
        await (await owner()).call(extendTrial, { ...at(trial), body: { version: await versionOf(trial) } })
      if (day === 35) {
        const record = await (await owner()).call(getHostedAccount, at(trial))
        assert.deepEqual([record.status, record.subscription.trialExtended], ['expired', true])
        const quote = await change(trial, { planCode: 'plus', interval: 'month', contactLimit: 500 })
        changes.push(quote.total.amount)
        const today = start.add({ days: day })
        const list = quote.price.listPrice.amount
        models.push({
          account: trial,
          zone: 'Europe/Paris',
          anchor: [today.year, today.month, today.day],
          months: 1,
          next: 1,
          list,
          endsOn: null,
          ended: false,
        })
      }
      bill(noon(day))
      await work(day)
      if (day % 50 === 0) await keepMails()
      // Notices wait a few minutes for more of the same.
      if (day >= 100 && day <= 120) {
        await moveTo(t, noon(day).add({ minutes: 10 }))
        await t.runJobs()
      }
    }

    await assertBills()
    await assertBalances(changes)
    await assertMails()
    await checkHealth(t.app, await nowOf(t))
    const unwell = await t.sql(`select name, faults from health_check where failing_since is not null`)
    assert.deepEqual(unwell, [])
    assert.equal(models.filter((m) => m.ended).length, 1)
    const statuses = await t.sql<{ name: string; status: string }>(
      `select name, status from hosted_account where agency_id = $1 and status <> 'active' order by 1`,
      [agency.id],
    )
    assert.deepEqual(statuses, [{ name: 'Résilié', status: 'archived' }])
  },
)

/** Every period that the model billed is a paid purchase with its invoice, and no other is. */
async function assertBills(): Promise<void> {
  const found = await t.sql<{
    account: string
    on: string
    net: string
    vat: string
    state: string
    invoiced: boolean
  }>(
    `select a.name as account, d.starts_on as on, p.net::text, p.vat::text, p.state, i.gross = p.gross and i.paid_at is not null and i.id = d.invoice_id as invoiced
     from subscription_period d join subscription s on s.agency_id = d.agency_id and s.id = d.subscription_id
     join hosted_account a on a.agency_id = s.agency_id and a.id = s.hosted_account_id
     join purchase p on p.agency_id = d.agency_id and p.id = d.purchase_id
     left join invoice i on i.agency_id = p.agency_id and i.id = p.invoice_id
     where d.agency_id = $1 and p.kind = 'subscription.renew'`,
    [agency.id],
  )
  assert.deepEqual([...new Set(found.map((f) => `${f.state} ${f.invoiced}`))], ['paid true'])
  const line = (b: { account: string; on: string; net: number | string; vat: number | string }) =>
    `${b.account} ${b.on} ${b.net} + ${b.vat}`
  assert.deepEqual(found.map(line).toSorted(), bills.map(line).toSorted())
  assert.ok(bills.length > 300, `${bills.length} periods`)
  const days = (name: string) => bills.filter((b) => b.account === name).map((b) => b.on.slice(5))
  assert.deepEqual(days('Le trente et un').slice(0, 4), ['02-29', '03-31', '04-30', '05-31'])
  assert.deepEqual(days('Né un 29 février'), ['02-28'])
  const [gaps] = await t.sql<{ gaps: number }>(
    `select (max(sequence_number) - min(sequence_number) + 1 - count(*))::int as gaps from invoice where agency_id = $1 and series = 'F'
     group by year order by 1 desc limit 1`,
    [agency.id],
  )
  assert.equal(gaps!.gaps, 0)
}

async function assertBalances(changes: number[]): Promise<void> {
  const gross = bills.reduce((sum, b) => sum + b.net + b.vat, 0) + changes.reduce((a, b) => a + b, 0)
  const [prepaid, card, bank, revenue, vat] = await runInTenant(t.app, { agencyId: agency.id }, (ctx) =>
    balancesOf(ctx, [
      { owner: 'agency', purpose: 'prepaid', unit: 'EUR' },
      ...(['card', 'bank', 'revenue', 'vat'] as const).map((counterpart) => ({ counterpart, unit: 'EUR' })),
    ]),
  )
  assert.equal(prepaid!.balance, 0n)
  assert.equal(prepaid!.held, 0n)
  assert.equal(bank!.balance, -50_000n)
  assert.equal(Number(card!.balance), 50_000 - gross)
  assert.equal(Number(revenue!.balance + vat!.balance), gross)
  // What the provider's books say was taken is what ours say.
  const [taken] = await t.sql<{ charged: string; kept: number }>(
    `select sum(amount) filter (where kind = 'charge' and state = 'paid')::text as charged,
       (count(*) filter (where kind = 'authorisation' and state <> 'voided' and state <> 'failed'))::int as kept
     from sandbox_payment where agency_id = $1`,
    [agency.id],
  )
  assert.equal(Number(taken!.charged), -Number(card!.balance))
  assert.equal(taken!.kept, 0)
}

async function keepMails(): Promise<void> {
  for (const m of await t.sql<{ id: string; to_email: string; kind: string }>(
    `select id, to_email, kind from mail`,
  ))
    mails.set(m.id, { to: m.to_email, kind: m.kind })
}

async function assertMails(): Promise<void> {
  await keepMails()
  const sent = [...mails.values()]
  assert.deepEqual([...new Set(sent.map((m) => m.to))].toSorted(), [
    'alertes@agence.example',
    'compta@agence.example',
  ])
  assert.deepEqual([...new Set(sent.map((m) => m.kind))].toSorted(), [
    'renewals.failed',
    'renewals.failed_again',
    'renewals.reopened',
    'renewals.suspended',
  ])
}
