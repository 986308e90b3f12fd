import { emailKey, type Locale } from '../../contract/common.ts'
import type { Ctx } from '../../server/context.ts'
import { newId } from '../../server/ids.ts'
import { hashPassword } from '../passwords/public.ts'
import { newGivenPassword } from './given-password.ts'

/** User name of an account's first administrator (B52). */
const adminUserName = 'admin'

/**
 * Makes the first administrator of a hosted account, who signs in with `admin` or the address (B29, B52). The
 * password is given back once and kept only as a hash: it is the caller's to show, never to mail (B30). Called
 * again before anybody signed in (a job that resumes), it gives a fresh password to the same user. Throws once
 * somebody has.
 */
export async function createAccountAdmin(
  ctx: Ctx,
  given: { hostedAccountId: string; email: string; name: string; locale: Locale },
): Promise<{ userName: 'admin'; password: string }> {
  const password = newGivenPassword()
  const secret = { password_hash: await hashPassword(password), password_changed_at: ctx.nowIso }
  const known = await ctx.db
    .updateTable('realm_user')
    .set(secret)
    .where('agency_id', '=', ctx.agencyId)
    .where('realm_id', '=', given.hostedAccountId)
    .where('user_name_key', '=', adminUserName)
    .where('last_seen_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  const userId = known?.id ?? newId()
  if (!known)
    await ctx.db
      .insertInto('realm_user')
      .values({
        agency_id: ctx.agencyId,
        id: userId,
        realm_id: given.hostedAccountId,
        realm_kind: 'hosted_account',
        email: given.email,
        email_key: emailKey(given.email),
        user_name: adminUserName,
        user_name_key: adminUserName,
        name: given.name,
        locale: given.locale,
        // The agency vouches for it: nobody is mailed when an account is made (B30).
        email_confirmed_at: ctx.nowIso,
        created_at: ctx.nowIso,
        ...secret,
      })
      .execute()
  await ctx.db
    .insertInto('account_user')
    .values({
      agency_id: ctx.agencyId,
      user_id: userId,
      hosted_account_id: given.hostedAccountId,
      role: 'admin',
      password_given_at: ctx.nowIso,
      created_at: ctx.nowIso,
    })
    .onConflict((c) => c.columns(['agency_id', 'user_id']).doUpdateSet({ password_given_at: ctx.nowIso }))
    .execute()
  return { userName: adminUserName, password }
}
