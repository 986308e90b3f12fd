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

export const paymentJobs = [collectPurchases, watchPayment]
