import { z } from 'zod'
import { calendarDate, money } from '../../contract/common.ts'
import { endpoint } from '../../contract/endpoint.ts'
import { idAnswer, idInput } from '../../contract/ids.ts'
import { accountRecord } from '../hosted-accounts/contract.ts'
import { intervals, paidPlanCodes } from '../plans/contract.ts'
import { breakdown, planChoice } from '../subscriptions/contract.ts'

const realms = ['agency'] as const
const may = 'resale.manage' as const
const params = z.strictObject({ id: idInput('hostedAccount') })
const paidPlan = z.enum(paidPlanCodes)
const interval = z.enum(intervals)

/** What a change does and costs. */
export const changeQuote = z.strictObject({
  /** `upgrade`: now, prorated. `interval`: a new period from today. `renew`: an ended or trial account is bought. `downgrade`: with the next period. `none`: nothing differs. */
  kind: z.enum(['upgrade', 'downgrade', 'interval', 'renew', 'none']),
  when: z.enum(['now', 'period_end']),
  effectiveOn: calendarDate,
  /** What a whole period costs from then on. */
  price: breakdown,
  /** Unused days of what was paid, given back; zero when nothing is. */
  credit: money,
  /** Charged for the rest of the period, or for the new one. */
  charge: money,
  daysLeft: z.int(),
  days: z.int(),
  net: money,
  vat: z.strictObject({ rateBasisPoints: z.int(), category: z.string(), amount: money }),
  /** Due now; zero when nothing is. */
  total: money,
  renewsOn: calendarDate,
})
export type ChangeQuoteAnswer = z.output<typeof changeQuote>

/** What a change of plan would cost, to the cent, before it is confirmed. */
export const quoteSubscriptionChange = endpoint({
  name: 'quoteSubscriptionChange',
  method: 'GET',
  path: '/hosted-accounts/:id/change-quote',
  summary: 'What changing plan, rhythm or contact limit does and costs: now or at the end of the period.',
  realms: [...realms],
  may,
  params,
  // Left out: as it is now.
  query: planChoice.partial(),
  answer: changeQuote,
  refusals: ['subscription.renewing', 'hosted_account.status'],
})

/** Changes plan, rhythm or contact limit (B10, B59). */
export const changeSubscription = endpoint({
  name: 'changeSubscription',
  method: 'POST',
  path: '/hosted-accounts/:id/change',
  summary:
    'Change plan, rhythm or contact limit: an upgrade is paid and done now, a downgrade comes with the next period.',
  realms: [...realms],
  may,
  params,
  idempotencyKey: 'required',
  body: planChoice.extend({
    version: z.int(),
    /** What the quote said is due: 409 `quote.changed` when it is another amount by now. */
    expectedTotal: money,
  }),
  answer: z.strictObject({
    state: z.enum(['paying', 'scheduled', 'done']),
    /** To follow while it is paid. */
    purchaseId: idAnswer('purchase').nullable(),
    account: accountRecord,
  }),
  refusals: [
    'version.stale',
    'quote.changed',
    'subscription.unchanged',
    'subscription.unpaid',
    'subscription.change_under_way',
    'subscription.cancelled',
    'subscription.renewing',
    'hosted_account.status',
    'payment_method.missing',
    'billing_profile.incomplete',
    'purchase.key_reused',
  ],
})

const act = {
  method: 'POST' as const,
  realms: [...realms],
  may,
  params,
  body: z.strictObject({ version: z.int() }),
  answer: accountRecord,
}

/** Takes back a change that was to come with the next period. */
export const dropPendingChange = endpoint({
  ...act,
  name: 'dropPendingChange',
  path: '/hosted-accounts/:id/drop-change',
  summary: 'Take back the change that was to begin with the next period.',
  refusals: ['version.stale', 'subscription.nothing_pending'],
})

/** Lets an account end with its period (B62). */
export const cancelSubscription = endpoint({
  ...act,
  name: 'cancelSubscription',
  path: '/hosted-accounts/:id/cancel',
  summary: 'Cancel a hosted account: it runs to the end of what is paid, and can be taken back until then.',
  refusals: ['version.stale', 'hosted_account.status'],
})

/** Takes a cancellation back, until the end. */
export const undoCancelSubscription = endpoint({
  ...act,
  name: 'undoCancelSubscription',
  path: '/hosted-accounts/:id/undo-cancel',
  summary: 'Take a cancellation back before the period ends.',
  refusals: ['version.stale', 'hosted_account.status'],
})

/** Prolongs a trial once, from the day it expires (B60). */
export const extendTrial = endpoint({
  ...act,
  name: 'extendTrial',
  path: '/hosted-accounts/:id/extend-trial',
  summary: 'Prolong a trial by fourteen days from its expiry; once only.',
  refusals: [
    'version.stale',
    'hosted_account.status',
    'subscription.trial_extended',
    'subscription.trial_too_late',
  ],
})

/** Asks the operator for a second extension of a trial (B60). */
export const requestTrialExtension = endpoint({
  name: 'requestTrialExtension',
  method: 'POST',
  path: '/hosted-accounts/:id/trial-extension-requests',
  summary: 'Ask the operator to prolong a trial that was extended already; granting it extends the trial.',
  realms: [...realms],
  may,
  params,
  answer: z.strictObject({ id: idAnswer('supportRequest') }),
  status: 201,
  refusals: ['hosted_account.status', 'subscription.trial_not_extended', 'support_request.already_open'],
})

/** Periods billed and changes made, newest first: the account’s own billing history. */
export const listSubscriptionPeriods = endpoint({
  name: 'listSubscriptionPeriods',
  method: 'GET',
  path: '/hosted-accounts/:id/periods',
  summary: 'Periods a hosted account was billed for and changes made to its plan, newest first.',
  realms: [...realms],
  may,
  params,
  answer: z.strictObject({
    periods: z.array(
      z.strictObject({
        index: z.int(),
        from: calendarDate,
        to: calendarDate,
        planCode: z.enum([...paidPlanCodes, 'trial']),
        interval: interval.nullable(),
        contactLimit: z.int(),
        listPrice: money,
        discountPercent: z.int(),
        paidAccounts: z.int(),
        net: money,
        purchaseId: idAnswer('purchase').nullable(),
      }),
    ),
    changes: z.array(
      z.strictObject({
        kind: z.enum(['upgrade', 'downgrade', 'interval', 'renew']),
        state: z.enum(['paying', 'scheduled', 'done', 'dropped']),
        planCode: paidPlan,
        interval,
        contactLimit: z.int(),
        credit: money,
        charge: money,
        askedAt: z.string(),
        askedBy: z.string(),
        purchaseId: idAnswer('purchase').nullable(),
      }),
    ),
  }),
})
