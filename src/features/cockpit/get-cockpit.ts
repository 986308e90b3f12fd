import type { AnswerOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import type { Ctx } from '../../server/context.ts'
import { share } from '../rating/public.ts'
import type { getCockpit as contract } from './contract.ts'
import { comingUpTo, costOf, turnsUpTo } from './forecast.ts'
import { readFacts, type Facts } from './read-running.ts'

type Answer = AnswerOf<typeof contract>

/**
 * What renews in the next 30 days, day by day, with what prepaid credit and card will pay and what will fail;
 * what a year costs and brings in by months; cost, retail and margin of a month per client. Forecasts are at
 * today's discount.
 */
export async function getCockpit(ctx: Ctx): Promise<Answer> {
  const facts = await readFacts(ctx)
  const { currency, card } = facts
  const money = (amount: bigint) => ({ amount: Number(amount), currency })
  const coming = comingUpTo(facts.running, facts.today.add({ days: 30 }), facts)
  const sum = (amounts: bigint[]) => money(amounts.reduce((total, a) => total + a, 0n))
  return {
    currency,
    discountPercent: facts.percent,
    paidAccounts: facts.paidAccounts,
    collectionDay: facts.collectionDay,
    prepaid: money(facts.prepaid),
    card: card
      ? {
          brand: card.brand,
          last4: card.last4,
          expires: `${card.exp_year}-${String(card.exp_month).padStart(2, '0')}`,
        }
      : null,
    days: [...Map.groupBy(coming, (c) => c.on.toString())].map(([on, renewals]) => ({
      on,
      gross: sum(renewals.map((c) => c.gross)),
      renewals: renewals.map((c) => ({
        hostedAccountId: toPublicId('hostedAccount', c.hostedAccountId),
        name: c.name,
        client: facts.clients.get(c.clientId) ?? '',
        plan: c.plan,
        interval: c.interval,
        on,
        net: money(c.net),
        gross: money(c.gross),
        prepaid: money(c.prepaid),
        risk: c.risk,
      })),
    })),
    total: sum(coming.map((c) => c.gross)),
    atRisk: sum(coming.filter((c) => c.risk !== null).map((c) => c.gross)),
    months: monthsOf(facts).map((m) => ({ ...m, cost: money(m.cost), retail: money(m.retail) })),
    clients: marginsOf(facts).map((c) => ({
      clientId: toPublicId('client', c.clientId),
      client: c.client,
      cost: money(c.cost),
      retail: money(c.retail),
      margin: money(c.margin),
      accounts: c.accounts.map((a) => ({
        id: toPublicId('hostedAccount', a.hostedAccountId),
        name: a.name,
        plan: a.plan,
        interval: a.interval,
        cost: money(costOf(a, facts.percent)),
        retail: a.retail === null ? null : money(a.retail),
      })),
    })),
  }
}

/** Twelve months from this one: what renewals cost and bring in, without VAT. */
export function monthsOf(
  facts: Pick<Facts, 'today' | 'running' | 'percent'>,
): { month: string; cost: bigint; retail: bigint; renewals: number }[] {
  const first = facts.today.toPlainYearMonth()
  const until = first.add({ months: 12 }).toPlainDate({ day: 1 })
  const months = Array.from({ length: 12 }, (_, i) => ({
    month: first.add({ months: i }).toString(),
    cost: 0n,
    retail: 0n,
    renewals: 0,
  }))
  for (const { subscription, on } of turnsUpTo(facts.running, until)) {
    const m = months.find((x) => x.month === on.toPlainYearMonth().toString())
    if (!m) continue
    m.cost += costOf(subscription, facts.percent)
    m.retail += subscription.retail ?? 0n
    m.renewals += 1
  }
  return months
}

/** Per client, of a month: yearly amounts count for a twelfth, rounded once each. The dearest client first. */
export function marginsOf(facts: Pick<Facts, 'running' | 'percent' | 'clients'>) {
  const monthly = (amount: bigint, interval: 'month' | 'year') =>
    interval === 'year' ? share(amount, 1n, 12n) : amount
  return [...Map.groupBy(facts.running, (r) => r.clientId)]
    .map(([clientId, accounts]) => {
      let cost = 0n
      let retail = 0n
      let margin = 0n
      for (const a of accounts) {
        const of = monthly(costOf(a, facts.percent), a.interval)
        cost += of
        if (a.retail === null) continue
        retail += monthly(a.retail, a.interval)
        margin += monthly(a.retail, a.interval) - of
      }
      return { clientId, client: facts.clients.get(clientId) ?? '', cost, retail, margin, accounts }
    })
    .toSorted((a, b) => Number(b.cost - a.cost) || a.client.localeCompare(b.client))
}
