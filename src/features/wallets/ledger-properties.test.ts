import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import type { Ctx } from '../../server/context.ts'
import { newId } from '../../server/ids.ts'
import { Refusal } from '../../server/refusal.ts'
import { runInTenant } from '../../server/run-in-tenant.ts'
import { makeAgency, type TestAgency } from '../../server/testing-people.ts'
import { startTestApp, type TestApp } from '../../server/testing.ts'
import { verifyData } from '../../server/verify-data.ts'
import {
  balancesOf,
  captureHold,
  holdMoney,
  moveMany,
  moveMoney,
  releaseHold,
  type WalletRef,
} from './public.ts'

let t: TestApp
before(async () => void (t = await startTestApp({ POOL_SIZE: '12' })))
after(() => t.close())

const purses = 4
/** What somebody may ask of the ledger; wallets by number, holds by the number of their placing. */
type Ask =
  | { kind: 'move'; from: number; to: number; amount: number }
  | { kind: 'many'; moves: { from: number; to: number; amount: number }[] }
  | { kind: 'fund'; to: number; amount: number }
  | { kind: 'hold'; from: number; amount: number }
  | { kind: 'capture'; nth: number; amount: number; to: number; release: boolean }
  | { kind: 'release'; nth: number; amount: number | undefined }
  | { kind: 'again'; nth: number }

const purse = fc.nat(purses - 1)
const amount = fc.integer({ min: 1, max: 60 })
const pair = fc.record({ from: purse, to: purse, amount }).filter((m) => m.from !== m.to)
const ask: fc.Arbitrary<Ask> = fc.oneof(
  pair.map((m): Ask => ({ kind: 'move', ...m })),
  fc.array(pair, { minLength: 2, maxLength: 5 }).map((moves): Ask => ({ kind: 'many', moves })),
  fc.record({ kind: fc.constant('fund' as const), to: purse, amount }),
  fc.record({ kind: fc.constant('hold' as const), from: purse, amount }),
  fc.record({
    kind: fc.constant('capture' as const),
    nth: fc.nat(20),
    amount,
    to: purse,
    release: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('release' as const),
    nth: fc.nat(20),
    amount: fc.option(amount, { nil: undefined }),
  }),
  fc.record({ kind: fc.constant('again' as const), nth: fc.nat(20) }),
)

/** The ledger as a child would write it: one at a time, in memory. */
class Naive {
  balance = Array.from({ length: purses }, () => 0)
  holds: { purse: number; left: number }[] = []
  #held = (p: number) => this.holds.reduce((n, h) => n + (h.purse === p ? h.left : 0), 0)
  available = (p: number) => this.balance[p]! - this.#held(p)
  /** `ok`, or what is missing, or that the hold is exceeded. */
  do(a: Exclude<Ask, { kind: 'again' }>): string {
    if (a.kind === 'fund') this.balance[a.to]! += a.amount
    else if (a.kind === 'move' || a.kind === 'many') {
      const before = [...this.balance]
      for (const m of a.kind === 'move' ? [a] : a.moves) {
        const short = m.amount - this.available(m.from)
        if (short > 0) {
          this.balance = before
          return `missing ${short}`
        }
        this.balance[m.from]! -= m.amount
        this.balance[m.to]! += m.amount
      }
    } else if (a.kind === 'hold') {
      const short = a.amount - this.available(a.from)
      if (short > 0) return `missing ${short}`
      this.holds.push({ purse: a.from, left: a.amount })
    } else {
      const hold = this.holds[a.nth]
      if (!hold) return 'none'
      const taken = a.amount ?? hold.left
      if (taken > hold.left) return 'wallet.hold_exceeded'
      if (a.kind === 'capture') {
        this.balance[hold.purse]! -= taken
        if (a.to !== hold.purse) this.balance[a.to]! += taken
        hold.left = a.release ? 0 : hold.left - taken
      } else hold.left -= taken
    }
    return 'ok'
  }
}

/** The real one, asked the same. */
class Real {
  readonly agency: TestAgency
  readonly wallets: WalletRef[] = Array.from({ length: purses }, () => ({
    owner: 'client',
    id: newId(),
    purpose: 'budget',
    unit: 'EUR',
  }))
  readonly holds: string[] = []
  readonly #done: ((ctx: Ctx) => Promise<string>)[] = []
  constructor(agency: TestAgency) {
    this.agency = agency
  }
  run = <T>(work: (ctx: Ctx) => Promise<T>) => runInTenant(t.app, { agencyId: this.agency.id }, work)
  async do(a: Ask): Promise<string> {
    const key = newId()
    const reason = 'budget.allocated'
    const w = (n: number) => this.wallets[n]!
    const move = (m: { from: number | null; to: number; amount: number }, operationKey: string) => ({
      operationKey,
      reason,
      lines: [
        {
          wallet: m.from === null ? ({ counterpart: 'bank', unit: 'EUR' } as const) : w(m.from),
          amount: BigInt(-m.amount),
        },
        { wallet: w(m.to), amount: BigInt(m.amount) },
      ],
    })
    const work = async (ctx: Ctx): Promise<string> => {
      if (a.kind === 'move') return (await moveMoney(ctx, move(a, key))).moneyTransferId
      if (a.kind === 'fund') return (await moveMoney(ctx, move({ ...a, from: null }, key))).moneyTransferId
      if (a.kind === 'many')
        return (
          await moveMany(
            ctx,
            a.moves.map((m, i) => move(m, `${key} ${i}`)),
          )
        )
          .map((d) => d.moneyTransferId)
          .join()
      if (a.kind === 'hold')
        return (
          await holdMoney(ctx, { operationKey: key, wallet: w(a.from), amount: BigInt(a.amount), reason })
        ).holdId
      if (a.kind === 'capture' || a.kind === 'release') {
        const holdId = this.holds[a.nth]
        if (holdId === undefined) return 'none'
        if (a.kind === 'release') {
          await releaseHold(ctx, {
            operationKey: key,
            holdId,
            ...(a.amount !== undefined && { amount: BigInt(a.amount) }),
          })
          return ''
        }
        return (
          await captureHold(ctx, {
            operationKey: key,
            holdId,
            amount: BigInt(a.amount),
            to: w(a.to),
            reason,
            release: a.release,
          })
        ).moneyTransferId
      }
      throw new Error('asked again by the caller')
    }
    if (a.kind === 'again') {
      // A replay answers as the first time, whatever has happened since.
      const earlier = this.#done[a.nth]
      return earlier ? this.run(earlier) : 'none'
    }
    try {
      const answer = await this.run(work)
      if (answer === 'none') return 'none'
      if (a.kind === 'hold') this.holds.push(answer)
      this.#done.push(async (ctx) => {
        assert.equal(await work(ctx), answer)
        return 'ok'
      })
      return 'ok'
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      if (error.code !== 'wallet.insufficient') return error.code
      return `missing ${(error.facts.data as { missing: { amount: number } }).missing.amount}`
    }
  }
  balances = () => this.run((ctx) => balancesOf(ctx, this.wallets))
}

