import type { Locale } from '../../contract/common.ts'
import type { Ctx } from '../../server/context.ts'
import { queueMail } from '../../server/mail.ts'
import { issueToken, revokeTokens } from '../../server/one-time-token.ts'
import { invitationMail } from './emails.ts'

/** An invitation's life. */
const lifetime = { days: 7 }

/** Names of clients in the mail; beyond, a count says the rest. */
const namesShown = 5

/** Voids older links and mails a new one, in the agency's name and brand, good once and for 7 days (A15). */
export async function sendInvitation(
  ctx: Ctx,
  to: { memberId: string; userId: string; name: string; email: string; locale: string | null },
): Promise<void> {
  await revokeTokens(ctx, to.userId, 'invitation')
  const token = await issueToken(ctx, { purpose: 'invitation', userId: to.userId, lifetime })
  await ctx.db
    .updateTable('member')
    .set({ invited_at: ctx.nowIso, invited_by: ctx.actor?.memberId ?? null })
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', to.memberId)
    .execute()
  const [clients] = await ctx.tx.query<{ count: number; names: string[] | null }>(
    'invited_to',
    `select count(*)::int as count, (array_agg(c.name order by c.name_key))[1:$3] as names
     from assignment a join client c on c.agency_id = a.agency_id and c.id = a.client_id
     where a.agency_id = $1 and a.member_id = $2 and c.status <> 'archived'`,
    [ctx.agencyId, to.memberId, namesShown],
  )
  const locale = (to.locale as Locale | null) ?? ctx.agency?.locale ?? 'fr'
  await queueMail(ctx, {
    kind: 'invitations.invitation',
    to: { email: to.email, name: to.name, userId: to.userId },
    locale,
    body: invitationMail(ctx, locale, {
      name: to.name,
      by: ctx.actor?.name ?? '',
      token,
      names: clients?.names ?? [],
      count: clients?.count ?? 0,
    }),
  })
}
