import type { SelectQueryBuilder } from 'kysely'
import type { Ctx } from '../../server/context.ts'
import type { DB } from '../../server/schema.gen.ts'
import { entrustedClients } from '../access/public.ts'

/** Every read of projects starts here: those of the clients that the subject of the call sees, `client` joined. */
export function visibleProjects(ctx: Ctx): SelectQueryBuilder<DB, 'client' | 'project', object> {
  return entrustedClients(ctx).innerJoin('project', (j) =>
    j.onRef('project.agency_id', '=', 'client.agency_id').onRef('project.client_id', '=', 'client.id'),
  )
}
