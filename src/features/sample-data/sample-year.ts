import type { Ctx } from '../../server/context.ts'
import { operatorId } from '../../server/ids.ts'
import { itemPrices, type ItemPrice } from '../catalogue/public.ts'
import { moneyText } from '../wallets/public.ts'
import { asPerson } from './as-person.ts'
import { sampleBuyers, type Buyer } from './sample-buyers.ts'
import { seededRandom } from './seeded-random.ts'
import { memberOf, type World } from './world.ts'
import { openBooks } from './year-books.ts'
import {
  drawsFromAbove,
  fundMissing,
  planBudgets,
  planReclaim,
  requestRow,
  type Month,
} from './year-budgets.ts'
import { lifeOf, totalOf, type Fate, type Wish } from './year-orders.ts'
import { addLeft, leftOf, officeHour, tens, unit, zone, type Plan } from './year-plan.ts'

/** Months of the year told, this one included. */
const months = 12
/** What each calendar month is worth of an ordinary one, January first: August sleeps, November does not. */
const season = [72, 84, 104, 100, 92, 108, 76, 44, 118, 126, 146, 96]

/** What has become of orders of some ages, in days: one of each kind that asks for somebody. */
const fates: Record<number, Fate> = {
  1: 'placed',
  3: 'placed',
  5: 'accepted',
  9: 'started',
  11: 'started',
  13: 'delivered',
  15: 'contested',
  17: 'parts',
  21: 'parts',
}

/**
 * A year of budgets and orders (C1, C3, C12, C17 to C21), lived in its order: money paid in and handed down each
 * month, some of it by itself, clients that fill their own budget, complements asked for and drawn, and the orders
 * this pays, from placing to refund. Every euro goes through the ledger.
 */
export async function sampleYear(ctx: Ctx, world: World): Promise<void> {
  // Chance of its own: the other parts' is theirs.
  const random = seededRandom(1_710)
  const items = await itemsOnSale(asPerson(ctx, world, memberOf(world, 'camille'), world.now))
  if (items.length === 0) return
  const buyers = await sampleBuyers(ctx, world, random)
  const books = openBooks(ctx, world, random)
  const plan = { ctx, world, books, random, deeds: [], left: new Map(), kept: new Map(), agencyLeft: 0n }
  for (let back = months - 1; back >= 0; back--) planMonth(plan, items, buyers, back)
  askNow(plan, buyers)
  const happened = (plan as Plan).deeds.filter((d) => Temporal.Instant.compare(d.at, world.now) < 0)
  for (const deed of happened.toSorted((a, b) => Temporal.Instant.compare(a.at, b.at))) await deed.run()
  await books.close()
  await writeRules(plan, buyers)
}

/** Articles that such clients buy: not the dearest, not the cheapest. */
async function itemsOnSale(ctx: Ctx): Promise<ItemPrice[]> {
  const rows = await ctx.tx.query<{ id: string }>(
    'sample_items',
    `select id from catalogue_item where agency_id = $1 and state = 'published' and price between 3000 and 30000 order by id limit 240`,
    [operatorId],
  )
  const prices = await itemPrices(
    ctx,
    rows.map((r) => r.id),
  )
  return [...prices.values()].toSorted((a, b) => Number(a.retail - b.retail))
}

function planMonth(plan: Plan, items: readonly ItemPrice[], buyers: readonly Buyer[], back: number): void {
  const { world, random } = plan
  const today = world.now.toZonedDateTimeISO(zone).toPlainDate()
  const first = today.with({ day: 1 }).subtract({ months: back })
  // Business grows by a third over the year.
  const weight = BigInt(Math.round(season[first.month - 1]! * (0.86 + (0.3 * (months - back)) / months)))
  const month: Month = { first, weight, back }
  const there = buyers.filter((b) => Temporal.PlainDate.compare(b.since, first) <= 0)
  planBudgets(plan, there, month)
  // The last four weeks ask for somebody: an order of each age. Those of the first days are paid by the month before.
  for (let age = 27; age >= 1; age -= 2) {
    const day = today.subtract({ days: age })
    if (day.subtract({ days: 3 }).month !== first.month) continue
    const rich = there
      .filter((b) => leftOf(plan, b) > 6000n)
      .toSorted((a, b) => Number(leftOf(plan, b) - leftOf(plan, a)))
      .slice(0, 9)
    const fate = fates[age]
    for (const buyer of fate === 'parts' ? rich : random.some(rich, rich.length))
      if (planOrder(plan, items, { buyer, day, dearer: false, ...(fate && { fate }) })) break
  }
  // Beside those, a few in the month that runs; else what the season brings and the money allows.
  for (const buyer of there) {
    const days = Array.from({ length: back === 0 ? 1 : 3 }, () => random.whole(4, 27))
    for (const day of days.toSorted((a, b) => a - b))
      if (random.whole(1, 170) <= weight && leftOf(plan, buyer) * 4n > buyer.monthly)
        planOrder(plan, items, { buyer, day: first.with({ day }), dearer: random.chance(0.25) })
  }
  planReclaim(plan, there, month)
}

