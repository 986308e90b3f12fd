import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import { agencyOf, type Ctx } from '../../server/context.ts'
import { Refusal, notFound } from '../../server/refusal.ts'
import type { Exchange } from '../../server/route.ts'
import { openPurchase, vatOfPayer, type Fulfilment } from '../payments/public.ts'
import { accountsOnPlans } from '../subscriptions/public.ts'
import { moneyText, moveMoney, operationKeyOf } from '../wallets/public.ts'
import { agencyWallet, unitOf } from './credit-wallets.ts'
import { packsOf } from './credit-balances.ts'
import type { buyCredit as contract, CreditKind } from './contract.ts'
import { editionNow } from './editions.ts'

type Subject = { credit: CreditKind; quantity: number }

/**
 * Opens the purchase of a pack. Prepaid credit is paid by card, and may be for one hosted account (B69); SMS and
 * previews may be paid with prepaid credit (B68) and are always the agency's first. 409 `credit.pack_gone` when
 * the operator has changed its prices since the page was read; otherwise as `openPurchase`.
 */
export async function buyCredit(
  ctx: Ctx,
  { params, body }: InputOf<typeof contract>,
  { request }: Exchange,
): Promise<AnswerOf<typeof contract>> {
  const { kind } = params
  const edition = await editionNow(ctx)
  const pack = packsOf(edition, kind).find((p) => p.id === body.packId)
  if (!pack) throw new Refusal(409, 'credit.pack_gone')
  const of = body.hostedAccountId
  if (of !== undefined && kind !== 'prepaid') throw new Refusal(409, 'credit.not_for_one')
  const [account] = of === undefined ? [] : await accountsOnPlans(ctx, { id: of, limit: 1 })
  if (of !== undefined && !account) throw notFound()
  const vat = await vatOfPayer(ctx, { kind: 'agency' })
  const { locale } = agencyOf(ctx)
  const net = BigInt(pack.price)
  const subject: Subject = { credit: kind, quantity: pack.quantity }
  const { purchaseId } = await openPurchase(ctx, {
    operationKey: operationKeyOf(ctx, 'credit.buy', request.headers['idempotency-key']),
    kind: kind === 'prepaid' ? 'credit.prepaid' : 'credit.buy',
    payer: { kind: 'agency' },
    currency: edition.currency,
    lines: [
      {
        kind: `credit.${kind}`,
        label: ctx.app.texts.t(locale, account ? 'credits.line.prepaidOf' : `credits.line.${kind}`, {
          count: pack.quantity,
          amount: moneyText(locale, net, edition.currency),
          name: account?.name ?? '',
        }),
        quantity: 1,
        unitPrice: net,
        discount: 0n,
        net,
        vatRateBasisPoints: vat.rateBasisPoints,
        ...(of !== undefined && { hostedAccountId: of }),
      },
    ],
    subject,
    use: kind === 'prepaid' ? 'card' : 'prepaid_then_card',
    ...(of !== undefined && { prepaidOf: of }),
  })
  return { purchaseId: toPublicId('purchase', purchaseId) }
}

/** Paid prepaid credit: all of it, VAT included, is owed to the agency or the account until it is used. */
export const creditPrepaid: Fulfilment = {
  kind: 'credit.prepaid',
  deposit: true,
  receivers: (p) => [
    {
      wallet: p.prepaidOf
        ? { owner: 'hosted_account', id: p.prepaidOf, purpose: 'prepaid', unit: p.currency }
        : { owner: 'agency', purpose: 'prepaid', unit: p.currency },
      amount: p.gross,
    },
  ],
  async run(ctx) {
    ctx.publish({ agencyId: ctx.agencyId, kind: 'budgets' })
  },
  async cancelled() {},
}

/** Paid SMS or previews: the pieces appear in the agency's balance. */
export const creditBuy: Fulfilment = {
  kind: 'credit.buy',
  async run(ctx, purchase) {
    const { credit, quantity } = purchase.subject as Subject
    await moveMoney(ctx, {
      operationKey: `credit.bought:${purchase.id}`,
      reason: 'credit.bought',
      lines: [
        { wallet: { counterpart: 'issued', unit: unitOf(ctx, credit) }, amount: -BigInt(quantity) },
        { wallet: agencyWallet(ctx, credit), amount: BigInt(quantity) },
      ],
      reference: { kind: 'purchase', id: purchase.id },
    })
    ctx.publish({ agencyId: ctx.agencyId, kind: 'budgets' })
  },
  async cancelled() {},
}
