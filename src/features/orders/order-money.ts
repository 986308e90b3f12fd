import type { Ctx } from '../../server/context.ts'
import { fundOrder, payerOfOrder } from '../budgets/public.ts'
import { captureHold, holdMoney, moveMoney, releaseHold, type WalletRef } from '../wallets/public.ts'

/** The order whose money moves. */
export type PaidOrder = { id: string; client_id: string; currency: string; hold_id: string | null }

/** What is paid for some units: all of it by the client; the operator gets `cost`, the agency the rest. */
export type Share = { price: bigint; cost: bigint }

const reference = (order: { id: string }) => ({ kind: 'order', id: order.id })
const revenue = (order: PaidOrder): WalletRef => ({ counterpart: 'revenue', unit: order.currency })
const agency = (order: PaidOrder): WalletRef => ({ owner: 'agency', purpose: 'budget', unit: order.currency })

/**
 * Keeps an order's total back on the client's budget, which draws what is missing from above if its rule says so
 * and its limit allows. 409 `wallet.insufficient` when it does not hold enough.
 * Null when the order costs nothing. Amounts in minor units.
 */
export async function holdTotal(
  ctx: Ctx,
  order: Omit<PaidOrder, 'hold_id'>,
  total: bigint,
): Promise<string | null> {
  if (total === 0n) return null
  const operationKey = `order.place ${order.id}`
  const wallet = await fundOrder(ctx, { clientId: order.client_id, amount: total, operationKey })
  const { holdId } = await holdMoney(ctx, {
    operationKey,
    wallet,
    amount: total,
    reason: 'order.placed',
    reference: reference(order),
  })
  return holdId
}

/**
 * Pays units delivered: the operator's price to the operator, the agency's margin back to the agency's budget. One
 * operation, so that the client's statement says what it paid and not what that cost the agency.
 */
export async function capture(ctx: Ctx, order: PaidOrder, eventId: string, share: Share): Promise<void> {
  if (order.hold_id === null || share.price === 0n) return
  await captureHold(ctx, {
    operationKey: `order.deliver ${eventId}`,
    holdId: order.hold_id,
    amount: share.price,
    to: revenue(order),
    share: { wallet: agency(order), amount: share.price - share.cost },
    reason: 'order.delivered',
    release: false,
  })
}

/** Lets the money of units go that will not come. */
export async function release(ctx: Ctx, order: PaidOrder, eventId: string, amount: bigint): Promise<void> {
  if (order.hold_id === null || amount === 0n) return
  await releaseHold(ctx, { operationKey: `order.release ${eventId}`, holdId: order.hold_id, amount })
}

/**
 * Pays delivered units back to the client that paid, from where their money went. 409 `wallet.insufficient`
 * when the agency has spent its margin since.
 */
export async function giveBack(ctx: Ctx, order: PaidOrder, eventId: string, share: Share): Promise<void> {
  if (share.price === 0n) return
  const margin = share.price - share.cost
  await moveMoney(ctx, {
    operationKey: `order.refund ${eventId}`,
    reason: 'order.refunded',
    lines: [
      { wallet: payerOfOrder(ctx, order.client_id), amount: share.price },
      ...(share.cost > 0n ? [{ wallet: revenue(order), amount: -share.cost }] : []),
      ...(margin > 0n ? [{ wallet: agency(order), amount: -margin }] : []),
    ],
    reference: reference(order),
  })
}
