import { toPublicId } from '../../contract/ids.ts'
import type { App } from '../../server/context.ts'
import { runInTenant } from '../../server/run-in-tenant.ts'
import { findingColumns } from './deliver-order.ts'
import { visitProof } from './proof-page.ts'

/** Visits a proof with no transaction open, then keeps what was found, unless another proof came meanwhile. */
export async function checkDeliveredProof(
  app: App,
  agencyId: string,
  { deliveryId, version }: { deliveryId: string; version: number },
): Promise<void> {
  const proof = await runInTenant(app, { agencyId }, async (ctx) =>
    ctx.db
      .selectFrom('order_delivery as d')
      .innerJoin('order_line as l', (j) =>
        j.onRef('l.agency_id', '=', 'd.agency_id').onRef('l.id', '=', 'd.line_id'),
      )
      .select(['d.proof_url', 'l.target_url'])
      .where('d.agency_id', '=', agencyId)
      .where('d.id', '=', deliveryId)
      .where('d.version', '=', version)
      .executeTakeFirst(),
  )
  if (!proof?.proof_url) return
  const found = await visitProof(proof.proof_url, proof.target_url, app.config.fetchAllowed)
  await runInTenant(app, { agencyId }, async (ctx) => {
    const row = await ctx.db
      .updateTable('order_delivery')
      .set({ ...findingColumns(found), checked_at: ctx.nowIso })
      .where('agency_id', '=', agencyId)
      .where('id', '=', deliveryId)
      .where('version', '=', version)
      .returning('order_id')
      .executeTakeFirst()
    if (row) ctx.publish({ agencyId, kind: 'orders', id: toPublicId('order', row.order_id) })
  })
}
