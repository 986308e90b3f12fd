import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import type { Ctx } from '../../server/context.ts'
import type { getAuditChoices as choices, listAuditEvents as list } from './contract.ts'
import { auditAnswer, findEvents } from './find-events.ts'

/** A page of the journal. */
export async function listAuditEvents(
  ctx: Ctx,
  { query }: InputOf<typeof list>,
): Promise<AnswerOf<typeof list>> {
  const { limit, cursor, ...filters } = query
  const rows = await findEvents(ctx, filters, limit + 1, cursor)
  const data = rows.slice(0, limit)
  return {
    data: data.map((e) => auditAnswer(ctx, e)),
    nextCursor: rows.length > limit ? String(data.at(-1)!.seq) : null,
  }
}

/** Distinct actions and actors, found by hopping along their index: as fast with a million events as with ten. */
export async function getAuditChoices(ctx: Ctx): Promise<AnswerOf<typeof choices>> {
  const actions = await ctx.tx.query<{ action: string }>(
    'audit_actions',
    `with recursive hop as (
       (select action from audit_event where agency_id = $1 order by action limit 1)
       union all
       select (select e.action from audit_event e where e.agency_id = $1 and e.action > hop.action order by e.action limit 1) from hop where hop.action is not null)
     select action from hop where action is not null`,
    [ctx.agencyId],
  )
  const actors = await ctx.db
    .selectFrom('realm_user')
    .select(['id', 'name'])
    .where('agency_id', '=', ctx.agencyId)
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('audit_event')
          .where('audit_event.agency_id', '=', ctx.agencyId)
          .whereRef('audit_event.actor_user_id', '=', 'realm_user.id'),
      ),
    )
    .orderBy('name')
    .limit(1000)
    .execute()
  const { texts } = ctx.app
  const label = (action: string) =>
    texts.has(`audit.${action}`) ? texts.t(ctx.locale, `audit.${action}`) : action
  return {
    actions: actions.map(({ action }) => ({ action, label: label(action) })),
    actors: actors.map((a) => ({ id: toPublicId('user', a.id), name: a.name })),
  }
}
