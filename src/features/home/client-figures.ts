import { sql } from 'kysely'
import type { AnswerOf } from '../../contract/endpoint.ts'
import { memberOf, type Ctx } from '../../server/context.ts'
import { visibleClients } from '../access/public.ts'
import { countCap, type getHome } from './contract.ts'

/** Key figures about clients. */
export type ClientFigures = NonNullable<AnswerOf<typeof getHome>['clients']>

/**
 * Counts the clients the viewer sees, each figure over at most 10,001 rows: the page costs the same however
 * large the agency grows.
 */
export async function countClients(ctx: Ctx): Promise<ClientFigures> {
  const open = () => visibleClients(ctx).where('client.status', '!=', 'archived')
  const me = memberOf(ctx).memberId
  const figures = {
    seen: open(),
    active: open().where('client.status', '=', 'active'),
    paused: open().where('client.status', '=', 'paused'),
    mine: open().where(
      sql<boolean>`exists (select from assignment own where own.agency_id = ${ctx.agencyId} and own.client_id = client.id and own.member_id = ${me})`,
    ),
    unassigned: open().where('client.assignee_count', '=', 0),
    orphan: open().where('client.assignee_count', '>', 0).where(hasNoWorkingAssignee(ctx)),
  }
  const row = await ctx.db
    .selectNoFrom((eb) =>
      (Object.keys(figures) as (keyof ClientFigures)[]).map((name) =>
        eb
          .selectFrom(figures[name].select('client.id').limit(countCap).as('c'))
          .select(sql<number>`count(*)::int`.as('n'))
          .as(name),
      ),
    )
    .executeTakeFirstOrThrow()
  return row as ClientFigures
}

function hasNoWorkingAssignee(ctx: Ctx) {
  return sql<boolean>`not exists (
    select from assignment work join member worker on worker.agency_id = work.agency_id and worker.id = work.member_id
    where work.agency_id = ${ctx.agencyId} and work.client_id = client.id and worker.state <> 'disabled')`
}
