import { sql } from 'kysely'
import type { AnswerOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import { memberOf, type Ctx } from '../../server/context.ts'
import { visibleClients } from '../access/public.ts'
import type { getHome } from './contract.ts'

type OwnClient = AnswerOf<typeof getHome>['mine'][number]

/** The viewer's own clients, where something happened last first. */
export async function latestOwnClients(ctx: Ctx, most = 8): Promise<OwnClient[]> {
  const me = memberOf(ctx).memberId
  const rows = await visibleClients(ctx)
    .where('client.status', '!=', 'archived')
    .where(
      sql<boolean>`client.id in (select own.client_id from assignment own where own.agency_id = ${ctx.agencyId} and own.member_id = ${me})`,
    )
    .select(['client.id', 'client.name', 'client.website', 'client.status', 'client.last_activity_at'])
    .orderBy('client.last_activity_at', 'desc')
    .orderBy('client.id', 'desc')
    .limit(most)
    .execute()
  return rows.map((r) => ({
    id: toPublicId('client', r.id),
    name: r.name,
    website: r.website,
    status: r.status as OwnClient['status'],
    lastActivityAt: r.last_activity_at,
  }))
}
