import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import { agencyOf, memberOf, type Ctx } from '../../server/context.ts'
import { notFound, Refusal } from '../../server/refusal.ts'
import type { Exchange } from '../../server/route.ts'
import { openPurchase, vatOfPayer, type Fulfilment } from '../payments/public.ts'
import { vatBreakdown } from '../rating/public.ts'
import { operationKeyOf } from '../wallets/public.ts'
import type { BudgetNode } from './budget-node.ts'

import type { quoteTopUp as quote, topUpBudget as contract } from './contract.ts'
import { checkCurrency, nodesInSight, type NodeFacts } from './node-in-sight.ts'

type Payer = { kind: 'agency' } | { kind: 'client'; id: string }

/** Whose budget receives, and so whom the invoice is made out to (C12, C13, C21). */
async function receiverOf(ctx: Ctx, client: string | undefined): Promise<{ facts: NodeFacts; payer: Payer }> {
  // The agency's own budget is its owners' to fill; a client's own people fill theirs.
  if (client === undefined && memberOf(ctx).role !== 'owner') throw notFound()
  const node: BudgetNode = client === undefined ? { kind: 'agency' } : { kind: 'client', id: client }
  const [facts] = await nodesInSight(ctx, [node])
  if (facts!.closed) throw new Refusal(409, 'client.archived')
  return { facts: facts!, payer: client === undefined ? { kind: 'agency' } : { kind: 'client', id: client } }
}

/** What a top-up costs: the budget is net, VAT comes on top as on any invoice. */
export async function quoteTopUp(
  ctx: Ctx,
  { query }: InputOf<typeof quote>,
): Promise<AnswerOf<typeof quote>> {
  const { facts, payer } = await receiverOf(ctx, query.client)
  const vat = await vatOfPayer(ctx, payer)
  const totals = vatBreakdown([
    { net: BigInt(query.amount), rateBasisPoints: vat.rateBasisPoints, category: vat.category },
  ])
  const money = (amount: bigint) => ({ amount: Number(amount), currency: agencyOf(ctx).currency })
  return {
    net: money(totals.net),
    vat: money(totals.vat),
    total: money(totals.gross),
    payer: facts.name,
  }
}

/** Opens the purchase that fills a budget; refusals as `openPurchase`. */
export async function topUpBudget(
  ctx: Ctx,
  { body }: InputOf<typeof contract>,
  { request }: Exchange,
): Promise<AnswerOf<typeof contract>> {
  checkCurrency(ctx, body.amount)
  const { facts, payer } = await receiverOf(ctx, body.client)
  const vat = await vatOfPayer(ctx, payer)
  const net = BigInt(body.amount.amount)
  const { purchaseId } = await openPurchase(ctx, {
    operationKey: operationKeyOf(ctx, 'budget.top_up', request.headers['idempotency-key']),
    kind: 'budget.top_up',
    payer,
    currency: body.amount.currency,
    lines: [
      {
        kind: 'budget',
        label: ctx.app.texts.t(agencyOf(ctx).locale, 'budgets.topUp.line', { name: facts.name }),
        quantity: 1,
        unitPrice: net,
        discount: 0n,
        net,
        vatRateBasisPoints: vat.rateBasisPoints,
      },
    ],
    subject: null,
    use: payer.kind === 'agency' ? 'prepaid_then_card' : 'card',
  })
  return { purchaseId: toPublicId('purchase', purchaseId) }
}

/** A paid top-up: what was bought, net of VAT, goes to the payer's own budget. */
export const budgetTopUp: Fulfilment = {
  kind: 'budget.top_up',
  reason: 'budget.topped_up',
  receivers: ({ payer, currency, net }) => [
    {
      wallet:
        payer.kind === 'agency'
          ? { owner: 'agency', purpose: 'budget', unit: currency }
          : { owner: 'client', id: payer.id, purpose: 'budget', unit: currency },
      amount: net,
    },
  ],
  async run(ctx) {
    ctx.publish({ agencyId: ctx.agencyId, kind: 'budgets' })
  },
  async cancelled() {},
}