async function invariantsHold(): Promise<void> {
  assert.deepEqual(
    (await verifyData(t.app.database.owner))
      .filter((f) => f.check.startsWith('ledger'))
      .flatMap((f) => f.broken),
    [],
  )
}

test('one at a time, it answers and ends as the naive ledger does', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(ask, { minLength: 5, maxLength: 40 }), async (asks) => {
      const real = new Real(await makeAgency(t))
      const naive = new Naive()
      for (let p = 0; p < purses; p++)
        for (const ledger of [real, naive]) await ledger.do({ kind: 'fund', to: p, amount: 100 })
      for (const a of asks) {
        // A capture into the very wallet that holds is nobody's payment, and named twice.
        if (a.kind === 'capture' && naive.holds[a.nth]?.purse === a.to) continue
        const answer = await real.do(a)
        if (a.kind === 'again') assert.ok(answer === 'ok' || answer === 'none')
        else assert.equal(answer, naive.do(a), JSON.stringify(a))
      }
      assert.deepEqual(
        (await real.balances()).map((b) => [Number(b.balance), Number(b.available)]),
        naive.balance.map((b, p) => [b, naive.available(p)]),
      )
    }),
    { numRuns: 12 },
  )
  await invariantsHold()
})

/** Random asks at once; gives what went through and what is there now. */
async function atOnce(asks: Ask[]): Promise<{ real: Real; expected: number[] }> {
  const real = new Real(await makeAgency(t))
  for (let p = 0; p < purses; p++) await real.do({ kind: 'fund', to: p, amount: 100 })
  for (const a of asks) if (a.kind === 'hold') await real.do(a)
  const expected = (await real.balances()).map((b) => Number(b.balance))
  await Promise.all(
    asks
      .filter((a) => a.kind === 'move' || a.kind === 'many' || a.kind === 'fund')
      .map(async (a) => {
        if ((await real.do(a)) !== 'ok') return
        for (const m of a.kind === 'many' ? a.moves : [a]) {
          if (a.kind !== 'fund') expected[(m as { from: number }).from]! -= m.amount
          expected[m.to]! += m.amount
        }
      }),
  )
  return { real, expected }
}

const busy = fc.array(ask, { minLength: 30, maxLength: 60 })

test('all at once, what went through is what is there, and every invariant holds', async () => {
  await fc.assert(
    fc.asyncProperty(busy, async (asks) => {
      const { real, expected } = await atOnce(asks)
      const now = await real.balances()
      assert.deepEqual(
        now.map((b) => Number(b.balance)),
        expected,
      )
      assert.ok(now.every((b) => b.available >= 0n))
    }),
    { numRuns: 6 },
  )
  await invariantsHold()
})

test('holds captured and released at once never give more than was held', async () => {
  const real = new Real(await makeAgency(t))
  await real.do({ kind: 'fund', to: 0, amount: 1_000 })
  await real.do({ kind: 'hold', from: 0, amount: 600 })
  const outcomes = await Promise.all(
    Array.from({ length: 40 }, (_, i) =>
      real.do(
        i % 4 === 0
          ? { kind: 'release', nth: 0, amount: 25 }
          : { kind: 'capture', nth: 0, amount: 25, to: 1, release: false },
      ),
    ),
  )
  assert.equal(outcomes.filter((o) => o === 'ok').length, 24)
  assert.equal(outcomes.filter((o) => o === 'wallet.hold_exceeded').length, 16)
  const [first, second] = await real.balances()
  assert.equal(first!.held, 0n)
  assert.equal(first!.balance + second!.balance, 1_000n)
  await invariantsHold()
})

test('a ledger that reads, then writes, is caught', async () => {
  const [{ body }] = (await t.sql<{ body: string }>(
    `select pg_get_functiondef('move_money'::regproc) as body`,
  )) as [{ body: string }]
  // The mutant: no lock between reading what is there and writing what will be.
  const mutant = body.replace(
    'order by w.id for no key update;',
    'order by w.id;\n  perform pg_sleep(0.002);',
  )
  assert.notEqual(mutant, body)
  await t.sql(mutant)
  try {
    const asks: Ask[] = Array.from({ length: 40 }, () => ({ kind: 'move', from: 0, to: 1, amount: 5 }))
    await atOnce(asks).catch(() => undefined)
    await assert.rejects(invariantsHold())
  } finally {
    await t.sql(body)
  }
})
