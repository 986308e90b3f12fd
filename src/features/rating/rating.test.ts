import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  applyCredits,
  discountOf,
  ladder,
  periodOf,
  planPrice,
  prorate,
  renewalDate,
  renewalDates,
  share,
  splitAmount,
  vatBreakdown,
  volumeDiscount,
  type Interval,
  type PriceModel,
  type VatCategory,
} from './public.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const days = fc.integer({ min: 0, max: 20_000 }).map((n) => day('2020-01-01').add({ days: n }))
const intervals = fc.constantFrom<Interval>('month', 'year')
const amounts = fc.bigInt({ min: 0n, max: 10n ** 12n })

/** Whether an account opened on `anchor` renews on `d`: the same day of the month, or the last of a shorter one. */
function renewsOn(anchor: Temporal.PlainDate, interval: Interval, d: Temporal.PlainDate): boolean {
  const sameDay = d.day === anchor.day || (d.day === d.daysInMonth && d.day < anchor.day)
  return sameDay && (interval === 'month' || d.month === anchor.month)
}

test('an account opened on the 31st renews on each month’s last day, one of 29 February on the 28th', () => {
  const dates = (anchor: string, interval: Interval, n: number) =>
    Array.from({ length: n }, (_, i) => renewalDate(day(anchor), interval, i + 1).toString())
  assert.deepEqual(dates('2027-01-31', 'month', 4), ['2027-02-28', '2027-03-31', '2027-04-30', '2027-05-31'])
  assert.deepEqual(dates('2028-01-30', 'month', 2), ['2028-02-29', '2028-03-30'])
  assert.deepEqual(dates('2024-02-29', 'year', 4), ['2025-02-28', '2026-02-28', '2027-02-28', '2028-02-29'])
})

test('renewals are those found by walking day by day', () => {
  fc.assert(
    fc.property(days, intervals, fc.integer({ min: 0, max: 1500 }), (anchor, interval, ahead) => {
      let index = 0
      let start = anchor
      let d = anchor
      for (let i = 0; i < ahead; i++) {
        d = d.add({ days: 1 })
        if (renewsOn(anchor, interval, d)) {
          index++
          start = d
        }
      }
      let end = d.add({ days: 1 })
      while (!renewsOn(anchor, interval, end)) end = end.add({ days: 1 })
      const period = periodOf(anchor, interval, d)
      assert.deepEqual(
        [period.index, period.start.toString(), period.end.toString()],
        [index, start.toString(), end.toString()],
      )
      assert.equal(renewalDates(anchor, interval, d, 1)[0]!.toString(), end.toString())
    }),
    { numRuns: 200 },
  )
})

test('before the anchor there is no period, and the first renewal day to come is the anchor', () => {
  assert.throws(() => periodOf(day('2027-01-31'), 'month', day('2027-01-30')), RangeError)
  assert.deepEqual(renewalDates(day('2027-01-31'), 'month', day('2026-12-01'), 2).map(String), [
    '2027-01-31',
    '2027-02-28',
  ])
})

test('rounding is to the nearest, halves away from zero', () => {
  for (const [amount, n, d, result] of [
    [1n, 1n, 2n, 1n],
    [-1n, 1n, 2n, -1n],
    [1n, 1n, 3n, 0n],
    [5n, 1n, 2n, 3n],
    [-5n, 1n, 2n, -3n],
    [0n, 9n, 7n, 0n],
  ] as const)
    assert.equal(share(amount, n, d), result, `${amount} × ${n} / ${d}`)
  assert.throws(() => share(1n, 1n, 0n), RangeError)
  fc.assert(
    fc.property(fc.integer({ min: -1e6, max: 1e6 }), fc.integer({ min: 1, max: 366 }), (amount, d) => {
      const exact = amount / d
      const expected = Math.sign(exact) * Math.floor(Math.abs(exact) + 0.5)
      assert.equal(share(BigInt(amount), 1n, BigInt(d)), BigInt(expected))
    }),
  )
})

test('proration counts the days one by one, the day of the change being the new plan’s', () => {
  fc.assert(
    fc.property(
      days,
      intervals,
      fc.nat(24),
      fc.nat(400),
      amounts,
      amounts,
      (anchor, interval, n, offset, oldPrice, newPrice) => {
        const periodStart = renewalDate(anchor, interval, n)
        const periodEnd = renewalDate(anchor, interval, n + 1)
        let total = 0n
        let left = 0n
        const all: Temporal.PlainDate[] = []
        for (let d = periodStart; !d.equals(periodEnd); d = d.add({ days: 1 })) all.push(d)
        const changeOn = all[offset % all.length]!
        for (const d of all) {
          total++
          if (Temporal.PlainDate.compare(d, changeOn) >= 0) left++
        }
        const p = prorate({ periodStart, periodEnd, changeOn, oldPrice, newPrice })
        assert.deepEqual([p.days, p.daysLeft], [Number(total), Number(left)])
        // Nearest: never more than half a unit from the exact share, in whole numbers.
        for (const [rounded, price] of [
          [p.credit, oldPrice],
          [p.charge, newPrice],
        ] as const) {
          const twice = 2n * (rounded * total - price * left)
          assert.ok(twice <= total && twice > -total, `${rounded} of ${price} × ${left}/${total}`)
        }
      },
    ),
    { numRuns: 300 },
  )
})

