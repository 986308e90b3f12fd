import { agencyOf, type App, type Ctx } from '../../server/context.ts'
import { iso } from '../../server/clock.ts'
import { runInTenant } from '../../server/run-in-tenant.ts'
import { presentOf } from '../../server/timetable.ts'
import { notifyUsers } from '../notifications/public.ts'
import { balancesOf, moneyText, moveMany } from '../wallets/public.ts'
import { checkBudgetAlerts } from './alert-job.ts'
import { budgetWallet, nodeName, type BudgetNode } from './budget-node.ts'
import { waysUp } from './budget-tree.ts'
import { monthOf } from './month.ts'
import { responsibleFor } from './responsible-for.ts'
import { warnOfLowBudgets } from './warn-of-low-budgets.ts'

type Due = {
  owner_kind: 'member' | 'client'
  owner_id: string
  monthly_amount: bigint
  monthly_short: string | null
}

/**
 * Gives the month's budgets that are due, in every agency: upper levels first, so that what they receive goes
 * on. Whom the level above can't give waits, is tried again at each run of the month, and that level is told
 * once. Bears being run any number of times: the month is part of the operation's key.
 */
export async function giveMonthlyBudgets(app: App): Promise<void> {
  for (const agencyId of await agenciesWithRules(app, 'monthly_amount is not null'))
    for (let level: number | undefined = 0; level !== undefined;)
      level = await runInTenant(app, { agencyId }, (ctx) => giveLevel(ctx, level!))
}

/** When the next month begins for an agency with monthly budgets; now, while one of this month's is not given. */
export async function nextMonthlyBudgets(app: App): Promise<Temporal.Instant | undefined> {
  const now = await presentOf(app.database.owner)
  const { rows } = await app.database.owner.query<{ at: string | null }>(
    `select min(case when r.undone then $1::timestamptz
         else (date_trunc('month', $1::timestamptz at time zone a.time_zone) + interval '1 month') at time zone a.time_zone end) as at
     from agency a cross join lateral (
       select bool_or(monthly_done is distinct from to_char($1::timestamptz at time zone a.time_zone, 'YYYY-MM')) as undone
       from budget_rule where agency_id = a.agency_id and monthly_amount is not null) r
     where a.state = 'active' and r.undone is not null`,
    [iso(now)],
  )
  return rows[0]?.at ? Temporal.Instant.from(rows[0].at) : undefined
}

/** Looks at every agency's warnings: orders lower balances without anybody here being told. */
export async function warnEverywhere(app: App): Promise<void> {
  for (const agencyId of await agenciesWithRules(app, 'alert_below is not null'))
    await runInTenant(app, { agencyId }, warnOfLowBudgets)
}

async function agenciesWithRules(app: App, condition: string): Promise<string[]> {
  const { rows } = await app.database.owner.query<{ agency_id: string }>(
    `select distinct r.agency_id from budget_rule r join agency a using (agency_id) where ${condition} and a.state = 'active'`,
  )
  return rows.map((r) => r.agency_id)
}

/** Gives one level of the tree its budgets: the highest below `after`, which is answered; undefined when none is left. */
async function giveLevel(ctx: Ctx, after: number): Promise<number | undefined> {
  const month = monthOf(ctx)
  const due = await ctx.tx.query<Due>('monthly_due', dueSql, [ctx.agencyId, month.name])
  const ways = await waysUp(
    ctx,
    due.map((d) => ({ kind: d.owner_kind, id: d.owner_id })),
  )
  const all = due.map((d, i) => ({ ...d, node: ways[i]![0]!, parent: ways[i]![1]!, level: ways[i]!.length }))
  const levels = all.map((d) => d.level).filter((level) => level > after)
  if (levels.length === 0) return undefined
  const level = levels.reduce((a, b) => Math.min(a, b))
  await give(
    ctx,
    all.filter((d) => d.level === level),
    month.name,
  )
  return level
}

