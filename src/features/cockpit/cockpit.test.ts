import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { toPublicId } from '../../contract/ids.ts'
import { startTestApp, type TestApp } from '../../server/testing.ts'
import { makeAgency, makeMember, type TestAgency } from '../../server/testing-people.ts'
import { giveBillingProfile, giveCard, readyToPay } from '../payments/testing-payments.ts'
import { makeAccount, testTerms } from '../renewals/testing-renewals.ts'
import * as contract from './contract.ts'
import { comingUpTo, costOf, type Running } from './forecast.ts'
import { marginsOf, monthsOf } from './get-cockpit.ts'

let t: TestApp
before(async () => void (t = await startTestApp()))
after(() => t.close())

const cockpit = (agency: TestAgency) => agency.owner.browser.call(contract.getCockpit, {})
const priced = (agency: TestAgency, id: string, amount: number | null) =>
  agency.owner.browser.call(contract.setAccountRetailPrice, {
    params: { id: toPublicId('hostedAccount', id) },
    body: { price: amount === null ? null : { amount, currency: 'EUR' } },
  })

test('renewals of 30 days at today’s discount, with VAT, and the margin on each client', async () => {
  const agency = await makeAgency(t)
  await readyToPay(t, agency)
  const openedAt = Temporal.Now.instant()
    .subtract({ hours: 24 * 20 })
    .toString()
  const monthly = await makeAccount(t, agency, { name: 'Boulangerie Martin', openedAt })
  const yearly = await makeAccount(t, agency, {
    name: 'Garage Petit',
    terms: testTerms({ interval: 'year', listPrice: 120_000n }),
    openedAt,
  })
  await priced(agency, monthly.id, 15_000)
  await priced(agency, yearly.id, 180_000)
  const seen = await cockpit(agency)
  assert.deepEqual([seen.discountPercent, seen.paidAccounts], [25, 2])
  assert.deepEqual(
    seen.days.flatMap((d) => d.renewals).map((r) => [r.name, r.net.amount, r.gross.amount, r.risk]),
    [['Boulangerie Martin', 7500, 9000, null]],
  )
  assert.deepEqual([seen.total.amount, seen.atRisk.amount], [9000, 0])
  // 75 € of 100 less 25 %, sold 150; 900 € a year is 75 a month, sold 1 800 a year.
  assert.deepEqual(
    seen.clients.flatMap((c) => [[c.cost.amount, c.retail.amount, c.margin.amount]]),
    [
      [7500, 15_000, 7500],
      [7500, 15_000, 7500],
    ],
  )
  assert.equal(seen.months.length, 12)
  assert.equal(seen.months.reduce((sum, m) => sum + m.renewals, 0) >= 11, true)
  await priced(agency, monthly.id, null)
  assert.equal(
    (await cockpit(agency)).clients.flatMap((c) => c.accounts).filter((a) => a.retail === null).length,
    1,
  )
})

test('what will fail is said: no card, or one that expires before the day', async () => {
  const agency = await makeAgency(t)
  await giveBillingProfile(t, agency)
  const openedAt = Temporal.Now.instant()
    .subtract({ hours: 24 * 20 })
    .toString()
  await makeAccount(t, agency, { name: 'Sans carte', openedAt })
  const without = await cockpit(agency)
  assert.deepEqual(
    [without.days[0]!.renewals[0]!.risk, without.atRisk.amount],
    ['no_card', without.total.amount],
  )
  await giveCard(t, agency, { expMonth: 1, expYear: 2024 })
  assert.equal((await cockpit(agency)).days[0]!.renewals[0]!.risk, 'card_expires')
  await giveCard(t, agency)
  assert.equal((await cockpit(agency)).atRisk.amount, 0)
})

