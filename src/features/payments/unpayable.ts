import type { Ctx } from '../../server/context.ts'
import { Refusal } from '../../server/refusal.ts'
import type { Payer } from '../agency-billing/public.ts'
import { balancesOf, moneyText } from '../wallets/public.ts'
import { activeCard } from './active-card.ts'
import { prepaidWallets } from './prepaid-wallets.ts'

/**
 * 409 `payment_method.missing` when the payer has no card and too little prepaid credit for `gross` minor units; data
 * `{ missing: {amount, currency} }` says how much.
 */
export async function refuseUnpayable(
  ctx: Ctx,
  p: { payer: Payer; payerId: string; currency: string; use: string; prepaidOf?: string | null | undefined },
  gross: bigint,
): Promise<void> {
  if (await activeCard(ctx, p.payerId)) return
  const refs = p.use === 'card' ? [] : prepaidWallets(p)
  const balances = refs.length > 0 ? await balancesOf(ctx, refs) : []
  const missing = gross - balances.reduce((sum, b) => sum + b.available, 0n)
  if (missing > 0n)
    throw new Refusal(409, 'payment_method.missing', {
      values: { missing: moneyText(ctx.locale, missing, p.currency) },
      data: { missing: { amount: Number(missing), currency: p.currency } },
    })
}