type Group = (Due & { node: BudgetNode; parent: BudgetNode })[]

async function give(ctx: Ctx, group: Group, month: string): Promise<void> {
  const parents = [...new Map(group.map((d) => [nodeName(d.parent), d.parent])).values()]
  const balances = await balancesOf(
    ctx,
    parents.map((p) => budgetWallet(ctx, p)),
    { lock: true },
  )
  const left = new Map(parents.map((p, i) => [nodeName(p), balances[i]!.available]))
  const given: Group = []
  const short = new Map<string, { parent: BudgetNode; missing: bigint; count: number; told: boolean }>()
  for (const d of group) {
    const name = nodeName(d.parent)
    const available = left.get(name)!
    if (available >= d.monthly_amount) {
      left.set(name, available - d.monthly_amount)
      given.push(d)
    } else {
      const s = short.get(name) ?? { parent: d.parent, missing: -available, count: 0, told: true }
      short.set(name, {
        ...s,
        missing: s.missing + d.monthly_amount,
        count: s.count + 1,
        told: s.told && d.monthly_short === month,
      })
    }
  }
  await moveMany(
    ctx,
    given.map((d) => ({
      operationKey: `budget.monthly ${nodeName(d.node)} ${month}`,
      reason: 'budget.monthly',
      lines: [
        { wallet: budgetWallet(ctx, d.parent), amount: -d.monthly_amount },
        { wallet: budgetWallet(ctx, d.node), amount: d.monthly_amount },
      ],
      reference: { kind: d.owner_kind, id: d.owner_id },
    })),
  )
  await mark(ctx, 'monthly_done', given, month)
  await mark(
    ctx,
    'monthly_short',
    group.filter((d) => !given.includes(d)),
    month,
  )
  if (given.length > 0) {
    ctx.audit({
      action: 'budget.monthly_given',
      data: {
        month,
        count: given.length,
        amount: Number(given.reduce((sum, d) => sum + d.monthly_amount, 0n)),
        currency: agencyOf(ctx).currency,
      },
    })
    ctx.publish({ agencyId: ctx.agencyId, kind: 'budgets' })
    await ctx.enqueue(checkBudgetAlerts, {}, { key: `budget-alerts:${ctx.agencyId}` })
  }
  for (const s of short.values()) if (!s.told) await tellShort(ctx, s)
}

async function tellShort(ctx: Ctx, s: { parent: BudgetNode; missing: bigint; count: number }): Promise<void> {
  for (const who of await responsibleFor(ctx, s.parent))
    await notifyUsers(ctx, [who.userId], {
      kind: 'budget_monthly_short',
      values: {
        count: s.count,
        missing: moneyText(who.locale ?? agencyOf(ctx).locale, s.missing, agencyOf(ctx).currency),
      },
      link: '/budgets',
    })
}

async function mark(
  ctx: Ctx,
  column: 'monthly_done' | 'monthly_short',
  group: Group,
  month: string,
): Promise<void> {
  await ctx.tx.query(
    `mark_${column}`,
    `update budget_rule r set ${column} = $4 from unnest($2::text[], $3::uuid[]) g(kind, id)
     where r.agency_id = $1 and r.owner_kind = g.kind and r.owner_id = g.id`,
    [ctx.agencyId, group.map((d) => d.owner_kind), group.map((d) => d.owner_id), month],
  )
}

const dueSql = `select r.owner_kind, r.owner_id, r.monthly_amount, r.monthly_short from budget_rule r
  left join client c on c.agency_id = r.agency_id and r.owner_kind = 'client' and c.id = r.owner_id
  left join member m on m.agency_id = r.agency_id and r.owner_kind = 'member' and m.id = r.owner_id
  where r.agency_id = $1 and r.monthly_amount is not null and r.monthly_done is distinct from $2
    and (c.status <> 'archived' or m.state <> 'disabled')
  order by r.owner_id`
