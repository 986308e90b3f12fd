import { sql } from 'kysely'
import type { z } from 'zod'
import type { Ctx } from '../../server/context.ts'
import { visibleClients } from '../access/public.ts'
import type { unassignedSeen as contract } from './contract.ts'

const namesShown = 20

/**
 * Clients assigned to nobody that a member at this place sees with `seesUnassigned` on (A21, A22): those at the
 * root or in the portfolio of somebody above. `under` is the member itself or, for a new one, its future
 * parent; null at the root. Only what the caller sees is counted.
 */
export async function unassignedSeen(ctx: Ctx, under: string | null): Promise<z.output<typeof contract>> {
  const rows = await visibleClients(ctx)
    .where('client.assignee_count', '=', 0)
    .where('client.status', '<>', 'archived')
    .where(sql<boolean>`(client.home_id is null or client.home_id in (
      select k.ancestor_id from member_closure k where k.agency_id = ${ctx.agencyId} and k.descendant_id = ${under}::uuid))`)
    .select(['client.name', sql<number>`count(*) over ()::int`.as('count')])
    .orderBy('client.name_key')
    .orderBy('client.id')
    .limit(namesShown)
    .execute()
  return { count: rows[0]?.count ?? 0, names: rows.map((r) => r.name) }
}
