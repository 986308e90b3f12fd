import type { z } from 'zod'
import type { Money } from '../../contract/common.ts'
import type { Ctx } from '../../server/context.ts'
import { vatOfPayer } from '../payments/public.ts'
import { catalogueNow, planIn, priceOf, type Catalogue } from '../plans/public.ts'
import { discountOf, vatBreakdown, volumeDiscount } from '../rating/public.ts'
import type { breakdown, PlanChoice } from './contract.ts'
import { paidAccounts } from './subscription-of.ts'
import type { Terms } from './terms.ts'

/** How a payer is taxed: rate in hundredths of a percent, and the category its invoice says. */
type VatRate = Awaited<ReturnType<typeof vatOfPayer>>

/** An amount in minor units as the API has it. */
export function money(amount: bigint, currency: string): Money {
  return { amount: Number(amount), currency }
}

/** The terms of a choice in an edition of the plans; 422 at `contactLimit` when it is none of its limits. */
export function termsOf(catalogue: Catalogue, choice: PlanChoice): Terms {
  const plan = planIn(catalogue, choice.planCode)
  return {
    planCode: choice.planCode,
    planVersion: plan.version,
    interval: choice.interval,
    contactLimit: choice.contactLimit,
    listPrice: priceOf(plan, choice.interval, choice.contactLimit),
  }
}

/** What one more paid account costs now. Amounts in minor units. */
export type NewAccountPrice = {
  catalogue: Catalogue
  terms: Terms
  /** Counted for the rung, the new one included. */
  paidAccounts: number
  percent: number
  next: ReturnType<typeof volumeDiscount>['next']
  net: bigint
  vat: VatRate & { amount: bigint }
  total: bigint
}

/** Prices a choice as the agency's next paid account: the rung counts the new one in (B16, B25). */
export async function priceNewAccount(ctx: Ctx, choice: PlanChoice): Promise<NewAccountPrice> {
  const catalogue = await catalogueNow(ctx)
  const terms = termsOf(catalogue, choice)
  const count = (await paidAccounts(ctx)) + 1
  const { percent, next } = volumeDiscount(count, catalogue.ladder)
  const net = terms.listPrice - discountOf(terms.listPrice, percent)
  return { catalogue, terms, paidAccounts: count, percent, next, net, ...(await taxed(ctx, net)) }
}

/** VAT on a net amount that the agency pays, and the sum; minor units. A credit is not taxed here: amounts are never below zero. */
export async function taxed(
  ctx: Ctx,
  net: bigint,
): Promise<{ vat: VatRate & { amount: bigint }; total: bigint }> {
  const treatment = await vatOfPayer(ctx, { kind: 'agency' })
  const { vat, gross } = vatBreakdown([{ net, ...treatment }])
  return { vat: { ...treatment, amount: vat }, total: gross }
}

/** A price as the API shows it. */
export function breakdownAnswer(p: {
  listPrice: bigint
  percent: number
  net: bigint
  vat: VatRate & { amount: bigint }
  total: bigint
  currency: string
}): z.output<typeof breakdown> {
  const { currency } = p
  return {
    listPrice: money(p.listPrice, currency),
    discountPercent: p.percent,
    discount: money(p.listPrice - p.net, currency),
    net: money(p.net, currency),
    vat: vatAnswer(p.vat, currency),
    total: money(p.total, currency),
  }
}

/** VAT as the API shows it. */
export function vatAnswer(vat: VatRate & { amount: bigint }, currency: string) {
  return { rateBasisPoints: vat.rateBasisPoints, category: vat.category, amount: money(vat.amount, currency) }
}
