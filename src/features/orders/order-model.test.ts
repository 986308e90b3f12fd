import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { fromPublicId } from '../../contract/ids.ts'
import type { Ctx } from '../../server/context.ts'
import { Refusal } from '../../server/refusal.ts'
import { runInTenant } from '../../server/run-in-tenant.ts'
import { makeAgency, makeClient, type TestAgency } from '../../server/testing-people.ts'
import { startTestApp, type TestApp } from '../../server/testing.ts'
import { handIn } from '../order-fulfilment/public.ts'
import { changeOrder, lockOrder } from './change-order.ts'
import type { OrderState } from './order-states.ts'
import { fundClient, makeItem, orderOf, setRetail, walletOf } from './testing.ts'

let t: TestApp
let agency: TestAgency
before(async () => {
  t = await startTestApp()
  agency = await makeAgency(t)
})
after(() => t.close())

type Act = 'cancel' | 'accept' | 'start' | 'deliver' | 'refuse' | 'contest' | 'correct' | 'approve' | 'refund'
type Step = { act: Act; line: number; units: number }

/** What an order is, told anew and naively: unit by unit, with no counter that could be wrong the same way. */
class Model {
  state: OrderState | 'gone' = 'placed'
  /** Of each unit: its line, and what became of it. */
  units: { line: number; fate: 'waiting' | 'delivered' | 'refused' | 'refunded' }[]
  /** Deliveries that exist: which line, how many, and whether they are contested or paid back. */
  deliveries: { line: number; n: number; state: 'given' | 'contested' | 'refunded' }[] = []
  constructor(quantities: number[]) {
    this.units = quantities.flatMap((n, line) =>
      Array.from({ length: n }, () => ({ line, fate: 'waiting' as const })),
    )
  }
  of(fate: string, line?: number) {
    return this.units.filter((u) => u.fate === fate && (line === undefined || u.line === line))
  }
  /** Does it, or says why not. */
  step({ act, line, units }: Step): boolean {
    const working = this.state === 'accepted' || this.state === 'in_progress'
    if (act === 'accept') return this.to(this.state === 'placed', 'accepted')
    if (act === 'start') return this.to(this.state === 'accepted', 'in_progress')
    if (act === 'approve') return this.to(this.state === 'delivered', 'approved')
    if (act === 'cancel') {
      if (this.state !== 'placed') return false
      for (const u of this.of('waiting')) u.fate = 'refused'
      return this.to(true, 'refunded')
    }
    if (act === 'deliver' || act === 'refuse') {
      if (act === 'deliver' ? !working : !working && this.state !== 'placed') return false
      const waiting = this.of('waiting', line)
      if (waiting.length < units) return false
      for (const u of waiting.slice(0, units)) u.fate = act === 'deliver' ? 'delivered' : 'refused'
      if (act === 'deliver') this.deliveries.push({ line, n: units, state: 'given' })
      return this.settle(act)
    }
    const given = this.deliveries.find((d) => d.state === (act === 'correct' ? 'contested' : 'given'))
    if (act === 'contest') {
      if (!given || (this.state !== 'in_progress' && this.state !== 'delivered')) return false
      given.state = 'contested'
      return this.settle(act)
    }
    if (act === 'correct') {
      if (!given || this.state !== 'in_progress') return false
      given.state = 'given'
      return this.settle(act)
    }
    const back = this.deliveries.find((d) => d.state !== 'refunded')
    if (!back || !['in_progress', 'delivered', 'approved'].includes(this.state)) return false
    back.state = 'refunded'
    for (const u of this.of('delivered', back.line).slice(0, back.n)) u.fate = 'refunded'
    return this.settle(act)
  }
  to(allowed: boolean, state: OrderState): boolean {
    if (allowed) this.state = state
    return allowed
  }
  settle(act: Act): boolean {
    if (this.of('waiting').length > 0) {
      if (this.state !== 'placed' && !(this.state === 'accepted' && act === 'refuse'))
        this.state = 'in_progress'
    } else if (this.of('delivered').length === 0)
      this.state = this.of('refunded').length > 0 ? 'refunded' : 'refused'
    else if (this.state !== 'approved')
      this.state = this.deliveries.some((d) => d.state === 'contested') ? 'in_progress' : 'delivered'
    return true
  }
}