test('a credit is capped by what is left of its line, and a change outside the period is refused', () => {
  const period = {
    periodStart: day('2027-02-28'),
    periodEnd: day('2027-03-31'),
    oldPrice: 3100n,
    newPrice: 6200n,
  }
  const onFirst = prorate({ ...period, changeOn: day('2027-02-28') })
  assert.deepEqual(onFirst, { credit: 3100n, charge: 6200n, daysLeft: 31, days: 31 })
  const onLast = prorate({ ...period, changeOn: day('2027-03-30') })
  assert.deepEqual(onLast, { credit: 100n, charge: 200n, daysLeft: 1, days: 31 })
  assert.equal(prorate({ ...period, changeOn: day('2027-03-01'), creditLeft: 1234n }).credit, 1234n)
  assert.equal(prorate({ ...period, changeOn: day('2027-03-01'), creditLeft: 3000n }).credit, 3000n)
  for (const changeOn of ['2027-02-27', '2027-03-31'])
    assert.throws(() => prorate({ ...period, changeOn: day(changeOn) }), RangeError)
})

test('the ladder is that of the sources, rung by rung', () => {
  const percents = [0, 1, 2, 24, 25, 49, 50, 99, 100, 1000].map((n) => volumeDiscount(n).percent)
  assert.deepEqual(percents, [0, 0, 25, 25, 35, 35, 45, 45, 55, 55])
  assert.deepEqual(volumeDiscount(36).next, { at: 50, percent: 45, missing: 14 })
  assert.deepEqual(volumeDiscount(0).next, { at: 2, percent: 25, missing: 2 })
  assert.equal(volumeDiscount(100).next, null)
  assert.equal(ladder.length, 5)
  assert.equal(discountOf(5900n, 35), 2065n)
  fc.assert(
    fc.property(fc.nat(300), (n) => {
      const here = volumeDiscount(n)
      if (!here.next) return
      const { percent } = volumeDiscount(n + here.next.missing)
      assert.equal(percent, here.next.percent)
      assert.equal(volumeDiscount(n + here.next.missing - 1).percent, here.percent)
    }),
  )
})

/** Counts unit by unit what each model asks for. */
function oracle(model: PriceModel, quantity: number): bigint {
  if (model.model === 'package') {
    let packages = 0n
    for (let got = 0n; got < BigInt(quantity); got += model.size) packages++
    return packages * model.price
  }
  const tierOf = (n: number) => model.tiers.find((t) => t.upTo === null || BigInt(n) <= t.upTo)!
  const per = model.per ?? 1n
  let units = 0n
  const entered = new Set([tierOf(quantity === 0 || model.model === 'volume' ? quantity : 1)])
  for (let n = 1; n <= quantity; n++) {
    const tier = tierOf(model.model === 'volume' ? quantity : n)
    entered.add(tier)
    units += tier.unit
  }
  let flat = 0n
  for (const tier of entered) flat += tier.flat
  return flat + (2n * units + per) / (2n * per)
}

const tiered = fc
  .record({
    model: fc.constantFrom<'volume' | 'graduated'>('volume', 'graduated'),
    widths: fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 4 }),
    prices: fc.array(fc.tuple(fc.nat(1000), fc.nat(5000)), { minLength: 5, maxLength: 5 }),
    per: fc.option(fc.constantFrom(10n, 100n, 1000n), { nil: undefined }),
  })
  .map(({ model, widths, prices, per }): PriceModel => {
    let top = 0n
    const tiers = [...widths, null].map((w, i) => ({
      upTo: w === null ? null : (top += BigInt(w)),
      unit: BigInt(prices[i]![0]),
      flat: BigInt(prices[i]![1]),
    }))
    return { model, tiers, ...(per !== undefined && { per }) }
  })
const packages = fc.record({
  model: fc.constant('package' as const),
  size: fc.bigInt({ min: 1n, max: 50n }),
  price: fc.bigInt({ min: 0n, max: 10_000n }),
})

