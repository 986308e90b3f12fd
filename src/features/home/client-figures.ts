import { sql } from 'kysely'
import type { AnswerOf } from '../../contract/endpoint.ts'
import { memberOf, type Ctx } from '../../server/context.ts'
import { visibleClients } from '../access/public.ts'
import { countCap, type getHome } from './contract.ts'

/** Key figures about clients. */
export type ClientFigures = NonNullable<AnswerOf<typeof getHome>['clients']>

/**
 * Counts the clients the viewer sees, each figure over at most 10,001 rows: the page costs the same however
 * large the agency grows. By status, over those same rows.
 */
export async function countClients(ctx: Ctx): Promise<ClientFigures> {
  const open = () => visibleClients(ctx).where('client.status', '!=', 'archived')
  const me = memberOf(ctx).memberId
  const own = sql<boolean>`client.id in (select a.client_id from assignment a
    where a.agency_id = ${ctx.agencyId} and a.member_id = ${me})`
  const figures = {
    mine: open().where(own),
    unassigned: open().where('client.assignee_count', '=', 0),
    orphan: open().where(onlyDisabled(ctx)),
  }
  const row = await ctx.db
    .selectFrom(open().select('client.status').limit(countCap).as('c'))
    .select([
      sql<number>`count(*)::int`.as('seen'),
      sql<number>`count(*) filter (where c.status = 'active')::int`.as('active'),
      sql<number>`count(*) filter (where c.status = 'paused')::int`.as('paused'),
    ])
    .select((eb) =>
      (Object.keys(figures) as (keyof typeof figures)[]).map((name) =>
        eb
          .selectFrom(figures[name].select('client.id').limit(countCap).as('c'))
          .select(sql<number>`count(*)::int`.as('n'))
          .as(name),
      ),
    )
    .executeTakeFirstOrThrow()
  return row as ClientFigures
}

/** Assigned, and to disabled people only; looked for from those people, who are few, not from the clients. */
function onlyDisabled(ctx: Ctx) {
  return sql<boolean>`client.id in (
      select a.client_id from assignment a join member m on m.agency_id = a.agency_id and m.id = a.member_id
      where a.agency_id = ${ctx.agencyId} and m.agency_id = ${ctx.agencyId} and m.state = 'disabled')
    and not exists (
      select from assignment a join member m on m.agency_id = a.agency_id and m.id = a.member_id
      where a.agency_id = ${ctx.agencyId} and a.client_id = client.id and m.state <> 'disabled')`
}
