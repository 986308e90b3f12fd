import type { AnswerOf } from '../../contract/endpoint.ts'
import { agencyOf, type Ctx } from '../../server/context.ts'
import { activeCard } from '../payments/public.ts'
import { catalogueNow } from '../plans/public.ts'
import { discountOf, volumeDiscount } from '../rating/public.ts'
import { paidAccounts } from '../subscriptions/public.ts'
import { balancesOf } from '../wallets/public.ts'
import type { getResaleSummary as contract } from './contract.ts'

type Answer = AnswerOf<typeof contract>
/** Days of the calendar of renewals, today included. */
const days = 30

/** What stands above the list: the rung and what the next one is worth, what renews, trials. */
export async function getResaleSummary(ctx: Ctx): Promise<Answer> {
  const catalogue = await catalogueNow(ctx)
  const { currency, ladder } = catalogue
  const today = ctx.now.toZonedDateTimeISO(agencyOf(ctx).timeZone).toPlainDate()
  const [statuses, monthly, renewals, trials, count] = await Promise.all([
    byStatus(ctx),
    monthlyList(ctx),
    renewalDays(ctx, today),
    endingTrials(ctx, today),
    paidAccounts(ctx),
  ])
  const { percent, next } = volumeDiscount(count, ladder)
  const money = (amount: bigint) => ({ amount: Number(amount), currency })
  const saved = discountOf(monthly, percent)
  return {
    total: Object.values(statuses).reduce((a, b) => a + b, 0),
    byStatus: statuses,
    discount: {
      paidAccounts: count,
      percent,
      ladder: ladder.map((r) => ({ ...r })),
      next,
      monthly: {
        list: money(monthly),
        saved: money(saved),
        nextSaves: next && money(discountOf(monthly, next.percent) - saved),
      },
    },
    renewals: Array.from({ length: days }, (_, i) => {
      const day = today.add({ days: i }).toString()
      const found = renewals.get(day)
      const list = found?.list ?? 0n
      return { day, count: found?.count ?? 0, net: money(list - discountOf(list, percent)) }
    }),
    trials: { running: statuses['trial'] ?? 0, endingThisWeek: trials },
    unpaid: await unpaidAccounts(ctx),
    credits: await creditsOf(ctx, currency),
    card: await cardOf(ctx),
  }
}

async function byStatus(ctx: Ctx): Promise<Record<string, number>> {
  const rows = await ctx.tx.query<{ status: string; n: number }>(
    'resale_by_status',
    `select status, count(*)::int as n from hosted_account where agency_id = $1 group by 1`,
    [ctx.agencyId],
  )
  return Object.fromEntries(rows.map((r) => [r.status, r.n]))
}

/** List prices of a month: annual ones by the twelfth, rounded down. */
async function monthlyList(ctx: Ctx): Promise<bigint> {
  const [row] = await ctx.tx.query<{ sum: bigint }>(
    'resale_monthly',
    `select coalesce(sum(case when s.interval = 'year' then s.list_price / 12 else s.list_price end), 0)::bigint as sum
     from hosted_account a join subscription s on s.agency_id = a.agency_id and s.hosted_account_id = a.id
     where a.agency_id = $1 and a.status in ('active', 'disabled', 'suspended', 'cancelled') and s.interval is not null
       and s.commercial_mode <> 'referred'`,
    [ctx.agencyId],
  )
  return row?.sum ?? 0n
}

/** Accounts that renew by local day, with the list prices of their next period. */
async function renewalDays(
  ctx: Ctx,
  today: Temporal.PlainDate,
): Promise<Map<string, { count: number; list: bigint }>> {
  const rows = await ctx.tx.query<{ day: string; n: number; list: bigint }>(
    'resale_renewals',
    `select s.period_end as day, count(*)::int as n,
       sum(coalesce((s.pending_change->>'listPrice')::bigint, s.list_price))::bigint as list
     from subscription s join hosted_account a on a.agency_id = s.agency_id and a.id = s.hosted_account_id
     where s.agency_id = $1 and s.period_end >= $2 and s.period_end < $3 and s.interval is not null and not s.cancel_at_end
       and s.commercial_mode <> 'referred' and a.status in ('active', 'disabled', 'suspended')
     group by 1`,
    [ctx.agencyId, today.toString(), today.add({ days }).toString()],
  )
  return new Map(rows.map((r) => [r.day, { count: r.n, list: r.list }]))
}

async function endingTrials(ctx: Ctx, today: Temporal.PlainDate): Promise<number> {
  const [row] = await ctx.tx.query<{ n: number }>(
    'resale_trials',
    `select count(*)::int as n from hosted_account where agency_id = $1 and status = 'trial' and ends_on < $2`,
    [ctx.agencyId, today.add({ days: 7 }).toString()],
  )
  return row?.n ?? 0
}

async function unpaidAccounts(ctx: Ctx): Promise<number> {
  const [row] = await ctx.tx.query<{ n: number }>(
    'resale_unpaid',
    `select count(*)::int as n from subscription where agency_id = $1 and unpaid_since is not null`,
    [ctx.agencyId],
  )
  return row?.n ?? 0
}

async function creditsOf(ctx: Ctx, currency: string): Promise<Answer['credits']> {
  const [prepaid, sms, previews] = await balancesOf(ctx, [
    { owner: 'agency', purpose: 'prepaid', unit: currency },
    { owner: 'agency', purpose: 'credit', unit: 'SMS' },
    { owner: 'agency', purpose: 'credit', unit: 'PREVIEW' },
  ])
  return {
    prepaid: { amount: Number(prepaid?.available ?? 0n), currency },
    sms: Number(sms?.available ?? 0n),
    previews: Number(previews?.available ?? 0n),
  }
}

async function cardOf(ctx: Ctx): Promise<Answer['card']> {
  const card = await activeCard(ctx, ctx.agencyId)
  return card ? { brand: card.brand, last4: card.last4 } : null
}
