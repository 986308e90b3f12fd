import type { Ctx } from '../../server/context.ts'
import type { RealmUser } from './find-user.ts'
import { sendSecurityMail } from './send-mails.ts'

/** Stores a new password's hash, records it and tells the holder by mail. The caller ends the sessions. */
export async function setPassword(
  ctx: Ctx,
  user: RealmUser,
  hash: string,
  options: { provesEmail?: boolean } = {},
): Promise<void> {
  await ctx.db
    .updateTable('realm_user')
    .set({ password_hash: hash, password_changed_at: ctx.nowIso })
    .$if(options.provesEmail === true && user.email_confirmed_at === null, (q) =>
      q.set({ email_confirmed_at: ctx.nowIso }),
    )
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', user.id)
    .execute()
  ctx.audit({
    action: 'user.password_changed',
    memberId: user.member_id,
    entity: { kind: 'user', id: user.id, name: user.name },
  })
  await sendSecurityMail(ctx, user, 'password')
}
