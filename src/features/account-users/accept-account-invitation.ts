import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { accountOf, type Ctx } from '../../server/context.ts'
import { readToken, spendToken } from '../../server/one-time-token.ts'
import { Refusal } from '../../server/refusal.ts'
import type { Exchange } from '../../server/route.ts'
import { actAs } from '../../server/within.ts'
import { checkNewPassword, hashPassword } from '../passwords/public.ts'
import { openSession } from '../sign-in/public.ts'
import { accountUsers, recordAccountUser, type AccountUserRow } from './account-user.ts'
import type * as contract from './contract.ts'

/** Who invites whom. The link is not spent by looking at it; 410 when it is no longer good. */
export async function readAccountInvitation(
  ctx: Ctx,
  { body }: InputOf<typeof contract.readAccountInvitation>,
): Promise<AnswerOf<typeof contract.readAccountInvitation>> {
  const link = await readToken(ctx, 'invitation', body.token)
  const user = await invitedBy(ctx, link.userId)
  return { name: user.name, email: user.email, invitedBy: user.invited_by_name, expiresAt: link.expiresAt }
}

/**
 * Sets the password behind an invitation and signs in: of any number of callers with one link, one gets in and
 * the others 410. Runs detached: hashing holds no row and no connection.
 */
export async function acceptAccountInvitation(
  outer: Ctx,
  { body }: InputOf<typeof contract.acceptAccountInvitation>,
  { reply }: Exchange,
): Promise<Record<string, never>> {
  await outer.apart(async (ctx) => {
    const { name, email } = await invitedBy(ctx, (await readToken(ctx, 'invitation', body.token)).userId)
    checkNewPassword(body.password, { name, email, agencyName: accountOf(ctx).name })
  })
  const hash = await hashPassword(body.password)
  return outer.apart(async (ctx) => {
    const user = await invitedBy(ctx, (await spendToken(ctx, 'invitation', body.token)).userId)
    await ctx.db
      .updateTable('realm_user')
      .set({ password_hash: hash, password_changed_at: ctx.nowIso, email_confirmed_at: ctx.nowIso })
      .where('agency_id', '=', ctx.agencyId)
      .where('id', '=', user.id)
      .execute()
    await ctx.db
      .updateTable('account_user')
      .set((eb) => ({ state: 'active', version: eb('version', '+', 1) }))
      .where('agency_id', '=', ctx.agencyId)
      .where('user_id', '=', user.id)
      .execute()
    // From here on it is the holder who acts, whoever was signed in to this browser before.
    actAs(ctx, {
      userId: user.id,
      name: user.name,
      email: user.email,
      memberId: null,
      role: null,
      accountRole: user.role,
    })
    ctx.acting = null
    await openSession(ctx, reply, user.id, 'invitation', false)
    recordAccountUser(ctx, 'account_user.joined', user, accountOf(ctx))
    return {}
  })
}

async function invitedBy(ctx: Ctx, userId: string | null): Promise<AccountUserRow> {
  const user =
    userId === null
      ? undefined
      : await accountUsers(ctx, accountOf(ctx).id).where('k.user_id', '=', userId).executeTakeFirst()
  if (user?.state !== 'invited') throw new Refusal(410, 'link.spent')
  return user
}