/** What is bought for about so much, cents; nothing when there is nothing so cheap. */
function wishesFor({ random }: Plan, items: readonly ItemPrice[], money: bigint): Wish[] {
  const affordable = items.findLastIndex((i) => i.retail <= money) + 1
  if (affordable === 0) return []
  const first = { item: items[random.whole(Math.floor(affordable / 3), affordable - 1)]!, quantity: 1 }
  const wishes: Wish[] = [first]
  if (first.item.retail * 2n <= money && random.chance(0.25)) first.quantity = 2
  const rest = money - totalOf(wishes)
  const more = items.findLastIndex((i) => i.retail <= rest) + 1
  if (more > 0 && random.chance(0.45)) {
    const item = items[random.whole(0, more - 1)]!
    if (item !== first.item) wishes.push({ item, quantity: 1 })
  }
  return wishes
}

/** A client's order of about what it has, now and then of a little more; whether it could be paid. */
function planOrder(
  plan: Plan,
  items: readonly ItemPrice[],
  { buyer, day, dearer, fate }: { buyer: Buyer; day: Temporal.PlainDate; dearer: boolean; fate?: Fate },
): boolean {
  const { ctx, world, books, random } = plan
  const at = officeHour(random, day)
  if (Temporal.Instant.compare(at, world.now) >= 0) return false
  const left = leftOf(plan, buyer)
  const wishes = wishesFor(plan, items, dearer ? left + 8000n : left)
  if (fate === 'parts' && wishes.length === 1) wishes.splice(0, 1, { item: items[0]!, quantity: 2 })
  const total = totalOf(wishes)
  if (wishes.length === 0) return false
  const missing = total - left
  if (missing > 0n && !fundMissing(plan, buyer, at, missing)) return false
  addLeft(plan, buyer, -total)
  plan.deeds.push(...lifeOf(ctx, world, books, { buyer, at, wishes, ...(fate && { fate }) }))
  return true
}

/** Two requests wait for an answer. */
function askNow(plan: Plan, buyers: readonly Buyer[]): void {
  const { ctx, world, books } = plan
  const poor = buyers
    .filter((b) => b.person.part.role === 'consultant' && b.payer === null && !b.recurring)
    .toSorted((a, b) => Number(leftOf(plan, a) - leftOf(plan, b)))
  const owner = memberOf(world, 'camille')
  for (const [i, buyer] of poor.slice(0, 2).entries()) {
    const at = world.now.subtract({ hours: 3 + i * 19 })
    const above = buyer.way[1]!
    const manager = [...world.members.values()].find((m) => m.part.key === buyer.person.part.parent)
    plan.deeds.push({
      at,
      run: () => {
        const asking = asPerson(ctx, world, buyer.person, at)
        const amount = buyer.monthly
        books.requests.push(requestRow(asking, books.random.id(at), buyer, amount, null))
        asking.audit({
          action: 'budget.asked',
          clientId: buyer.client.id,
          entity: { kind: 'client', id: buyer.client.id, name: buyer.client.name },
          data: { amount: Number(amount), currency: unit },
        })
        books.notify(asking, {
          userId: (above.kind === 'member' ? (manager ?? owner) : owner).userId,
          kind: 'budget_asked',
          values: {
            by: buyer.person.part.name,
            name: buyer.client.name,
            amount: moneyText('fr', amount, unit),
          },
          link: '/budgets?demandes=1',
        })
      },
    })
  }
}

/** What happens by itself from now on: monthly budgets, drawing, and warnings of which a few are due. */
async function writeRules({ ctx, world }: Plan, buyers: readonly Buyer[]): Promise<void> {
  const month = world.now.toZonedDateTimeISO(zone).toPlainDate().toPlainYearMonth().toString()
  const rules = buyers.map((b, i) => ({
    kind: 'client',
    id: b.client.id,
    when: drawsFromAbove(b) ? 'draw' : i % 2 === 0 ? 'ask' : 'stop',
    limit: drawsFromAbove(b) ? Number(tens(b.monthly / 2n) + 1000n) : null,
    alert: i % 3 === 2 ? null : Number(tens(b.monthly / 2n)),
    monthly: b.recurring ? Number(b.monthly) : null,
  }))
  await ctx.tx.query(
    'sample_budget_rules',
    `insert into budget_rule (agency_id, owner_kind, owner_id, when_empty, draw_limit, alert_below, monthly_amount, monthly_done, updated_at)
     select $1, x.kind, x.id, x."when", x.limit, x.alert, x.monthly, case when x.monthly is not null then $3 end, $4
     from jsonb_to_recordset($2::jsonb) as x(kind text, id uuid, "when" text, "limit" bigint, alert bigint, monthly bigint)`,
    [
      ctx.agencyId,
      JSON.stringify([
        { kind: 'agency', id: ctx.agencyId, when: 'stop', limit: null, alert: 200_000, monthly: null },
        ...rules,
      ]),
      month,
      ctx.nowIso,
    ],
  )
}
