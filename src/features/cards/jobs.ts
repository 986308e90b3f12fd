import { z } from 'zod'
import type { Ctx } from '../../server/context.ts'
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

/** Asks the provider how the adding of a card went: it said that something moved. */
export const checkSetup = job({
  name: 'cards.check',
  payload: z.strictObject({ setupId: z.string() }),
  async runApart(app, agencyId, { setupId }) {
    const { refreshSetup } = await import('./change-setup.ts')
    await refreshSetup(app, agencyId, setupId)
  },
})

/** Has a setup looked at; one that is not there is left alone. */
export async function setupMoved(ctx: Ctx, setupId: string): Promise<void> {
  await ctx.enqueue(checkSetup, { setupId }, { key: `setup:${setupId}` })
}

export const cardJobs = [forgetCard, checkSetup]
