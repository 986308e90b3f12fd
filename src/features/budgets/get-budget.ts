import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { agencyOf, memberOf, type Ctx } from '../../server/context.ts'
import { notFound } from '../../server/refusal.ts'
import { levelsOf, type BudgetNode } from './budget-node.ts'
import { budgetRows } from './budget-rows.ts'
import { openRequestsBelow, openRequestOf } from './budget-requests.ts'
import type { getBudget as contract } from './contract.ts'
import { clientParentSql } from './budget-tree.ts'
import { findNodes, nodeAnswer, nodesInSight, ownNode } from './node-in-sight.ts'

/** One budget: a client's, a member's, or the caller's own level; 404 out of sight or for nobody's. */
export async function getBudget(
  ctx: Ctx,
  { query }: InputOf<typeof contract>,
): Promise<AnswerOf<typeof contract>> {
  const node: BudgetNode | null = query.client
    ? { kind: 'client', id: query.client }
    : query.member
      ? { kind: 'member', id: query.member }
      : ownNode(ctx)
  if (!node) throw notFound()
  const [facts] = await nodesInSight(ctx, [node])
  const [row] = await budgetRows(ctx, [facts!])
  return {
    ...row!,
    above: await aboveInSight(ctx, facts!.way.slice(1)),
    below: await belowOf(ctx, node),
    request: await openRequestOf(ctx, facts!),
    waiting: ctx.may('budgets.move') ? await openRequestsBelow(ctx) : 0,
  }
}

/** The levels above, by name, up to the caller's own and the one it depends on. */
async function aboveInSight(ctx: Ctx, way: BudgetNode[]) {
  if (memberOf(ctx).role === 'client') return []
  const found = await findNodes(ctx, way, { aboveToo: true })
  return found.flatMap((facts) => (facts ? [nodeAnswer(ctx, facts)] : []))
}

/** All the budget in the levels below one. */
async function belowOf(ctx: Ctx, node: BudgetNode) {
  if (node.kind === 'client') return null
  const { currency, mode } = agencyOf(ctx)
  const [row] =
    node.kind === 'agency'
      ? await ctx.tx.query<{ total: bigint }>('budget_below_agency', belowAgencySql, [ctx.agencyId, currency])
      : await ctx.tx.query<{ total: bigint }>('budget_below_member', belowMemberSql, [
          ctx.agencyId,
          levelsOf(mode),
          currency,
          node.id,
        ])
  return { amount: Number(row!.total), currency }
}

const belowAgencySql = `select coalesce(sum(balance), 0)::bigint as total from wallet
  where agency_id = $1 and purpose = 'budget' and owner_kind in ('member', 'client') and unit = $2`

const belowMemberSql = `with team as (select descendant_id as id from member_closure where agency_id = $1 and ancestor_id = $4)
  select coalesce(sum(w.balance), 0)::bigint as total from wallet w
  where w.agency_id = $1 and w.purpose = 'budget' and w.unit = $3 and w.balance > 0 and (
    (w.owner_kind = 'member' and w.owner_id <> $4 and w.owner_id in (select id from team))
    or (w.owner_kind = 'client' and w.owner_id in (
      select client.id from client where client.agency_id = $1 and client.id in (
          select client_id from assignment a where a.agency_id = $1 and a.is_lead and a.member_id in (select id from team)
          union all select c.id from client c where c.agency_id = $1 and c.home_id in (select id from team))
        and ${clientParentSql('client')} in (select id from team))))`
