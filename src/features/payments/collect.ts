import type { App } from '../../server/context.ts'
import { runInTenant } from '../../server/run-in-tenant.ts'
import { askProvider, type Outcome } from './ask-provider.ts'
import { beginAttempts, type Attempt } from './begin-attempts.ts'
import { recordOutcomes } from './record-outcomes.ts'

/** Payments asked of the provider at the same time. */
const atOnce = 16

/**
 * Collects purchases: begins in one transaction, asks the provider outside any, records in one transaction. Killed
 * anywhere it is simply run again. Throws when the provider gave no answer for some, once the others are recorded.
 */
export async function collect(app: App, agencyId: string, ids: readonly string[]): Promise<void> {
  const { attempts, slug } = await runInTenant(app, { agencyId }, async (ctx) => ({
    attempts: await beginAttempts(ctx, ids),
    slug: ctx.agency?.slug ?? '',
  }))
  const silent: unknown[] = []
  const outcomes: Outcome[] = []
  const ask = async (a: Attempt) => {
    try {
      outcomes.push(await askProvider(app, { id: agencyId, slug }, a))
    } catch (error) {
      silent.push(error)
    }
  }
  for (let i = 0; i < attempts.length; i += atOnce) await Promise.all(attempts.slice(i, i + atOnce).map(ask))
  await record(app, agencyId, outcomes)
  if (silent.length > 0)
    throw new Error(`the payment provider gave no answer for ${silent.length} of ${attempts.length}`, {
      cause: silent[0],
    })
}

/** All in one transaction; when one cannot be recorded, each in its own, so that it holds nobody else up. */
async function record(app: App, agencyId: string, outcomes: readonly Outcome[]): Promise<void> {
  if (outcomes.length === 0) return
  try {
    await runInTenant(app, { agencyId }, (ctx) => recordOutcomes(ctx, outcomes))
  } catch (error) {
    if (outcomes.length === 1) throw error
    let last: Error | undefined
    for (const outcome of outcomes)
      await runInTenant(app, { agencyId }, (ctx) => recordOutcomes(ctx, [outcome])).catch(
        (e: Error) => (last = e),
      )
    if (last !== undefined) throw last
  }
}
