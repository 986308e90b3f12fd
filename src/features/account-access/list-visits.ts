import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { accountOf, type Ctx } from '../../server/context.ts'
import { cursorId, cursorInstant, decodeCursor, encodeCursor } from '../../server/page-cursor.ts'
import type { listVisits as contract } from './contract.ts'
import { visitAnswer, visitSelect, type VisitRow } from './visit.ts'

type Row = VisitRow & { act_count: number; acts: { action: string; name: string | null; at: string }[] }

// What was done in a visit is what its actor did in its subject's name meanwhile; coming and going are not acts.
const listSql = `
${visitSelect.replace('from account_access_session x', ", coalesce(d.n, 0)::int as act_count, coalesce(d.acts, '[]'::jsonb) as acts\n  from account_access_session x")}
left join lateral (
  select count(*) as n, (jsonb_agg(jsonb_build_object('action', e.action, 'name', e.entity_name, 'at', to_char(e.occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by e.seq desc)
    filter (where e.place <= 10)) as acts
  from (select e.*, row_number() over (order by e.seq desc) as place from audit_event e
    where e.agency_id = x.agency_id and e.actor_user_id = x.actor_user_id and e.subject_user_id = x.subject_user_id
      and e.occurred_at between x.started_at and coalesce(x.ended_at, x.expires_at) and e.action not like 'account_access.%') e
) d on true
where x.agency_id = $1 and x.hosted_account_id = $2 and x.session_id is not null
  and ($4::timestamptz is null or (x.started_at, x.id) < ($4::timestamptz, $5::uuid))
order by x.started_at desc, x.id desc limit $3`

/** Who of the agency was in this account and what they did, newest first: those who never arrived left out. */
export async function listVisits(
  ctx: Ctx,
  { query }: InputOf<typeof contract>,
): Promise<AnswerOf<typeof contract>> {
  const after = decodeCursor(query.cursor, 2)
  const rows = await ctx.tx.query<Row>('list_visits', listSql, [
    ctx.agencyId,
    accountOf(ctx).id,
    query.limit + 1,
    cursorInstant(after?.[0]) ?? null,
    cursorId(after?.[1]) ?? null,
  ])
  const shown = rows.slice(0, query.limit)
  const last = shown.at(-1)
  const { texts } = ctx.app
  const label = (action: string) =>
    texts.has(`audit.${action}`) ? texts.t(ctx.locale, `audit.${action}`) : action
  return {
    data: shown.map((row) => ({
      ...visitAnswer(ctx, row),
      actCount: row.act_count,
      acts: row.acts.map(({ action, name, at }) => ({ label: label(action), name, at })),
    })),
    nextCursor: last && rows.length > query.limit ? encodeCursor([last.started_at, last.id]) : null,
  }
}
