import type { SelectQueryBuilder } from 'kysely'
import type { Ctx } from '../../server/context.ts'
import type { DB } from '../../server/schema.gen.ts'
import { entrustedClients, type Viewer } from '../access/public.ts'

/**
 * Every read of orders starts here: those of the clients that the subject of the call sees today, `client`
 * joined. Who stood above the client when it was ordered is on the row (`path_ids`, `manager_id`,
 * `consultant_id`): totals group by that, so that moving a client or a member never shifts history. `viewer` is
 * the subject with the reach of its sight, for pages of a list.
 */
export function visibleOrders(
  ctx: Ctx,
  viewer?: Viewer,
): SelectQueryBuilder<DB, 'client' | 'client_order', object> {
  return entrustedClients(ctx, viewer).innerJoin('client_order', (j) =>
    j
      .onRef('client_order.agency_id', '=', 'client.agency_id')
      .onRef('client_order.client_id', '=', 'client.id'),
  )
}
