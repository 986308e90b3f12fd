import { z } from 'zod'
import { job } from '../../server/jobs.ts'
import { runInTenant } from '../../server/run-in-tenant.ts'
import { providerNamed } from '../payment-providers/public.ts'

/** Has the provider forget a card that was removed. */
export const forgetCard = job({
  name: 'cards.forget',
  payload: z.strictObject({ id: z.string() }),
  async runApart(app, agencyId, { id }) {
    const card = await runInTenant(app, { agencyId }, (ctx) =>
      ctx.db
        .selectFrom('payment_method')
        .select(['provider', 'token'])
        .where('agency_id', '=', agencyId)
        .where('id', '=', id)
        .executeTakeFirst(),
    )
    if (card) await providerNamed(app, card.provider).forgetCard({ app, agencyId }, card.token)
  },
})

export const cardJobs = [forgetCard]
