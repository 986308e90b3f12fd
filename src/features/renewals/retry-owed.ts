import type { App } from '../../server/context.ts'
import { runInTenant } from '../../server/run-in-tenant.ts'
import { retryPurchases } from './retry-renewals.ts'

const batch = 50

/** Tries every unpaid renewal of a payer again at once: it has a new card. */
export async function retryOwedBy(app: App, agencyId: string, payerId: string): Promise<void> {
  const rows = await runInTenant(app, { agencyId }, (ctx) =>
    ctx.tx.query<{ purchase_id: string }>(
      'owed_by_payer',
      `select r.purchase_id from renewal r join purchase p on p.agency_id = r.agency_id and p.id = r.purchase_id
       where r.agency_id = $1 and r.state in ('retrying', 'suspended') and p.payer_id = $2 and p.state = 'failed' order by r.due_at, p.id`,
      [ctx.agencyId, payerId],
    ),
  )
  for (let i = 0; i < rows.length; i += batch)
    await retryPurchases(
      app,
      agencyId,
      rows.slice(i, i + batch).map((r) => r.purchase_id),
    )
}
