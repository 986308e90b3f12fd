import type { z } from 'zod'
import { toPublicId } from '../../contract/ids.ts'
import type { Money } from '../../contract/common.ts'
import { agencyOf, memberOf, type Ctx } from '../../server/context.ts'
import type { AnswerOf } from '../../contract/endpoint.ts'
import type { listBudgets } from './contract.ts'
import { monthOf } from './month.ts'
import { isAbove, isOwn, nodeAnswer, ownNode, type NodeFacts } from './node-in-sight.ts'

/** A budget as the API answers it. */
export type BudgetRow = AnswerOf<typeof listBudgets>['data'][number]

type Row = {
  wallet_id: string | null
  balance: bigint
  held: bigint
  received: bigint
  when_empty: 'stop' | 'ask' | 'draw' | null
  draw_limit: bigint | null
  alert_below: bigint | null
  monthly_amount: bigint | null
  rule_version: number | null
}

/** What nodes hold, received this month and have agreed, and what the caller may do; in the order given. */
export async function budgetRows(ctx: Ctx, facts: readonly NodeFacts[]): Promise<BudgetRow[]> {
  if (facts.length === 0) return []
  const { currency } = agencyOf(ctx)
  const money = (amount: bigint): Money => ({ amount: Number(amount), currency })
  const some = (amount: bigint | null) => (amount === null ? null : money(amount))
  const rows = await ctx.tx.query<Row>('budget_rows', rowsSql, [
    ctx.agencyId,
    facts.map((f) => f.node.kind),
    facts.map((f) => (f.node.kind === 'agency' ? ctx.agencyId : f.node.id)),
    currency,
    monthOf(ctx).starts,
  ])
  return rows.map((r, i) => {
    const f = facts[i]!
    const available = r.balance - r.held
    return {
      node: nodeAnswer(ctx, f),
      role: f.role,
      walletId: r.wallet_id === null ? null : toPublicId('wallet', r.wallet_id),
      balance: money(r.balance),
      held: money(r.held),
      available: money(available),
      receivedThisMonth: money(r.received),
      rule: {
        whenEmpty: r.when_empty ?? 'stop',
        drawLimit: some(r.draw_limit),
        alertBelow: some(r.alert_below),
        monthly: some(r.monthly_amount),
        version: r.rule_version ?? 0,
      },
      low: r.alert_below !== null && available < r.alert_below,
      can: canOf(ctx, f, available, r.when_empty),
    }
  })
}

function canOf(
  ctx: Ctx,
  f: NodeFacts,
  available: bigint,
  whenEmpty: Row['when_empty'],
): z.output<typeof listBudgets.answer>['data'][number]['can'] {
  const { role } = memberOf(ctx)
  const above = isAbove(ctx, f)
  const own = isOwn(ctx, f)
  return {
    give: ctx.may('budgets.move') && ownNode(ctx) !== null && !own && !f.closed,
    take: ctx.may('budgets.move') && above && available > 0n,
    rules: ctx.may('budgets.move') && !f.closed && (above || f.node.kind === 'agency'),
    ask: !f.closed && !above && f.node.kind !== 'agency' && (own || role === 'client' || whenEmpty === 'ask'),
    topUp: ctx.may('budgets.topUp') && !f.closed && f.node.kind !== 'member',
  }
}

const rowsSql = `select w.id as wallet_id, coalesce(w.balance, 0) as balance, coalesce(w.held, 0) as held,
    coalesce((select sum(e.amount) from entry e join money_transfer m on m.agency_id = e.agency_id and m.id = e.money_transfer_id
      where e.agency_id = $1 and e.wallet_id = w.id and e.occurred_at >= $5::timestamptz and m.reference_id = n.id
        and m.reason like 'budget.%'), 0)::bigint as received,
    r.when_empty, r.draw_limit, r.alert_below, r.monthly_amount, r.version as rule_version
  from unnest($2::text[], $3::uuid[]) with ordinality n(kind, id, i)
  left join wallet w on w.agency_id = $1 and w.owner_kind = n.kind and w.owner_id = n.id and w.purpose = 'budget'
    and w.code = '' and w.unit = $4
  left join budget_rule r on r.agency_id = $1 and r.owner_kind = n.kind and r.owner_id = n.id
  order by n.i`
