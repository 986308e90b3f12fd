import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { memberOf, type Ctx } from '../../server/context.ts'
import { Refusal, notFound } from '../../server/refusal.ts'
import { accessSessionAnswer, accessSessionSelect, type AccessSessionRow } from './access-session.ts'
import type { listAccessSessions as contract } from './contract.ts'
import { cursorId, cursorInstant, decodeCursor, encodeCursor } from '../../server/page-cursor.ts'

type Row = AccessSessionRow & {
  act_count: number
  acts: { action: string; name: string | null; at: string }[]
}

// $2 the subject (null: everybody), $3 how many, $4 and $5 where the page begins. What was done in a session is
// what its actor did in its subject's name meanwhile; starting and leaving are not acts.
const listSql = `
${accessSessionSelect.replace('from access_session x', ", coalesce(d.n, 0)::int as act_count, coalesce(d.acts, '[]'::jsonb) as acts\n  from access_session x")}
left join lateral (
  select count(*) as n, (jsonb_agg(jsonb_build_object('action', e.action, 'name', e.entity_name, 'at', to_char(e.occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by e.seq desc)
    filter (where e.place <= 10)) as acts
  from (select e.*, row_number() over (order by e.seq desc) as place from audit_event e
    where e.agency_id = x.agency_id and e.actor_user_id = x.actor_user_id and e.subject_user_id = su.id
      and e.occurred_at between x.started_at and coalesce(x.ended_at, x.expires_at) and e.action not like 'access_session.%') e
) d on true
where x.agency_id = $1 and ($2::uuid is null or x.subject_member_id = $2)
  and ($4::timestamptz is null or (x.started_at, x.id) < ($4::timestamptz, $5::uuid))
order by x.started_at desc, x.id desc limit $3`

/** Who acted for the caller; owners may ask for any member or for the whole agency (403 and 404 for others). */
export async function listAccessSessions(
  ctx: Ctx,
  { query }: InputOf<typeof contract>,
): Promise<AnswerOf<typeof contract>> {
  const asker = memberOf(ctx)
  const isOwner = asker.role === 'owner'
  if (query.scope === 'agency' && !isOwner) throw new Refusal(403, 'right.missing')
  const subject = query.scope === 'agency' ? null : (query.memberId ?? asker.memberId)
  if (subject !== null && subject !== asker.memberId && !(isOwner && (await exists(ctx, subject))))
    throw notFound()
  const after = decodeCursor(query.cursor, 2)
  const rows = await ctx.tx.query<Row>('list_access_sessions', listSql, [
    ctx.agencyId,
    subject,
    query.limit + 1,
    cursorInstant(after?.[0]) ?? null,
    cursorId(after?.[1]) ?? null,
  ])
  const shown = rows.slice(0, query.limit)
  const last = shown.at(-1)
  return {
    data: shown.map((row) => ({ ...accessSessionAnswer(ctx, row), actCount: row.act_count, acts: row.acts })),
    nextCursor: last && rows.length > query.limit ? encodeCursor([last.started_at, last.id]) : null,
  }
}

async function exists(ctx: Ctx, memberId: string): Promise<boolean> {
  return (
    (await ctx.db
      .selectFrom('member')
      .select('id')
      .where('agency_id', '=', ctx.agencyId)
      .where('id', '=', memberId)
      .executeTakeFirst()) !== undefined
  )
}
