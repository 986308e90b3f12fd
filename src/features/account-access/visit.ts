import type { AnswerOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import type { Ctx } from '../../server/context.ts'
import { Refusal } from '../../server/refusal.ts'
import type { renewVisit } from './contract.ts'

/** How long a visit lasts, and how much each renewal gives (domain.md, "Acting as"). */
export const visitMinutes = 30

/** A row with the name it is told with. */
export type VisitRow = {
  id: string
  actor_name: string
  reason: string | null
  read_only: boolean
  started_at: string
  expires_at: string
  ended_at: string | null
}

/** Columns and joins of `VisitRow`; `x` is account_access_session. */
export const visitSelect = `
  select x.id, u.name as actor_name, x.reason, x.read_only, x.started_at, x.expires_at, x.ended_at
  from account_access_session x
  join realm_user u on u.agency_id = x.agency_id and u.id = x.actor_user_id`

/** A visit as the API tells of it: it ended when it was left, or else when its time ran out. */
export function visitAnswer(ctx: Ctx, row: VisitRow): AnswerOf<typeof renewVisit> {
  const endsAt = row.ended_at !== null && row.ended_at < row.expires_at ? row.ended_at : row.expires_at
  return {
    id: toPublicId('accountAccess', row.id),
    actor: { name: row.actor_name },
    reason: row.reason,
    readOnly: row.read_only,
    startedAt: row.started_at,
    endsAt,
    ended: Temporal.Instant.compare(Temporal.Instant.from(endsAt), ctx.now) <= 0,
  }
}

/** The visit the call is made in, read again. */
export async function readVisit(ctx: Ctx, id: string): Promise<AnswerOf<typeof renewVisit>> {
  const [row] = await ctx.tx.query<VisitRow>('visit', `${visitSelect} where x.agency_id = $1 and x.id = $2`, [
    ctx.agencyId,
    id,
  ])
  if (!row) throw new Error('the visit of this very call is gone')
  return visitAnswer(ctx, row)
}

/** The visit the call is made in; 409 for the account's own people. */
export function currentVisit(ctx: Ctx): string {
  if (!ctx.acting || !ctx.account) throw new Refusal(409, 'acting.none')
  return ctx.acting.id
}
