import type { AnswerOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import { subjectOf, type Ctx } from '../../server/context.ts'
import type { listSessions as contract } from './contract.ts'
import { describeDevice } from './device.ts'

type Method = AnswerOf<typeof contract>['data'][number]['method']
type Row = {
  id: string
  ip: string | null
  user_agent: string | null
  method: Method
  created_at: string
  last_seen_at: string
}

/** The caller's sessions that are alive: this one first, then the last seen. */
export async function listSessions(ctx: Ctx): Promise<AnswerOf<typeof contract>> {
  const rows = await ctx.tx.query<Row>(
    'list_sessions',
    `select id, ip, user_agent, method, created_at, last_seen_at from session
     where agency_id = $1 and user_id = $2 and expires_at > $3 and last_seen_at + make_interval(secs => idle_seconds) > $3
     order by id = $4 desc, last_seen_at desc limit 200`,
    [ctx.agencyId, subjectOf(ctx).userId, ctx.nowIso, ctx.session?.id ?? null],
  )
  return {
    data: rows.map((s) => ({
      id: toPublicId('session', s.id),
      current: s.id === ctx.session?.id,
      ...describeDevice(s.user_agent),
      ip: s.ip,
      method: s.method,
      createdAt: s.created_at,
      lastSeenAt: s.last_seen_at,
    })),
  }
}
