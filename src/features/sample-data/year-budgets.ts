import type { Ctx } from '../../server/context.ts'
import { budgetWallet, handDown, nodeName, type BudgetNode } from '../budgets/public.ts'
import { moneyText } from '../wallets/public.ts'
import { asPerson } from './as-person.ts'
import type { Buyer } from './sample-buyers.ts'
import { memberOf, type SampleMember } from './world.ts'
import {
  addLeft,
  leftOf,
  paysItself,
  stepOfMoney,
  tellGiven,
  tens,
  unit,
  zone,
  type Plan,
} from './year-plan.ts'

/** What is kept at a level for those below it that draw, cents a month. */
const reserve = 15_000n
/** The agency keeps at least this, cents. */
const cushion = 400_000n

/** The first of a month, what it is worth in hundredths of an ordinary one, and how many months it is ago. */
export type Month = { first: Temporal.PlainDate; weight: bigint; back: number }

/** A time of a day of that month. */
export function timeIn({ first }: Month, day: number, time: string): Temporal.Instant {
  return first
    .add({ days: day - 1 })
    .toZonedDateTime({ timeZone: zone, plainTime: time })
    .toInstant()
}

/** Draws what is missing from above, by its rule. */
export function drawsFromAbove(buyer: Buyer): boolean {
  return buyer.recurring && buyer.payer === null
}

type Gift = { buyer: Buyer; amount: bigint }

/**
 * The beginning of a month: the agency pays in, gives by hand what each client has agreed and what levels need,
 * recurring budgets follow by themselves, and two clients fill their own.
 */
export function planBudgets(plan: Plan, there: readonly Buyer[], month: Month): void {
  const { back, weight } = month
  const own = (b: Buyer) => paysItself(b, timeIn(month, 1, '09:00'))
  const due = there.filter((b, i) => b.recurring || (back + i) % b.every === 0)
  const gifts = due
    // The last ones of this month still wait: "Reconduire les budgets du mois" has something to do.
    .filter((b, i) => !b.recurring && !own(b) && (back > 0 || i % 5 !== 4))
    .map((buyer) => ({
      buyer,
      amount: tens((buyer.monthly * weight * BigInt(plan.random.whole(85, 115))) / 10_000n) + 1000n,
    }))
  const byItself = due.filter((b) => b.recurring && !own(b))
  const levels = levelsNeed(plan, byItself)
  const wanted = [...gifts, ...levels.values()].reduce((sum, g) => sum + g.amount, 0n)
  payIn(plan, wanted, month)
  plan.deeds.push({ at: timeIn(month, 1, '09:05'), run: () => giveByHand(plan, gifts, levels, month) })
  plan.deeds.push({ at: timeIn(month, 1, '09:30'), run: () => giveByItself(plan, byItself, month) })
  for (const g of gifts) addLeft(plan, g.buyer, g.amount)
  for (const b of byItself) addLeft(plan, b, b.monthly)
  for (const b of there.filter(own)) planOwnTopUp(plan, b, timeIn(month, 1, '09:40'), weight)
}

/** What consultants and managers receive for themselves: what they give on by itself, and what is drawn from them. */
function levelsNeed(
  plan: Plan,
  byItself: readonly Buyer[],
): Map<string, { node: BudgetNode; amount: bigint }> {
  const levels = new Map<string, { node: BudgetNode; amount: bigint }>()
  const add = (node: BudgetNode, amount: bigint) => {
    const name = nodeName(node)
    levels.set(name, { node, amount: (levels.get(name)?.amount ?? 0n) + amount })
  }
  for (const b of byItself) {
    const above = b.way[1]!
    add(above, b.monthly)
    if (above.kind === 'agency') continue
    const kept = plan.kept.get(nodeName(above)) ?? 0n
    if (kept >= reserve) continue
    add(above, reserve - kept)
    plan.kept.set(nodeName(above), reserve)
  }
  return levels
}

