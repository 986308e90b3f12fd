import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { planChange, type ChangeBase } from './plan-change.ts'
import type { PaidPlan, Terms } from '../subscriptions/public.ts'

const terms = (
  listPrice: bigint,
  interval: 'month' | 'year' = 'month',
  planCode: PaidPlan = 'plus',
): Terms => ({
  planCode,
  planVersion: 1,
  interval,
  contactLimit: 1000,
  listPrice,
})
const after = (price: bigint, percent: number) => price - roundHalfUp(price * BigInt(percent), 100n)

/** Half-up in plain words: twice the remainder decides. */
function roundHalfUp(a: bigint, b: bigint): bigint {
  return a / b + (2n * (a % b) >= b ? 1n : 0n)
}

/** Counts the days of a span one by one. */
function countDays(from: Temporal.PlainDate, to: Temporal.PlainDate): bigint {
  let n = 0n
  for (let day = from; Temporal.PlainDate.compare(day, to) < 0; day = day.add({ days: 1 })) n += 1n
  return n
}

const day = fc
  .integer({ min: 0, max: 1500 })
  .map((n) => Temporal.PlainDate.from('2026-01-31').add({ days: n }))
const price = fc.bigInt({ min: 1n, max: 500_000n })
const percent = fc.constantFrom(0, 25, 35, 45, 55)

test('an upgrade costs, day by day, what the days that are left cost more', () => {
  fc.assert(
    fc.property(
      day,
      price,
      price,
      percent,
      percent,
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      (start, a, b, was, now, at) => {
        const [low, high] = a < b ? [a, b] : [b, a + 1n]
        const end = start.add({ months: 1 })
        const days = countDays(start, end)
        const changeOn = start.add({ days: Math.floor(Number(days) * at) })
        const left = countDays(changeOn, end)
        const oldNet = after(low, was)
        const change = planChange(
          base(terms(low), start, end, oldNet, oldNet, was),
          terms(high, 'month', 'professional'),
          changeOn,
          now,
        )
        assert.equal(change.kind, 'upgrade')
        assert.equal(change.when, 'now')
        assert.equal(change.credit, roundHalfUp(oldNet * left, days))
        // The rung of the period holds until its end, whatever the agency reached meanwhile.
        assert.equal(change.charge, roundHalfUp(after(high, was) * left, days))
        assert.ok(change.charge >= change.credit)
        assert.ok(change.credit <= oldNet && change.charge <= after(high, was))
        assert.equal(change.periodEnd.toString(), end.toString())
      },
    ),
    { numRuns: 400 },
  )
})

test('several upgrades in one period never give back more than was paid, and sum to the days lived on each plan', () => {
  fc.assert(
    fc.property(day, fc.array(price, { minLength: 2, maxLength: 5 }), percent, (start, prices, rung) => {
      const list = [...new Set(prices)].toSorted((a, b) => (a < b ? -1 : 1))
      const end = start.add({ months: 1 })
      const days = countDays(start, end)
      let current = terms(list[0]!)
      let periodNet = after(list[0]!, rung)
      let creditLeft = periodNet
      let paid = periodNet
      let exact = 0n // In hundredths of the price of one day: days × price, undivided.
      let since = start
      list.slice(1).forEach((next, i) => {
        const on = start.add({
          days: Number(days) === 0 ? 0 : (i + 1) * Math.floor(Number(days) / (list.length + 1)),
        })
        const wanted = terms(next, 'month', i % 2 ? 'plus' : 'professional')
        if (Temporal.PlainDate.compare(on, since) < 0 || wanted.planCode === current.planCode) return
        exact += periodNet * countDays(since, on)
        const change = planChange(base(current, start, end, periodNet, creditLeft, rung), wanted, on, 0)
        assert.ok(change.credit <= creditLeft, 'no more is given back than is left of the line')
        paid += change.charge - change.credit
        current = wanted
        periodNet = change.periodNet
        creditLeft = change.charge
        since = on
      })
      exact += periodNet * countDays(since, end)
      // Each change rounds two amounts by at most half a cent.
      const drift = paid * days - exact
      const most = BigInt(list.length) * days
      assert.ok(drift <= most && drift >= -most, `${drift} of ${most}`)
    }),
    { numRuns: 300 },
  )
})

test('cheaper waits for the next period and costs nothing now; the same is nothing', () => {
  fc.assert(
    fc.property(day, price, percent, (start, p, rung) => {
      const end = start.add({ months: 1 })
      const of = base(terms(p + 1n), start, end, after(p + 1n, rung), after(p + 1n, rung), rung)
      const down = planChange(of, terms(p, 'month', 'lite'), start.add({ days: 3 }), rung)
      assert.deepEqual(
        [down.kind, down.when, down.credit, down.charge, down.effectiveOn.toString()],
        ['downgrade', 'period_end', 0n, 0n, end.toString()],
      )
      assert.equal(planChange(of, terms(p + 1n), start, rung).kind, 'none')
    }),
  )
})

test('another rhythm begins today from a new anchor, unless more would be given back than it costs', () => {
  fc.assert(
    fc.property(
      day,
      price,
      price,
      fc.integer({ min: 0, max: 27 }),
      percent,
      (start, month, year, n, rung) => {
        const end = start.add({ months: 1 })
        const on = start.add({ days: n })
        const net = after(month, rung)
        const change = planChange(
          base(terms(month), start, end, net, net, rung),
          terms(year, 'year'),
          on,
          rung,
        )
        const credit = roundHalfUp(net * countDays(on, end), countDays(start, end))
        assert.equal(change.kind, 'interval')
        if (after(year, rung) < credit) assert.equal(change.when, 'period_end')
        else {
          assert.deepEqual([change.when, change.credit, change.charge], ['now', credit, after(year, rung)])
          assert.equal(change.periodEnd.toString(), on.add({ years: 1 }).toString())
        }
      },
    ),
    { numRuns: 300 },
  )
})

test('an ended account buys a whole period at the rung of today', () => {
  const start = Temporal.PlainDate.from('2026-01-31')
  const change = planChange(
    { ...base(null, start, start.add({ days: 14 }), 0n, 0n, 0), bought: true },
    terms(5900n),
    Temporal.PlainDate.from('2028-01-31'),
    35,
  )
  assert.deepEqual(
    [change.kind, change.charge, change.credit, change.periodEnd.toString()],
    ['renew', 3835n, 0n, '2028-02-29'],
  )
})

function base(
  now: Terms | null,
  periodStart: Temporal.PlainDate,
  periodEnd: Temporal.PlainDate,
  periodNet: bigint,
  creditLeft: bigint,
  periodPercent: number,
): ChangeBase {
  return { bought: false, terms: now, periodStart, periodEnd, periodNet, creditLeft, periodPercent }
}