test('the three price models are those counted unit by unit', () => {
  fc.assert(
    fc.property(fc.oneof(tiered, packages), fc.nat(200), (model, quantity) => {
      assert.equal(planPrice(model, BigInt(quantity)), oracle(model, quantity))
    }),
    { numRuns: 500 },
  )
  const tiers = [{ upTo: 500n, unit: 0n, flat: 1500n }]
  assert.equal(planPrice({ model: 'volume', tiers }, 500n), 1500n)
  assert.throws(() => planPrice({ model: 'volume', tiers }, 501n), RangeError)
  assert.throws(() => planPrice({ model: 'volume', tiers }, -1n), RangeError)
})

test('VAT is rounded a group, not a line, and sums are those of its lines', () => {
  // Three lines of 0.33 at 20 %: 0.066 each would be 0.07 × 3 = 0.21; the group's 0.99 gives 0.198 = 0.20.
  const three = vatBreakdown(
    Array.from({ length: 3 }, () => ({ net: 33n, rateBasisPoints: 2000, category: 'S' })),
  )
  assert.deepEqual([three.net, three.vat, three.gross, three.groups.length], [99n, 20n, 119n, 1])
  assert.throws(() => vatBreakdown([{ net: 1n, rateBasisPoints: 2000, category: 'AE' }]), RangeError)
  const line = fc.tuple(
    fc.bigInt({ min: -(10n ** 9n), max: 10n ** 9n }),
    fc.constantFrom(0, 210, 550, 1000, 2000),
    fc.constantFrom<VatCategory>('S', 'AE', 'O'),
  )
  fc.assert(
    fc.property(fc.array(line, { maxLength: 12 }), (drawn) => {
      const lines = drawn.map(([net, rate, category]) => ({
        net,
        rateBasisPoints: category === 'S' ? rate : 0,
        category,
      }))
      const v = vatBreakdown(lines)
      assert.equal(
        v.net,
        lines.reduce((sum, l) => sum + l.net, 0n),
      )
      assert.equal(v.gross, v.net + v.vat)
      assert.equal(
        v.vat,
        v.groups.reduce((sum, g) => sum + g.vat, 0n),
      )
      assert.equal(new Set(v.groups.map((g) => `${g.category} ${g.rateBasisPoints}`)).size, v.groups.length)
      for (const g of v.groups) {
        const mine = lines.filter((l) => l.category === g.category && l.rateBasisPoints === g.rateBasisPoints)
        assert.equal(
          g.net,
          mine.reduce((sum, l) => sum + l.net, 0n),
        )
        const off = 2n * (g.vat * 10_000n - g.net * BigInt(g.rateBasisPoints))
        assert.ok(off <= 10_000n && off >= -10_000n)
      }
      // A credit note of the whole mirrors its invoice to the cent.
      const back = vatBreakdown(lines.map((l) => ({ ...l, net: -l.net })))
      assert.equal(back.gross, -v.gross)
    }),
  )
})

test('a split sums exactly, and no part is a whole unit away from its share', () => {
  assert.deepEqual(splitAmount(100n, [1n, 1n, 1n]), [34n, 33n, 33n])
  assert.deepEqual(splitAmount(-100n, [1n, 1n, 1n]), [-34n, -33n, -33n])
  assert.deepEqual(splitAmount(0n, [0n, 0n]), [0n, 0n])
  assert.throws(() => splitAmount(1n, [0n]), RangeError)
  assert.throws(() => splitAmount(1n, [2n, -1n]), RangeError)
  const weights = fc
    .array(fc.bigInt({ min: 0n, max: 10n ** 6n }), { minLength: 1, maxLength: 20 })
    .filter((w) => w.some((x) => x > 0n))
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 10n), max: 10n ** 10n }), weights, (total, w) => {
      const parts = splitAmount(total, w)
      const sum = w.reduce((a, b) => a + b, 0n)
      assert.equal(
        parts.reduce((a, b) => a + b, 0n),
        total,
      )
      parts.forEach((part, i) => {
        const off = part * sum - total * w[i]!
        assert.ok(off < sum && off > -sum)
        if (w[i] === 0n) assert.equal(part, 0n)
      })
    }),
  )
})

test('credits are used in order, each whole before the next, never more than is due', () => {
  const credits = fc.array(fc.bigInt({ min: 0n, max: 1000n }), { maxLength: 8 })
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 4000n }), credits, (due, available) => {
      const given = available.map((a, i) => ({ id: `c${i}`, available: a }))
      const { used, rest } = applyCredits(due, given)
      // Cent by cent.
      let left = due
      const naive = new Map<string, bigint>()
      for (const c of given)
        for (let i = 0n; i < c.available && left > 0n; i++) {
          naive.set(c.id, (naive.get(c.id) ?? 0n) + 1n)
          left--
        }
      assert.equal(rest, left)
      assert.deepEqual(new Map(used.map((u) => [u.id, u.amount])), naive)
    }),
  )
})
