import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { Refusal } from '../../server/refusal.ts'
import { checkBudgetAlerts } from './alert-job.ts'
import { budgetRows } from './budget-rows.ts'
import type { setBudgetRule as contract } from './contract.ts'
import { monthOf } from './month.ts'
import { checkCurrency, nodeOf, nodesInSight } from './node-in-sight.ts'

/**
 * Sets what happens by itself with the budget of a level below the caller's (the agency's own: its warning
 * alone); 403 `budget.not_yours` otherwise, 409 `version.stale` when it was changed since it was read. A monthly amount
 * begins with the next month.
 */
export async function setBudgetRule(
  ctx: Ctx,
  { body }: InputOf<typeof contract>,
): Promise<AnswerOf<typeof contract>> {
  for (const amount of [body.drawLimit, body.alertBelow, body.monthly]) checkCurrency(ctx, amount)
  const [facts] = await nodesInSight(ctx, [nodeOf(body.node)])
  const [before] = await budgetRows(ctx, [facts!])
  if (!before!.can.rules) throw new Refusal(403, 'budget.not_yours')
  const { node } = facts!
  const ofAgency = node.kind === 'agency'
  const stale = (current: unknown) => new Refusal(409, 'version.stale', { data: { current } })
  if (body.version !== undefined && body.version !== before!.rule.version) throw stale(before!.rule)
  const saved = await ctx.tx.query(
    'set_budget_rule',
    `insert into budget_rule (agency_id, owner_kind, owner_id, when_empty, draw_limit, alert_below, monthly_amount, monthly_done, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (agency_id, owner_kind, owner_id) do update set when_empty = excluded.when_empty, draw_limit = excluded.draw_limit,
       alert_below = excluded.alert_below, monthly_amount = excluded.monthly_amount, updated_at = excluded.updated_at,
       alerted_at = case when budget_rule.alert_below is not distinct from excluded.alert_below then budget_rule.alerted_at end,
       monthly_done = case when budget_rule.monthly_amount is null then excluded.monthly_done else budget_rule.monthly_done end,
       version = budget_rule.version + 1
     where $10::integer is null or budget_rule.version = $10 returning version`,
    [
      ctx.agencyId,
      node.kind,
      ofAgency ? ctx.agencyId : node.id,
      ofAgency ? 'stop' : body.whenEmpty,
      !ofAgency && body.whenEmpty === 'draw' ? (body.drawLimit?.amount ?? null) : null,
      body.alertBelow?.amount ?? null,
      ofAgency ? null : (body.monthly?.amount ?? null),
      monthOf(ctx).name,
      ctx.nowIso,
      body.version ?? null,
    ],
  )
  const [after] = await budgetRows(ctx, [facts!])
  // Somebody saved at the same time, and was first.
  if (saved.length === 0) throw stale(after!.rule)
  ctx.audit({
    action: 'budget.rule_changed',
    ...(node.kind === 'client' && { clientId: node.id }),
    ...(node.kind === 'member' && { memberId: node.id }),
    entity: { kind: node.kind, id: ofAgency ? ctx.agencyId : node.id, name: facts!.name },
    data: { before: before!.rule, after: after!.rule },
  })
  await ctx.enqueue(checkBudgetAlerts, {}, { key: `budget-alerts:${ctx.agencyId}` })
  ctx.publish({ agencyId: ctx.agencyId, kind: 'budgets' })
  return after!.rule
}
