import type { Ctx } from '../../server/context.ts'
import type { PurchaseLine } from '../payments/public.ts'
import type { Terms } from './terms.ts'

/** The plan's line of a period, as an invoice says it in the payer's language. Amounts in minor units. */
export function planLine(
  ctx: Ctx,
  p: {
    terms: Terms
    accountName: string
    net: bigint
    vatRateBasisPoints: number
    from: Temporal.PlainDate
    to: Temporal.PlainDate
    hostedAccountId: string
  },
): PurchaseLine {
  return {
    label: labelOf(ctx, 'plan', p.terms, p.accountName),
    quantity: 1,
    unitPrice: p.terms.listPrice,
    discount: p.terms.listPrice - p.net,
    net: p.net,
    vatRateBasisPoints: p.vatRateBasisPoints,
    period: { from: p.from.toString(), to: p.to.toString() },
    hostedAccountId: p.hostedAccountId,
    kind: 'plan',
  }
}

/** A line of a change in the middle of a period: the rest of it at the new price, or its unused days given back. */
export function prorationLine(
  ctx: Ctx,
  p: {
    which: 'charge' | 'credit'
    terms: Terms
    accountName: string
    amount: bigint
    vatRateBasisPoints: number
    from: Temporal.PlainDate
    to: Temporal.PlainDate
    hostedAccountId: string
  },
): PurchaseLine {
  const net = p.which === 'credit' ? -p.amount : p.amount
  return {
    label: labelOf(ctx, p.which, p.terms, p.accountName),
    quantity: 1,
    unitPrice: net,
    discount: 0n,
    net,
    vatRateBasisPoints: p.vatRateBasisPoints,
    period: { from: p.from.toString(), to: p.to.toString() },
    hostedAccountId: p.hostedAccountId,
    kind: 'proration',
  }
}

function labelOf(ctx: Ctx, which: 'plan' | 'charge' | 'credit', terms: Terms, account: string): string {
  const { texts } = ctx.app
  const language = ctx.agency?.locale ?? ctx.locale
  return texts.t(language, `subscriptions.line.${which}`, {
    plan: texts.t(language, `plan.${terms.planCode}`),
    count: terms.contactLimit,
    account,
  })
}
