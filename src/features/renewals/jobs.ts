import { z } from 'zod'
import { job } from '../../server/jobs.ts'

/** Bills and collects renewals of one agency that are due. */
export const billRenewals = job({
  name: 'renewals.bill',
  payload: z.strictObject({ ids: z.array(z.string()) }),
  async runApart(app, agencyId, { ids }) {
    const { billDue } = await import('./bill-due.ts')
    await billDue(app, agencyId, ids)
  },
})

/** Tells the agency of payments that failed, of suspensions and of reopenings. */
export const sendNotices = job({
  name: 'renewals.notices',
  payload: z.strictObject({}),
  async run(ctx) {
    const { tellOfRenewals } = await import('./notices.ts')
    await tellOfRenewals(ctx)
  },
})

/** Tries what a payer owes again, now that it has another card. */
export const retryOwed = job({
  name: 'renewals.retry_owed',
  payload: z.strictObject({ payerId: z.string() }),
  async runApart(app, agencyId, { payerId }) {
    const { retryOwedBy } = await import('./retry-owed.ts')
    await retryOwedBy(app, agencyId, payerId)
  },
})

export const renewalJobs = [billRenewals, sendNotices, retryOwed]