test('the file opens in a French spreadsheet and runs no formula', async () => {
  const agency = await makeAgency(t)
  const account = await makeAccount(t, agency, { name: '=1+1' })
  await priced(agency, account.id, 1000)
  const response = await agency.owner.browser.send(contract.exportCockpit, {})
  assert.match(response.headers['content-disposition'] as string, /renouvellements-\d{4}-\d\d-\d\d\.csv/)
  const [titles, row] = response.body.replace('\ufeff', '').trimEnd().split('\r\n')
  assert.equal(titles!.split(';')[1], 'Compte hébergé')
  assert.match(row!, /;'=1\+1;Plus;mensuel;\d{4}-\d\d-\d\d;100;10;-90$/)
})

test('only owners, only of their own agency', async () => {
  const agency = await makeAgency(t)
  const account = await makeAccount(t, agency, { name: 'À elle' })
  const other = await makeAgency(t)
  assert.equal(
    (
      await other.owner.browser.refusal(contract.setAccountRetailPrice, {
        params: { id: toPublicId('hostedAccount', account.id) },
        body: { price: { amount: 1, currency: 'EUR' } },
      })
    ).status,
    404,
  )
  const manager = await makeMember(t, agency, { role: 'manager' })
  assert.equal((await manager.browser.refusal(contract.getCockpit, {})).status, 403)
  assert.equal(
    (
      await agency.owner.browser.refusal(contract.setAccountRetailPrice, {
        params: { id: toPublicId('hostedAccount', account.id) },
        body: { price: { amount: 1, currency: 'USD' } },
      })
    ).code,
    'retail_price.currency',
  )
})

const today = Temporal.PlainDate.from('2026-01-31')
const someRunning = fc.array(
  fc.record({
    days: fc.integer({ min: 0, max: 365 }),
    interval: fc.constantFrom('month' as const, 'year' as const),
    listPrice: fc.bigInt({ min: 0n, max: 100_000n }),
    retail: fc.option(fc.bigInt({ min: 0n, max: 200_000n })),
    ownPrepaid: fc.bigInt({ min: 0n, max: 50_000n }),
  }),
  { maxLength: 12 },
)
const runningOf = (
  rows: {
    days: number
    interval: 'month' | 'year'
    listPrice: bigint
    retail: bigint | null
    ownPrepaid: bigint
  }[],
) =>
  rows.map(({ days, ...r }, i): Running => ({
    ...r,
    hostedAccountId: `a${i}`,
    name: `Compte ${i}`,
    clientId: `c${i % 3}`,
    plan: 'plus',
    on: today.add({ days }),
  }))

test('prepaid credit is spent once, on its own account first, and a renewal fails only when the card must pay', () => {
  fc.assert(
    fc.property(
      someRunning,
      fc.bigInt({ min: 0n, max: 200_000n }),
      fc.boolean(),
      (rows, prepaid, hasCard) => {
        const running = runningOf(rows)
        const card = { exp_month: 2, exp_year: 2026 } as never
        const coming = comingUpTo(running, today.add({ days: 60 }), {
          percent: 25,
          vat: { rateBasisPoints: 2000, category: 'S' },
          prepaid,
          card: hasCard ? card : undefined,
        })
        // Day by day oracle: one purse each, then the common one.
        let left = prepaid
        const purses = new Map(running.map((r) => [r.hostedAccountId, r.ownPrepaid]))
        for (const c of coming) {
          let paid = 0n
          while (paid < c.gross && purses.get(c.hostedAccountId)! > 0n) {
            const step = [c.gross - paid, purses.get(c.hostedAccountId)!].reduce((a, b) => (a < b ? a : b))
            purses.set(c.hostedAccountId, purses.get(c.hostedAccountId)! - step)
            paid += step
          }
          const step = left < c.gross - paid ? left : c.gross - paid
          left -= step
          paid += step
          assert.equal(c.prepaid, paid)
          const expected =
            paid === c.gross
              ? null
              : !hasCard
                ? 'no_card'
                : c.on.toString() > '2026-02-28'
                  ? 'card_expires'
                  : null
          assert.equal(c.risk, expected)
        }
        assert.deepEqual(
          coming.map((c) => c.on.toString()),
          coming.map((c) => c.on.toString()).toSorted(),
        )
      },
    ),
  )
})

test('months and margins sum to what the accounts say (naive oracle)', () => {
  fc.assert(
    fc.property(someRunning, (rows) => {
      const running = runningOf(rows)
      const facts = { today, running, percent: 35, clients: new Map<string, string>() }
      const months = monthsOf(facts)
      let expected = 0n
      for (const r of running)
        for (let n = 0, on = r.on; on.toString() < '2027-01-01'; n++) {
          expected += costOf(r, 35)
          on = r.interval === 'year' ? r.on.add({ years: n + 1 }) : r.on.add({ months: n + 1 })
        }
      assert.equal(
        months.reduce((sum, m) => sum + m.cost, 0n),
        expected,
      )
      for (const c of marginsOf(facts)) {
        const sold = c.accounts.filter((a) => a.retail !== null)
        const month = (amount: bigint, interval: string) =>
          interval === 'year' ? BigInt(Math.round(Number(amount) / 12)) : amount
        assert.equal(
          c.margin,
          sold.reduce((sum, a) => sum + month(a.retail!, a.interval) - month(costOf(a, 35), a.interval), 0n),
        )
      }
    }),
  )
})
