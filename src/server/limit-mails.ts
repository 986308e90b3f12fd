import type { Ctx } from './context.ts'
import type { TokenPurpose } from './one-time-token.ts'
import { Refusal } from './refusal.ts'

/** Mails of one kind that one user may be sent, or cause, within an hour. */
const anHour = 5

/** Refuses (429 `email.too_many`) when the user has had too many links of a kind within the hour. */
export async function limitMails(ctx: Ctx, userId: string, purpose: TokenPurpose): Promise<void> {
  const [row] = await ctx.tx.query<{ n: number }>(
    'count_links',
    `select count(*)::int as n from one_time_token where agency_id = $1 and user_id = $2 and purpose = $3 and created_at > $4`,
    [ctx.agencyId, userId, purpose, ctx.now.subtract({ hours: 1 }).toString()],
  )
  if (row!.n >= anHour) throw new Refusal(429, 'email.too_many', { retryAfter: 3600 })
}