/** In round sums, as a transfer is made: what the month takes, and something to spare. */
function payIn(plan: Plan, wanted: bigint, month: Month): void {
  const { ctx, world, books } = plan
  const missing = wanted + cushion - plan.agencyLeft
  const amount = missing > 0n ? (missing / 100_000n + 1n) * 100_000n : 0n
  plan.agencyLeft += amount - wanted
  if (amount === 0n) return
  const at = timeIn(month, 1, '08:40')
  plan.deeds.push({
    at,
    run: () =>
      books.move(asPerson(ctx, world, memberOf(world, 'camille'), at), [
        {
          operationKey: `sample.top_up ${month.back}`,
          reason: 'budget.topped_up',
          lines: [
            { wallet: { counterpart: 'bank', unit }, amount: -amount },
            { wallet: budgetWallet(ctx, { kind: 'agency' }), amount },
          ],
        },
      ]),
  })
}

async function giveByHand(
  { ctx, world }: Plan,
  gifts: readonly Gift[],
  levels: ReadonlyMap<string, { node: BudgetNode; amount: bigint }>,
  month: Month,
): Promise<void> {
  const then = asPerson(ctx, world, memberOf(world, 'camille'), timeIn(month, 1, '09:05'))
  const forLevels = [...levels.values()].filter((l) => l.node.kind !== 'agency')
  await handDown(
    then,
    `sample.levels ${month.back}`,
    forLevels.map((l) => ({ to: l.node, amount: l.amount })),
  )
  await handDown(
    then,
    `sample.given ${month.back}`,
    gifts.map((g) => ({ to: g.buyer.way[0]!, amount: g.amount })),
  )
  for (const g of gifts) tellGiven(then, g.buyer, g.amount)
}

/** What the job of the first of the month gives. */
function giveByItself({ ctx, world, books }: Plan, buyers: readonly Buyer[], month: Month): void {
  const then = {
    ...asPerson(ctx, world, 'operator', timeIn(month, 1, '09:30')),
    actor: null,
    subject: null,
  }
  const name = month.first.toPlainYearMonth().toString()
  books.move(
    then,
    buyers.map((b) =>
      stepOfMoney(
        ctx,
        `budget.monthly ${nodeName(b.way[0]!)} ${name}`,
        'budget.monthly',
        b.way[1]!,
        b.way[0]!,
        b.monthly,
      ),
    ),
  )
}

/** A client that pays for itself; its invoice is the operator's to it (C21). */
function planOwnTopUp(plan: Plan, buyer: Buyer, at: Temporal.Instant, weight: bigint): void {
  const { ctx, world, books } = plan
  if (leftOf(plan, buyer) > buyer.monthly || Temporal.Instant.compare(at, world.now) >= 0) return
  // In whole fifties, a little ahead.
  const amount = ((buyer.monthly * weight * 12n) / 1000n / 5000n + 1n) * 5000n
  addLeft(plan, buyer, amount)
  world.topUps.push({ at, client: buyer.client, amount })
  plan.deeds.push({
    at,
    run: () =>
      books.move(asPerson(ctx, world, buyer.payer!, at), [
        {
          operationKey: `sample.own ${buyer.client.id} ${at.toString()}`,
          reason: 'budget.topped_up',
          lines: [
            { wallet: { counterpart: 'card', unit }, amount: -amount },
            { wallet: budgetWallet(ctx, buyer.way[0]!), amount },
          ],
        },
      ]),
  })
}

