import { z } from 'zod'
import { job } from '../../server/jobs.ts'

/** Collects purchases that wait. */
export const collectPurchases = job({
  name: 'payments.collect',
  payload: z.strictObject({ ids: z.array(z.string()) }),
  async runApart(app, agencyId, { ids }) {
    // Loaded here: what it runs opens purchases in its turn.
    const { collect } = await import('./collect.ts')
    await collect(app, agencyId, ids)
  },
})

/** Asks the provider where a payment stands that nobody told us about. */
export const watchPayment = job({
  name: 'payments.watch',
  payload: z.strictObject({ attemptId: z.string(), giveUp: z.boolean() }),
  async runApart(app, agencyId, { attemptId, giveUp }) {
    const { refreshAttempt } = await import('./watch-payment.ts')
    await refreshAttempt(app, agencyId, attemptId, giveUp)
  },
})

/** Asks the provider for a refund, then moves the money and issues the credit note. `by`: the operator who gives it. */
export const askRefund = job({
  name: 'payments.refund',
  payload: z.strictObject({
    refundId: z.string(),
    by: z.strictObject({ userId: z.string(), name: z.string(), email: z.string() }).nullable(),
  }),
  async runApart(app, agencyId, { refundId, by }) {
    const { giveRefund } = await import('./give-refund.ts')
    await giveRefund(app, agencyId, refundId, by && { ...by, memberId: null, role: null })
  },
})

export const paymentJobs = [collectPurchases, watchPayment, askRefund]
