import { z } from 'zod'
import { job } from '../../server/jobs.ts'

/** Removes a deleted note for good, unless its deletion was taken back. */
export const purgeDeletedNote = job({
  name: 'client_notes.purge',
  payload: z.strictObject({ id: z.string() }),
  async run(ctx, { id }) {
    await ctx.db
      .deleteFrom('client_note')
      .where('agency_id', '=', ctx.agencyId)
      .where('id', '=', id)
      .where('deleted_at', 'is not', null)
      .execute()
  },
})
