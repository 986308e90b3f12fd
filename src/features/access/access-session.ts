import type { AnswerOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import type { Ctx } from '../../server/context.ts'
import { Refusal } from '../../server/refusal.ts'
import type { startAccessSession } from './contract.ts'

/** How long an acting session lasts, and how much each renewal gives (C2). */
export const accessMinutes = 30

/** A row with the names it is told with. */
export type AccessSessionRow = {
  id: string
  mode: 'acting' | 'viewing'
  read_only: boolean
  reason: string | null
  actor_name: string
  actor_user_id: string
  subject_member_id: string
  subject_user_id: string
  subject_name: string
  started_at: string
  expires_at: string
  ended_at: string | null
}

/** Columns and joins of `AccessSessionRow`; `x` is access_session. */
export const accessSessionSelect = `
  select x.id, x.mode, x.read_only, x.reason, au.name as actor_name, x.actor_user_id, x.subject_member_id,
    su.id as subject_user_id, su.name as subject_name, x.started_at, x.expires_at, x.ended_at
  from access_session x
  join realm_user au on au.agency_id = x.agency_id and au.id = x.actor_user_id
  join member sm on sm.agency_id = x.agency_id and sm.id = x.subject_member_id
  join realm_user su on su.agency_id = sm.agency_id and su.id = sm.user_id`

/** One session as the API tells of it. */
export async function readAccessSession(ctx: Ctx, id: string): Promise<AnswerOf<typeof startAccessSession>> {
  const [row] = await ctx.tx.query<AccessSessionRow>(
    'access_session',
    `${accessSessionSelect} where x.agency_id = $1 and x.id = $2`,
    [ctx.agencyId, id],
  )
  if (!row) throw new Error('the acting session of this very call is gone')
  return accessSessionAnswer(ctx, row)
}

/** A row as the API tells of it: it ended when it was left, or else when its time ran out. */
export function accessSessionAnswer(ctx: Ctx, row: AccessSessionRow): AnswerOf<typeof startAccessSession> {
  const endsAt = row.ended_at !== null && row.ended_at < row.expires_at ? row.ended_at : row.expires_at
  return {
    id: toPublicId('accessSession', row.id),
    mode: row.mode,
    readOnly: row.read_only,
    reason: row.reason,
    actor: { name: row.actor_name },
    subject: { id: toPublicId('member', row.subject_member_id), name: row.subject_name },
    startedAt: row.started_at,
    endsAt,
    ended: Temporal.Instant.compare(Temporal.Instant.from(endsAt), ctx.now) <= 0,
  }
}

/** The acting session the call runs in; 409 when there is none. */
export function currentAccess(ctx: Ctx): { id: string; sessionId: string } {
  if (!ctx.acting || !ctx.session) throw new Refusal(409, 'acting.none')
  return { id: ctx.acting.id, sessionId: ctx.session.id }
}
