import { z } from 'zod'
import { instant, line, money } from '../../contract/common.ts'
import { endpoint } from '../../contract/endpoint.ts'
import { idAnswer, idInput } from '../../contract/ids.ts'

const realms = ['agency'] as const
const params = z.strictObject({ id: idInput('purchase') })

/** Where a purchase stands. */
export const purchaseStates = ['pending', 'requires_action', 'failed', 'paid', 'cancelled'] as const

const purchase = z.strictObject({
  id: idAnswer('purchase'),
  /** What its payment does, e.g. `subscription.renew`. */
  kind: z.string(),
  state: z.enum(purchaseStates),
  payer: z.strictObject({
    kind: z.enum(['agency', 'client']),
    clientId: idAnswer('client').nullable(),
    name: z.string(),
  }),
  lines: z.array(
    z.strictObject({
      label: z.string(),
      quantity: z.int(),
      unitPrice: money,
      discount: money,
      net: money,
      period: z.strictObject({ from: z.string(), to: z.string() }).nullable(),
    }),
  ),
  net: money,
  vat: money,
  total: money,
  /** Parts once paid. */
  prepaidPaid: money,
  cardPaid: money,
  /** Card that is or was asked. */
  card: z.strictObject({ brand: z.string(), last4: z.string() }).nullable(),
  /** Why the last attempt failed: text key `payment.<failure>`. */
  failure: z.string().nullable(),
  /** Where the holder answers the bank (3-D Secure): an address of the provider or a path of ours. */
  actionUrl: z.string().nullable(),
  invoice: z.strictObject({ id: idAnswer('invoice'), number: z.string() }).nullable(),
  attempts: z.int(),
  createdAt: instant,
  paidAt: instant.nullable(),
  can: z.strictObject({ retry: z.boolean(), cancel: z.boolean() }),
})

/** Purchases in sight, newest first; by state when asked. */
export const listPurchases = endpoint({
  name: 'listPurchases',
  method: 'GET',
  path: '/purchases',
  summary: 'Purchases, newest first: what was paid, what failed and what waits.',
  realms: [...realms],
  may: 'purchases.read',
  query: z.strictObject({
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: z.string().max(200).optional(),
    state: z.enum(purchaseStates).optional(),
    /** Only what is not settled: pending, waiting for the bank, failed. */
    open: z.stringbool().optional(),
  }),
  answer: z.strictObject({ data: z.array(purchase), nextCursor: z.string().nullable() }),
})

/** One purchase: what a page polls while it is being paid. */
export const getPurchase = endpoint({
  name: 'getPurchase',
  method: 'GET',
  path: '/purchases/:id',
  summary: 'A purchase with its lines and where its payment stands.',
  realms: [...realms],
  may: 'purchases.read',
  params,
  answer: purchase,
})

/** Tries a failed purchase again, with the card of now and somebody at the screen. */
export const retryPurchase = endpoint({
  name: 'retryPurchase',
  method: 'POST',
  path: '/purchases/:id/retry',
  summary: 'Try to collect a failed purchase again, with the card there is now.',
  realms: [...realms],
  may: 'purchases.pay',
  params,
  answer: purchase,
  refusals: ['purchase.not_failed', 'payment_method.missing', 'billing_profile.incomplete'],
})

/** Gives a failed purchase up. */
export const cancelPurchase = endpoint({
  name: 'cancelPurchase',
  method: 'POST',
  path: '/purchases/:id/cancel',
  summary: 'Give a failed purchase up; a renewal cannot be, cancel its subscription instead.',
  realms: [...realms],
  may: 'purchases.pay',
  params,
  answer: purchase,
  refusals: ['purchase.not_failed', 'purchase.not_cancellable'],
})

/** Asks the provider where a payment stands: on the way back from the bank. */
export const checkPurchase = endpoint({
  name: 'checkPurchase',
  method: 'POST',
  path: '/purchases/:id/check',
  summary: 'Ask the payment provider where a purchase stands, on the way back from the bank.',
  realms: [...realms],
  may: 'purchases.pay',
  params,
  answer: purchase,
})

const bankParams = z.strictObject({ id: z.string().regex(/^[0-9a-f]{32}$/) })
const question = z.strictObject({
  state: z.string(),
  amount: money,
  description: z.string().nullable(),
  last4: z.string(),
  /** Path of ours to go back to. */
  returnTo: z.string(),
})

/** What the sandbox's make-believe bank asks (3-D Secure). */
export const getBankQuestion = endpoint({
  name: 'getBankQuestion',
  method: 'GET',
  path: '/sandbox-bank/:id',
  summary: 'What the sandbox’s bank asks the card’s holder (3-D Secure). Sandbox only.',
  realms: [...realms],
  may: 'purchases.pay',
  params: bankParams,
  answer: question,
})

/** The holder's answer; once. */
export const answerBankQuestion = endpoint({
  name: 'answerBankQuestion',
  method: 'POST',
  path: '/sandbox-bank/:id',
  summary: 'Answer the sandbox’s bank in the holder’s place. Sandbox only.',
  realms: [...realms],
  may: 'purchases.pay',
  params: bankParams,
  body: z.strictObject({ approved: z.boolean() }),
  answer: question,
  refusals: ['bank.answered'],
})

const refundCommon = {
  realms: ['operator' as const],
  may: 'operator' as const,
  path: '/operator/invoices/:id/refunds' as const,
  params: z.strictObject({ id: idInput('invoice') }),
}

/** What can be given back of an invoice, VAT included. */
export const getRefundable = endpoint({
  ...refundCommon,
  name: 'getRefundable',
  method: 'GET',
  summary:
    'What is left to refund of the purchase that an invoice is of: to the card, and to prepaid credit.',
  answer: z.strictObject({
    card: money,
    prepaid: money,
    /** A refund is being asked of the provider: no other can be. */
    pending: z.boolean(),
    /** Why the last refund failed: text key `payment.<failure>`. */
    failure: z.string().nullable(),
  }),
  refusals: ['refund.not_paid_here', 'refund.bought_credit'],
})

/** Gives money back with its credit note. */
export const refundPurchase = endpoint({
  ...refundCommon,
  name: 'refundPurchase',
  method: 'POST',
  summary:
    'Refund the purchase of an invoice, to the card first and then to prepaid credit, and issue its credit note.',
  idempotencyKey: 'required',
  body: z.strictObject({
    reason: line(200),
    /** VAT included; everything that is left when absent. A cent less is given where no base has that sum. */
    amount: money.refine((m) => m.amount > 0, 'field.invalid').optional(),
  }),
  /** What goes where, once the provider has agreed. */
  answer: z.strictObject({ card: money, prepaid: money }),
  status: 202,
  refusals: [
    'refund.not_paid_here',
    'refund.bought_credit',
    'refund.pending',
    'refund.too_much',
    'invoice.no_seller',
  ],
})
