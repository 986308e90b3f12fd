import type { App } from '../../server/context.ts'
import { iso } from '../../server/clock.ts'
import { runInTenant } from '../../server/run-in-tenant.ts'
import { collect, collectAgain } from '../payments/public.ts'
import { suspendAccount } from '../subscriptions/public.ts'
import { tellSoon } from './fulfil-renewal.ts'

const batch = 100

type Due = { agency_id: string; subscription_id: string; period_index: number; purchase_id: string }

/** Tries again what is due for it, and closes what ran out of tries, of all agencies; bears being run twice. */
export async function retryDue(app: App, at: Temporal.Instant): Promise<void> {
  for (;;) {
    const due = await dueBy(app, 'next_try_at', at)
    for (const [agencyId, rows] of Map.groupBy(due, (d) => d.agency_id))
      await retryPurchases(
        app,
        agencyId,
        rows.map((r) => r.purchase_id),
      )
    if (due.length < batch) break
  }
  for (;;) {
    const over = await dueBy(app, 'stops_at', at, 'and next_try_at is null')
    for (const r of over) await stop(app, r)
    if (over.length < batch) break
  }
}

/**
 * Tries failed purchases again with the card of now; nobody is at the screen. One that is being paid by hand, or is in
 * the bank's hands, is left alone.
 */
export async function retryPurchases(
  app: App,
  agencyId: string,
  purchaseIds: readonly string[],
): Promise<void> {
  await runInTenant(app, { agencyId }, async (ctx) => {
    // Should this die before an outcome is recorded, it is taken up again within the hour.
    await ctx.tx.query(
      'renewals_tried',
      `update renewal set next_try_at = $3 where agency_id = $1 and purchase_id = any($2) and state = 'retrying'`,
      [ctx.agencyId, purchaseIds, iso(ctx.now.add({ hours: 1 }))],
    )
    for (const id of purchaseIds) await collectAgain(ctx, id, { attended: false, onlyIfFailed: true })
  })
  await collect(app, agencyId, purchaseIds)
}

async function stop(app: App, due: Due): Promise<void> {
  await runInTenant(app, { agencyId: due.agency_id }, async (ctx) => {
    const [row] = await ctx.tx.query(
      'stop_renewal',
      `update renewal set state = 'suspended', stops_at = null, notice = 'suspended'
       where agency_id = $1 and subscription_id = $2 and period_index = $3 and state = 'retrying' returning state`,
      [ctx.agencyId, due.subscription_id, due.period_index],
    )
    if (!row) return
    await suspendAccount(ctx, due.subscription_id)
    await tellSoon(ctx)
  })
}

/** Read through the owner's connection: a scan across tenants; each is then taken in its own tenant. */
async function dueBy(
  app: App,
  column: 'next_try_at' | 'stops_at',
  at: Temporal.Instant,
  also = '',
): Promise<Due[]> {
  const { rows } = await app.database.owner.query<Due>(
    `select agency_id, subscription_id, period_index, purchase_id from renewal
     where state = 'retrying' and ${column} <= $1 ${also} order by ${column}, agency_id, purchase_id limit ${batch}`,
    [iso(at)],
  )
  return rows
}
