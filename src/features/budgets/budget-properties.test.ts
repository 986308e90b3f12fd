import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { toPublicId } from '../../contract/ids.ts'
import { newId } from '../../server/ids.ts'
import { runInTenant } from '../../server/run-in-tenant.ts'
import { makeAgency, makeClient, makeMember, type TestMember } from '../../server/testing-people.ts'
import { startTestApp, type TestApp } from '../../server/testing.ts'
import { verifyData } from '../../server/verify-data.ts'
import { changeParent } from '../sub-accounts/contract.ts'
import { balancesOf, moveMany } from '../wallets/public.ts'
import { moveBudget } from './contract.ts'
import { budgetWallet, returnBalance, type BudgetNode } from './public.ts'

let t: TestApp
before(async () => void (t = await startTestApp()))
after(() => t.close())

/** People of an agency: where each stands, by number; -1 is the root. */
type Shape = { members: { manager: boolean; parent: number }[]; clients: { home: number; lead: number }[] }
type Act =
  | { kind: 'move'; by: number; from: number; to: number; amount: number }
  | { kind: 'reparent'; member: number; parent: number }
  | { kind: 'leave'; member: number }

const shape: fc.Arbitrary<Shape> = fc.record({
  members: fc.array(fc.record({ manager: fc.boolean(), parent: fc.integer({ min: -1, max: 4 }) }), {
    minLength: 3,
    maxLength: 6,
  }),
  clients: fc.array(
    fc.record({ home: fc.integer({ min: -1, max: 5 }), lead: fc.integer({ min: -1, max: 5 }) }),
    { minLength: 2, maxLength: 4 },
  ),
})
const any = fc.nat(11)
const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('move' as const),
      by: any,
      from: any,
      to: any,
      amount: fc.integer({ min: 1, max: 90 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('reparent' as const), member: any, parent: any }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('leave' as const), member: any }) },
)