const steps = fc.array(
  fc.record<Step>({
    act: fc.constantFrom(
      'cancel',
      'accept',
      'accept',
      'start',
      'deliver',
      'deliver',
      'deliver',
      'refuse',
      'contest',
      'correct',
      'approve',
      'refund',
    ),
    line: fc.integer({ min: 0, max: 1 }),
    units: fc.integer({ min: 1, max: 3 }),
  }),
  { minLength: 1, maxLength: 14 },
)

/** Carries a step out on the real order: in one transaction, as the operator's staff. */
async function really(id: string, { act, line, units }: Step): Promise<boolean> {
  return runInTenant(t.app, { agencyId: agency.id }, async (ctx: Ctx) => {
    const order = await lockOrder(ctx, id)
    const moves = [{ lineId: order.lines[line]!.id, quantity: units }]
    if (act === 'deliver') {
      await handIn(
        ctx,
        order,
        moves.map((m) => ({
          ...m,
          proofUrl: 'https://exemple.fr/',
          found: { state: 'found', status: 200, title: null, link: null, rel: null },
        })),
      )
      return true
    }
    if (act === 'contest' || act === 'correct' || act === 'refund') {
      const wanted =
        act === 'contest' ? ['given'] : act === 'correct' ? ['contested'] : ['given', 'contested']
      const [delivery] = await ctx.tx.query<{ id: string; line_id: string; quantity: number }>(
        'test_delivery',
        'select id, line_id, quantity from order_delivery where agency_id = $1 and order_id = $2 and state = any($3) order by id limit 1',
        [ctx.agencyId, id, wanted],
      )
      if (!delivery) return false
      await ctx.tx.query(
        'test_set',
        'update order_delivery set state = $3 where agency_id = $1 and id = $2',
        [
          ctx.agencyId,
          delivery.id,
          act === 'contest' ? 'contested' : act === 'correct' ? 'given' : 'refunded',
        ],
      )
      await changeOrder(ctx, order, {
        event: act,
        ...(act === 'refund' && { moves: [{ lineId: delivery.line_id, quantity: delivery.quantity }] }),
      })
      return true
    }
    await changeOrder(ctx, order, { event: act, ...(act === 'refuse' && { moves }) })
    return true
  }).catch((error: unknown) => {
    if (error instanceof Refusal) return false
    throw error
  })
}

const runs = 25

test('whatever happens to orders, state and money are those of the naive model, to the cent', async () => {
  const items = [await makeItem(t, { price: 1_007 }), await makeItem(t, { price: 2_500 })]
  await setRetail(t, agency, items[0]!.id, 1_333)
  const prices = [1_333n, 2_500n]
  const costs = [1_007n, 2_500n]
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 3 }),
      fc.integer({ min: 1, max: 3 }),
      steps,
      async (a, b, acts) => {
        const client = await makeClient(t, agency)
        await fundClient(t, agency, client.id, 50_000n)
        const margin = (await walletOf(t, agency, 'agency')).balance
        const placed = await agency.owner.browser.call(
          ...orderOf(client.id, [
            { item: { ...items[0]!, price: 1_333 }, quantity: a },
            { item: items[1]!, quantity: b },
          ]),
        )
        const id = fromPublicId('order', placed.id)!
        const model = new Model([a, b])
        for (const step of acts) {
          assert.equal(await really(id, step), model.step(step), JSON.stringify(step))
          const [row] = await t.sql<{
            state: string
            held: bigint
            captured: bigint
            captured_cost: bigint
            refunded: bigint
          }>('select state, held, captured, captured_cost, refunded from client_order where id = $1', [id])
          const sum = (fate: string, of: bigint[]) => model.of(fate).reduce((s, u) => s + of[u.line]!, 0n)
          assert.deepEqual(row, {
            state: model.state,
            held: sum('waiting', prices),
            captured: sum('delivered', prices),
            captured_cost: sum('delivered', costs),
            refunded: sum('refunded', prices),
          })
          assert.deepEqual(await walletOf(t, agency, 'client', client.id), {
            balance: 50_000n - row!.captured,
            held: row!.held,
          })
          assert.equal(
            (await walletOf(t, agency, 'agency')).balance - margin,
            row!.captured - row!.captured_cost,
            'the agency has its margin and no more',
          )
        }
      },
    ),
    { numRuns: runs },
  )
  const [drift] = await t.sql<{ n: bigint }>(
    `select coalesce(sum(amount), 0)::bigint as n from entry where agency_id = $1`,
    [agency.id],
  )
  assert.equal(drift!.n, 0n)
})
