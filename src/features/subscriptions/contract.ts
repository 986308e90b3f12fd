import { z } from 'zod'
import { calendarDate, money } from '../../contract/common.ts'
import { endpoint } from '../../contract/endpoint.ts'
import { intervals, paidPlanCodes, planFeatures } from '../plans/contract.ts'

const realms = ['agency'] as const
const may = 'resale.manage' as const
const paidPlan = z.enum(paidPlanCodes)
const interval = z.enum(intervals)

/** What is chosen: plan, rhythm, contacts. */
export const planChoice = z.strictObject({
  planCode: paidPlan,
  interval,
  contactLimit: z.coerce
    .number()
    .int()
    .min(1)
    .max(10_000_000)
    .meta({ examples: [1000] }),
})
export type PlanChoice = z.output<typeof planChoice>

/** What something costs: list price, discount, net, VAT, due. `total` = `net` + `vat`. */
export const breakdown = z.strictObject({
  listPrice: money,
  discountPercent: z.int(),
  discount: money,
  net: money,
  vat: z.strictObject({ rateBasisPoints: z.int(), category: z.string(), amount: money }),
  total: money,
})

const limits = z.strictObject({
  users: z.int().nullable(),
  mailsPerContact: z.int(),
  customFields: z.int().nullable(),
})
const euros = (amount: number) => ({ amount, currency: 'EUR' })
const exampleBreakdown = {
  listPrice: euros(4900),
  discountPercent: 35,
  discount: euros(1715),
  net: euros(3185),
  vat: { rateBasisPoints: 2000, category: 'S', amount: euros(637) },
  total: euros(3822),
}

/** What can be sold: plans, prices, contact limits, the trial (B24). */
export const getOffer = endpoint({
  name: 'getOffer',
  method: 'GET',
  path: '/hosted-account-offer',
  summary: 'Plans with their prices by contact limit, what a trial is, and the agency’s discount.',
  realms: [...realms],
  may,
  answer: z.strictObject({
    currency: z.string(),
    contactLimits: z.array(z.int()),
    plans: z.array(
      z.strictObject({
        code: paidPlan,
        features: z.array(z.enum(planFeatures)),
        limits,
        /** One per contact limit, before discount and VAT. */
        prices: z.strictObject({ month: z.array(money), year: z.array(money) }),
      }),
    ),
    trial: z.strictObject({ days: z.int(), extensionDays: z.int(), contacts: z.int(), mails: z.int() }),
    ladder: z.array(z.strictObject({ from: z.int(), percent: z.int() })),
    paidAccounts: z.int(),
  }),
})

/** What one more account would cost now (B25): what the form shows as one types. */
export const quoteHostedAccount = endpoint({
  name: 'quoteHostedAccount',
  method: 'GET',
  path: '/hosted-account-quote',
  summary: 'What a new hosted account costs: before discount, discount, VAT, due now.',
  realms: [...realms],
  may,
  query: planChoice,
  answer: breakdown.extend({
    /** Counted for the discount, the new one included. */
    paidAccounts: z.int(),
    next: z.strictObject({ at: z.int(), percent: z.int(), missing: z.int() }).nullable(),
    /** First renewal, the local day of the agency’s zone. */
    renewsOn: calendarDate,
  }),
  example: {
    query: { planCode: 'plus', interval: 'month', contactLimit: '1000' },
    answer: {
      ...exampleBreakdown,
      paidAccounts: 37,
      next: { at: 50, percent: 45, missing: 13 },
      renewsOn: '2026-12-23',
    },
  },
})