/** The tree as a child would draw it: node 0 is the agency, then members, then clients. */
class Naive {
  readonly balance: number[]
  readonly parent: number[]
  readonly home: (number | null)[]
  readonly #members: number
  constructor(members: { parent: number }[], clients: { home: number; lead: number }[]) {
    this.#members = members.length
    this.balance = [100, ...members.map(() => 100), ...clients.map(() => 100)]
    this.parent = [-1, ...members.map((m) => m.parent)]
    this.home = clients.map((c) => (c.home === 0 ? null : c.home))
    this.#leads = clients.map((c) => (c.lead === 0 ? null : c.lead))
  }
  readonly #leads: (number | null)[]
  isMember = (n: number) => n >= 1 && n <= this.#members
  isClient = (n: number) => n > this.#members && n < this.balance.length
  /** A client's lead when it stands in the client's home, else its home, else the agency. */
  above(n: number): number {
    if (!this.isClient(n)) return this.parent[n]!
    const i = n - this.#members - 1
    const [home, lead] = [this.home[i]!, this.#leads[i]!]
    if (lead !== null && (home === null || this.up(lead).includes(home))) return lead
    return home ?? 0
  }
  up(n: number): number[] {
    return n === -1 ? [] : [n, ...this.up(this.above(n))]
  }
  /** Sees a member below it or itself, a client led by, or at home with, somebody of its branch. */
  sees(by: number, n: number): boolean {
    if (by === 0) return true
    if (n === 0) return this.up(by).includes(0)
    if (this.isMember(n)) return this.up(n).includes(by) || this.up(by).includes(n)
    const i = n - this.#members - 1
    return [this.home[i]!, this.#leads[i]!].some((m) => m !== null && this.up(m).includes(by))
  }
  move(by: number, from: number, to: number, amount: number): number {
    if (!this.sees(by, from) || !this.sees(by, to)) return 404
    if (from === to) return 409
    if (!this.up(from).includes(by)) return 403
    if (this.balance[from]! < amount) return 409
    this.balance[from]! -= amount
    this.balance[to]! += amount
    return 200
  }
}

test('random trees, moves, reparentings and departures end as the naive tree does', async () => {
  await fc.assert(
    fc.asyncProperty(shape, fc.array(act, { minLength: 10, maxLength: 25 }), async (given, acts) => {
      const agency = await makeAgency(t)
      // Managers below managers, consultants below managers; anybody else at the root.
      const members: TestMember[] = []
      const model: { parent: number }[] = []
      for (const [i, m] of given.members.entries()) {
        const suits = m.parent >= 0 && m.parent < i && given.members[m.parent]!.manager
        members.push(
          await makeMember(t, agency, {
            role: m.manager ? 'manager' : 'consultant',
            seesUnassigned: false,
            ...(suits && { parent: members[m.parent]! }),
          }),
        )
        model.push({ parent: suits ? m.parent + 1 : 0 })
      }
      const clients = []
      const placed = []
      for (const c of given.clients) {
        const home = c.home >= 0 && c.home < members.length ? members[c.home]! : undefined
        const lead = c.lead >= 0 && c.lead < members.length ? members[c.lead]! : undefined
        const client = await makeClient(t, agency, {
          ...(home && { home }),
          assignees: lead ? [lead] : [],
        })
        await t.sql(`update assignment set is_lead = true where client_id = $1`, [client.id])
        clients.push(client)
        placed.push({ home: home ? c.home + 1 : 0, lead: lead ? c.lead + 1 : 0 })
      }
      const naive = new Naive(model, placed)
      const nodes: BudgetNode[] = [
        { kind: 'agency' },
        ...members.map((m) => ({ kind: 'member' as const, id: m.memberId })),
        ...clients.map((c) => ({ kind: 'client' as const, id: c.id })),
      ]
      const input = (n: BudgetNode) =>
        n.kind === 'agency'
          ? ({ agency: true } as const)
          : n.kind === 'member'
            ? { member: toPublicId('member', n.id) }
            : { client: toPublicId('client', n.id) }
      const inAgency = <T>(work: Parameters<typeof runInTenant<T>>[2]) =>
        runInTenant(t.app, { agencyId: agency.id }, work)
      await inAgency((ctx) =>
        moveMany(
          ctx,
          nodes.map((n) => ({
            operationKey: newId(),
            reason: 'budget.topped_up',
            lines: [
              { wallet: { counterpart: 'bank' as const, unit: 'EUR' }, amount: -100n },
              { wallet: budgetWallet(ctx, n), amount: 100n },
            ],
          })),
        ),
      )
      for (const a of acts) {
        if (a.kind === 'move') {
          const by = a.by % (members.length + 1)
          const [from, to] = [a.from % nodes.length, a.to % nodes.length]
          const who = by === 0 ? agency.owner : members[by - 1]!
          const answer = await who.browser.send(
            moveBudget,
            {
              body: {
                from: input(nodes[from]!),
                to: input(nodes[to]!),
                amount: { amount: a.amount, currency: 'EUR' },
              },
            },
            { 'idempotency-key': newId() },
          )
          assert.equal(
            answer.statusCode,
            naive.move(by, from, to, a.amount),
            `${JSON.stringify(a)} ${answer.body}`,
          )
        } else if (a.kind === 'reparent') {
          const member = 1 + (a.member % members.length)
          const parent = a.parent % (members.length + 1)
          const [{ version }] = (await t.sql<{ version: number }>(
            `select version from member where id = $1`,
            [members[member - 1]!.memberId],
          )) as [{ version: number }]
          const answer = await agency.owner.browser.send(changeParent, {
            params: { id: toPublicId('member', members[member - 1]!.memberId) },
            body: {
              parentId: parent === 0 ? null : toPublicId('member', members[parent - 1]!.memberId),
              version,
            },
          })
          if (answer.statusCode === 200) naive.parent[member] = parent
        } else {
          const member = 1 + (a.member % members.length)
          const { amount: back } = await inAgency((ctx) => returnBalance(ctx, members[member - 1]!.memberId))
          assert.equal(Number(back), naive.balance[member])
          naive.balance[naive.parent[member]!]! += naive.balance[member]!
          naive.balance[member] = 0
        }
      }
      const real = await inAgency(async (ctx) =>
        (
          await balancesOf(
            ctx,
            nodes.map((n) => budgetWallet(ctx, n)),
          )
        ).map((b) => Number(b.balance)),
      )
      assert.deepEqual(real, naive.balance)
      assert.equal(
        real.reduce((sum, b) => sum + b, 0),
        100 * nodes.length,
      )
    }),
    { numRuns: 15 },
  )
  assert.deepEqual(
    (await verifyData(t.app.database.owner))
      .filter((f) => f.check.startsWith('ledger'))
      .flatMap((f) => f.broken),
    [],
  )
})
