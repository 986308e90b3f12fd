import type { SelectQueryBuilder } from 'kysely'
import type { Ctx } from '../../server/context.ts'
import type { DB } from '../../server/schema.gen.ts'
import { entrustedClients } from '../access/public.ts'

/** Every read of campaigns starts here: those of the clients that the subject of the call sees, `client` joined. */
export function visibleCampaigns(ctx: Ctx): SelectQueryBuilder<DB, 'client' | 'campaign', object> {
  return entrustedClients(ctx).innerJoin('campaign', (j) =>
    j.onRef('campaign.agency_id', '=', 'client.agency_id').onRef('campaign.client_id', '=', 'client.id'),
  )
}
