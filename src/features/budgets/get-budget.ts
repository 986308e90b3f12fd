import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { memberOf, type Ctx } from '../../server/context.ts'
import { notFound } from '../../server/refusal.ts'
import type { BudgetNode } from './budget-node.ts'
import { budgetRows } from './budget-rows.ts'
import { openRequestsBelow, openRequestOf } from './budget-requests.ts'
import type { getBudget as contract } from './contract.ts'
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
