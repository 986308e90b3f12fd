import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { newId } from '../../server/ids.ts'
import { Refusal } from '../../server/refusal.ts'
import { within } from '../../server/within.ts'
import { linesOfGross, registeredBuyer, sellingNow } from '../invoices/public.ts'
import { moneyText } from '../wallets/public.ts'
import type { refundPurchase as contract } from './contract.ts'
import { askRefund } from './jobs.ts'
import { refundableOf, type Refundable } from './refundable.ts'

type Answer = AnswerOf<typeof contract>

/**
 * The operator gives a paid purchase back, whole or in part: first to the card that paid, then to prepaid credit. Here
 * it is only decided; a job asks the provider, then moves the money and issues the credit note.
 */
export async function refundPurchase(ctx: Ctx, { params, body }: InputOf<typeof contract>): Promise<Answer> {
  const buyer = await registeredBuyer(ctx, params.id)
  return within(ctx, buyer, async (inner) => {
    inner.actor = ctx.actor
    // Refused now rather than once the money is gone.
    await sellingNow(inner)
    const found = await refundableOf(inner, params.id)
    if (found.pending) throw new Refusal(409, 'refund.pending')
    return decide(inner, found, body)
  })
}

async function decide(
  ctx: Ctx,
  { purchase, creditable, left, cardLeft }: Refundable,
  { reason, amount }: InputOf<typeof contract>['body'],
): Promise<Answer> {
  const { currency } = purchase
  const asked = amount ? BigInt(amount.amount) : left
  if (asked > left || left === 0n || (amount && amount.currency !== currency))
    throw new Refusal(409, 'refund.too_much', {
      values: { left: moneyText(ctx.locale, left, currency) },
      data: { left: { amount: Number(left), currency } },
    })
  const { net, vat } = linesOfGross(creditable, asked, reason)
  const gross = net + vat
  const card = gross < cardLeft ? gross : cardLeft
  const id = newId()
  await ctx.tx.query(
    'refund_open',
    `insert into purchase_refund (agency_id, id, purchase_id, operation_key, net, vat, card_amount, prepaid_amount, reason,
       state, created_by_name, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'pending', $10, $11)`,
    [
      ctx.agencyId,
      id,
      purchase.id,
      `refund:${id}`,
      net,
      vat,
      card,
      gross - card,
      reason,
      ctx.actor?.name ?? null,
      ctx.nowIso,
    ],
  )
  const by = ctx.actor && { userId: ctx.actor.userId, name: ctx.actor.name, email: ctx.actor.email }
  await ctx.enqueue(askRefund, { refundId: id, by }, { key: `refund:${id}` })
  return {
    card: { amount: Number(card), currency },
    prepaid: { amount: Number(gross - card), currency },
  }
}
