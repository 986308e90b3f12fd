import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { agencyOf, type Ctx } from '../../server/context.ts'
import { notFound, Refusal } from '../../server/refusal.ts'
import type { Exchange } from '../../server/route.ts'
import { balancesOf, operationKeyOf } from '../wallets/public.ts'
import { budgetWallet, sameNode } from './budget-node.ts'
import { carryBudgets, checkWay } from './carry-budget.ts'
import type { allocateBudgets as allocate, moveBudget as contract } from './contract.ts'
import { checkCurrency, nodeAnswer, nodeOf, nodesInSight, ownNode } from './node-in-sight.ts'

/**
 * Moves budget from a node to another as one operation (C3, C12, C17, C19): from the caller's own level or one
 * below it, to whatever it sees or has its own budget from. 403 `budget.not_yours`; 409 `wallet.insufficient`
 * when less is available (what is held for orders is not), `client.archived`, `budget.member_disabled`.
 */
export async function moveBudget(
  ctx: Ctx,
  { body }: InputOf<typeof contract>,
  { request }: Exchange,
): Promise<AnswerOf<typeof contract>> {
  checkCurrency(ctx, body.amount)
  const nodes = [nodeOf(body.from), nodeOf(body.to)]
  const [from, to] = (await nodesInSight(ctx, nodes, { aboveToo: true })) as [never, never]
  if (sameNode(nodes[0]!, nodes[1]!)) throw new Refusal(409, 'budget.same')
  checkWay(ctx, { from, to })
  await carryBudgets(ctx, operationKeyOf(ctx, 'budget.move', request.headers['idempotency-key']), [
    { from, to, amount: BigInt(body.amount.amount), note: body.note ?? undefined },
  ])
  const balances = await balancesOf(
    ctx,
    nodes.map((n) => budgetWallet(ctx, n)),
  )
  const available = (i: number) => ({
    amount: Number(balances[i]!.available),
    currency: agencyOf(ctx).currency,
  })
  return {
    from: { node: nodeAnswer(ctx, from), available: available(0) },
    to: { node: nodeAnswer(ctx, to), available: available(1) },
  }
}

/** Gives many nodes their budget from the caller's own level: all or none, one lock and one commit. */
export async function allocateBudgets(
  ctx: Ctx,
  { body }: InputOf<typeof allocate>,
  { request }: Exchange,
): Promise<AnswerOf<typeof allocate>> {
  const own = ownNode(ctx)
  if (!own) throw notFound()
  for (const a of body.allocations) checkCurrency(ctx, a.amount)
  const targets = body.allocations.map((a) => nodeOf(a.to))
  const [from, ...tos] = await nodesInSight(ctx, [own, ...targets])
  if (targets.some((n) => sameNode(n, own))) throw new Refusal(409, 'budget.same')
  const ways = tos.map((to, i) => ({
    from: from!,
    to,
    amount: BigInt(body.allocations[i]!.amount.amount),
    note: body.note ?? undefined,
  }))
  for (const way of ways) checkWay(ctx, way)
  await carryBudgets(ctx, operationKeyOf(ctx, 'budget.allocate', request.headers['idempotency-key']), ways)
  const [left] = await balancesOf(ctx, [budgetWallet(ctx, own)])
  const { currency } = agencyOf(ctx)
  return {
    count: ways.length,
    total: { amount: Number(ways.reduce((sum, w) => sum + w.amount, 0n)), currency },
    available: { amount: Number(left!.available), currency },
  }
}
