import type { App } from '../../server/context.ts'
import { runInTenant } from '../../server/run-in-tenant.ts'
import { dueRenewals } from '../subscriptions/public.ts'
import { billRenewals } from './jobs.ts'

/** Renewals of one job: one transaction to bill them, one to record their payment. */
const batch = 50
const most = 50_000

/**
 * Hands out what is due now, of all agencies, as jobs; those of one agency one after the other, since they count the
 * same volume discount and spend the same credit. What is handed out twice is billed once.
 */
export async function startRenewals(app: App, at: Temporal.Instant): Promise<void> {
  const due = await dueRenewals(app, at, most)
  const collecting = await beingCollected(app)
  for (const [agencyId, rows] of Map.groupBy(due, (d) => d.agencyId)) {
    // The month's credit is on its way: an hour later these draw on it.
    if (collecting.has(agencyId)) continue
    await runInTenant(app, { agencyId }, async (ctx) => {
      for (let i = 0; i < rows.length; i += batch) {
        const ids = rows.slice(i, i + batch).map((r) => r.subscriptionId)
        await ctx.enqueue(billRenewals, { ids }, { key: `renew:${ids[0]}`, queue: `renewals:${agencyId}` })
      }
    })
  }
}

async function beingCollected(app: App): Promise<Set<string>> {
  const { rows } = await app.database.owner.query<{ agency_id: string }>(
    `select c.agency_id from prepaid_collection c join purchase p on p.agency_id = c.agency_id and p.id = c.purchase_id
     where p.state = 'pending' and p.kind = 'prepaid.collect'`,
  )
  return new Set(rows.map((r) => r.agency_id))
}
