import type { Ctx } from '../../server/context.ts'
import { budgetWallet, type BudgetNode } from '../budgets/public.ts'
import type { Operation } from '../wallets/public.ts'
import type { Buyer } from './sample-buyers.ts'
import type { SeededRandom } from './seeded-random.ts'
import type { Books } from './year-books.ts'
import type { Deed } from './year-orders.ts'
import type { World } from './world.ts'

/** The sample agency's time zone and its ledger's unit. */
export const zone = 'Europe/Paris'
export const unit = 'EUR'

/**
 * The year while it is decided, month after month: what everybody holds at the least, so that nothing is spent that
 * will not be there. What is let go or paid back later comes on top. Cents.
 */
export type Plan = {
  ctx: Ctx
  world: World
  books: Books
  random: SeededRandom
  deeds: Deed[]
  /** Of a client: given and not spent. */
  left: Map<Buyer, bigint>
  /** Of a consultant's or manager's level, by its name: kept for those below it that draw. */
  kept: Map<string, bigint>
  agencyLeft: bigint
}

/** Counts money a client receives, or gives back. */
export function addLeft(plan: Plan, buyer: Buyer, amount: bigint): void {
  plan.left.set(buyer, leftOf(plan, buyer) + amount)
}

/** What a client has not spent. */
export function leftOf(plan: Plan, buyer: Buyer): bigint {
  return plan.left.get(buyer) ?? 0n
}

/** Three clients' own people fill the budget themselves, once they are there (C21); the others' comes from the agency. */
export function paysItself({ payer }: Buyer, at: Temporal.Instant): boolean {
  return (
    payer !== null &&
    ['helene', 'marc', 'sofia'].includes(payer.part.key) &&
    Temporal.Instant.compare(payer.joinedAt, at) < 0
  )
}

/** Whole tens of euros. */
export function tens(amount: bigint): bigint {
  return (amount / 1000n) * 1000n
}

/** Some time in office hours of that day, or of the Friday before a weekend. */
export function officeHour(random: SeededRandom, day: Temporal.PlainDate): Temporal.Instant {
  const weekday = day.dayOfWeek > 5 ? day.subtract({ days: day.dayOfWeek - 5 }) : day
  return weekday
    .toZonedDateTime({
      timeZone: zone,
      plainTime: { hour: random.whole(10, 17), minute: random.whole(0, 59), second: random.whole(0, 59) },
    })
    .toInstant()
}

/** From a level to the one directly below it, or back. */
export function stepOfMoney(
  ctx: Ctx,
  key: string,
  reason: string,
  from: BudgetNode,
  to: BudgetNode,
  amount: bigint,
): Operation {
  const lower = reason === 'budget.reclaimed' ? from : to
  return {
    operationKey: key,
    reason,
    lines: [
      { wallet: budgetWallet(ctx, from), amount: -amount },
      { wallet: budgetWallet(ctx, to), amount },
    ],
    ...(lower.kind !== 'agency' && { reference: { kind: lower.kind, id: lower.id } }),
  }
}

/** The journal's line of money a client was given, or that was taken back. */
export function tellGiven(
  then: Ctx,
  { client }: Buyer,
  amount: bigint,
  action: 'budget.allocated' | 'budget.reclaimed' = 'budget.allocated',
): void {
  then.audit({
    action,
    clientId: client.id,
    entity: { kind: 'client', id: client.id, name: client.name },
    data: { amount: Number(amount), currency: unit },
  })
}
