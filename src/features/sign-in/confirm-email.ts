import { emailKey } from '../../contract/common.ts'
import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { sqlState } from '../../server/db.ts'
import { keyedHash } from '../../server/keys.ts'
import { queueMail } from '../../server/mail.ts'
import { revokeTokens, spendToken } from '../../server/one-time-token.ts'
import { Refusal } from '../../server/refusal.ts'
import { actAs } from '../../server/within.ts'
import type { confirmEmail as contract } from './contract.ts'
import { addressChangedMail, mailLocale } from './emails.ts'
import { findUser, mayEnter, type RealmUser } from './find-user.ts'

/**
 * Proves an address by the link mailed to it, signed in or not: the user's own, or the new one of a change,
 * which then becomes the one to sign in by. 410 when the link is spent, 409 `email.taken` when somebody else
 * of the realm took the address meanwhile.
 */
export async function confirmEmail(
  ctx: Ctx,
  { body }: InputOf<typeof contract>,
): Promise<AnswerOf<typeof contract>> {
  const token = await spendToken(ctx, ['email_confirmation', 'email_change'], body.token)
  const user = await findUser(ctx, token.userId!)
  const email = String(token.payload['email'])
  const changed = token.purpose === 'email_change'
  // A link for an address the user no longer has proves nothing.
  if (!user || !mayEnter(ctx, user) || (!changed && emailKey(email) !== user.email_key))
    throw new Refusal(410, 'link.spent')
  actAs(ctx, {
    userId: user.id,
    name: user.name,
    email: user.email,
    memberId: user.member_id,
    role: user.role,
  })
  if (changed) await changeEmail(ctx, user, email)
  else
    await ctx.db
      .updateTable('realm_user')
      .set({ email_confirmed_at: ctx.nowIso })
      .where('agency_id', '=', ctx.agencyId)
      .where('id', '=', user.id)
      .execute()
  ctx.audit({
    action: changed ? 'user.email_changed' : 'user.email_confirmed',
    memberId: user.member_id,
    entity: { kind: 'user', id: user.id, name: user.name },
  })
  return { email, changed }
}

async function changeEmail(ctx: Ctx, user: RealmUser, email: string): Promise<void> {
  try {
    await ctx.db
      .updateTable('realm_user')
      .set({ email, email_key: emailKey(email), email_confirmed_at: ctx.nowIso })
      .where('agency_id', '=', ctx.agencyId)
      .where('id', '=', user.id)
      .execute()
  } catch (error) {
    if (sqlState(error) === '23505') throw new Refusal(409, 'email.taken')
    throw error
  }
  await revokeTokens(ctx, user.id, 'email_confirmation', 'email_change', 'password_reset')
  await moveInDirectory(ctx, user.email_key, emailKey(email))
  await queueMail(ctx, {
    kind: 'sign_in.address_changed',
    to: { email: user.email, name: user.name, userId: user.id },
    locale: mailLocale(ctx, user),
    body: addressChangedMail(ctx, user, email),
  })
}

/** "Find my agency" finds the new address, and the old one no more once nobody of the agency has it. */
async function moveInDirectory(ctx: Ctx, from: string, to: string): Promise<void> {
  if (ctx.realm.kind !== 'agency') return
  const hash = (key: string) => keyedHash(ctx.app.config.secret, 'email-directory', key)
  await ctx.tx.query(
    'directory_add',
    `insert into email_directory (email_hash, agency_id) values ($1, $2) on conflict do nothing`,
    [hash(to), ctx.agencyId],
  )
  await ctx.tx.query(
    'directory_remove',
    `delete from email_directory where email_hash = $1 and agency_id = $2
       and not exists (select from realm_user where agency_id = $2 and realm_id = $2 and email_key = $3)`,
    [hash(from), ctx.agencyId, from],
  )
}
