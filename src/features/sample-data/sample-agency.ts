import type { Ctx } from '../../server/context.ts'
import { within } from '../../server/within.ts'

/** The one sample agency of an installation: a fixed id, so that two at once cannot make two of it. */
export const sampleAgencyId = '019a0000-5a3b-7e00-8000-0000ca0bee00'

/** Whether this installation may have one: sandboxes only. */
export async function offersSample(ctx: Ctx): Promise<boolean> {
  const [row] = await ctx.tx.query<{ sandbox: boolean }>('is_sandbox', 'select sandbox from installation', [])
  return row?.sandbox ?? false
}

/** Runs `work` in the sample agency if it exists and is at work; null otherwise. */
export function inSampleAgency<T>(ctx: Ctx, work: (inner: Ctx) => Promise<T>): Promise<T | null> {
  return within(ctx, sampleAgencyId, async (inner) => {
    const [row] = await inner.tx.query(
      `sample_agency`,
      `select from agency where agency_id = $1 and is_sample and state = 'active'`,
      [sampleAgencyId],
    )
    return row === undefined ? null : work(inner)
  })
}