/** Finds what is missing: drawn from above by the client's rule, or asked of the level above a day before. */
export function fundMissing(plan: Plan, buyer: Buyer, at: Temporal.Instant, missing: bigint): boolean {
  const { ctx, world, books, random } = plan
  const [node, above] = buyer.way as [BudgetNode, BudgetNode]
  const kept = plan.kept.get(nodeName(above)) ?? 0n
  if (drawsFromAbove(buyer) && kept >= missing) {
    plan.kept.set(nodeName(above), kept - missing)
    addLeft(plan, buyer, missing)
    plan.deeds.push({
      at: at.subtract({ milliseconds: 1 }),
      run: () =>
        books.move(asPerson(ctx, world, buyer.person, at), [
          stepOfMoney(ctx, `sample.drawn ${random.id(at)}`, 'budget.drawn', above, node, missing),
        ]),
    })
    return true
  }
  const asked = (missing / 5000n + 1n) * 5000n
  if (buyer.payer !== null || asked > plan.agencyLeft - 50_000n) return false
  const who = buyer.person
  if (who.part.role === 'owner') return false
  plan.agencyLeft -= asked
  addLeft(plan, buyer, asked)
  const [askedAt, givenAt] = [at.subtract({ hours: 26 }), at.subtract({ hours: 3 })]
  const owner = memberOf(world, 'camille')
  plan.deeds.push({
    at: givenAt,
    run: () => {
      const asking = asPerson(ctx, world, who, askedAt)
      const giving = asPerson(ctx, world, owner, givenAt)
      const down = buyer.way.toReversed()
      const id = random.id(askedAt)
      books.move(
        giving,
        down
          .slice(1)
          .map((to, i) =>
            stepOfMoney(ctx, `budget.request ${id} ${i}`, 'budget.allocated', down[i]!, to, asked),
          ),
      )
      books.requests.push(requestRow(asking, id, buyer, asked, { by: owner, at: givenAt }))
      const facts = {
        clientId: buyer.client.id,
        entity: { kind: 'client' as const, id: buyer.client.id, name: buyer.client.name },
        data: { amount: Number(asked), currency: unit },
      }
      asking.audit({ action: 'budget.asked', ...facts })
      giving.audit({ action: 'budget.granted', ...facts })
      books.notify(giving, {
        userId: who.userId,
        kind: 'budget_granted',
        values: { name: buyer.client.name, amount: moneyText('fr', asked, unit) },
        link: '/budgets',
      })
    },
  })
  return true
}

/** A request as its table takes it: still open, or granted by somebody. */
export function requestRow(
  asking: Ctx,
  id: string,
  buyer: Buyer,
  amount: bigint,
  granted: { by: SampleMember; at: Temporal.Instant } | null,
) {
  return {
    agency_id: asking.agencyId,
    id,
    owner_kind: 'client',
    owner_id: buyer.client.id,
    amount,
    note: 'Un lien de plus avant la fin de la campagne.',
    state: granted ? 'granted' : 'open',
    asked_by: asking.actor?.userId ?? null,
    asked_by_name: asking.actor?.name ?? '',
    asked_at: asking.nowIso,
    granted: granted ? amount : null,
    answer: null,
    decided_by_name: granted?.by.part.name ?? null,
    decided_at: granted?.at.toString() ?? null,
  }
}

/** At the end of a quarter, what sleeps at a client is taken back, or given to another of the same consultant. */
export function planReclaim(plan: Plan, there: readonly Buyer[], month: Month): void {
  const { back } = month
  const at = timeIn(month, 27, '17:10')
  if (back % 3 !== 1 || Temporal.Instant.compare(at, plan.world.now) >= 0) return
  const { ctx, world, books } = plan
  const idle = there.filter((b) => b.payer === null && leftOf(plan, b) > b.monthly)
  for (const [i, buyer] of idle.slice(0, 3).entries()) {
    const amount = tens(leftOf(plan, buyer) / 2n)
    const sibling =
      i === 0 ? there.find((b) => b !== buyer && b.person === buyer.person && b.payer === null) : undefined
    const up = sibling ? buyer.way.slice(0, 2) : buyer.way
    const by = buyer.person.part.role === 'consultant' && sibling ? buyer.person : memberOf(world, 'camille')
    addLeft(plan, buyer, -amount)
    if (sibling) addLeft(plan, sibling, amount)
    else plan.agencyLeft += amount
    plan.deeds.push({
      at,
      run: () => {
        const then = asPerson(ctx, world, by, at)
        const key = `sample.moved ${back} ${i}`
        books.move(then, [
          ...up
            .slice(1)
            .map((to, n) => stepOfMoney(ctx, `${key} ${n}`, 'budget.reclaimed', up[n]!, to, amount)),
          ...(sibling
            ? [stepOfMoney(ctx, `${key} down`, 'budget.allocated', up[1]!, sibling.way[0]!, amount)]
            : []),
        ])
        tellGiven(then, buyer, amount, 'budget.reclaimed')
        if (sibling) tellGiven(then, sibling, amount)
      },
    })
  }
}
