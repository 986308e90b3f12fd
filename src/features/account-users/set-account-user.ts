import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import type { Locale } from '../../contract/common.ts'
import { accountOf, subjectOf, type Ctx } from '../../server/context.ts'
import { queueMail } from '../../server/mail.ts'
import { revokeTokens } from '../../server/one-time-token.ts'
import { Refusal } from '../../server/refusal.ts'
import { endSessionsOf } from '../sign-in/public.ts'
import {
  accountUser,
  changeAccountUser,
  lockAccountUsers,
  readAccountUser,
  recordAccountUser,
  requireOtherAdmin,
  requirePlace,
} from './account-user.ts'
import type * as contract from './contract.ts'
import { accountDisabledMail } from './emails.ts'

/**
 * Closes or opens somebody's access. Closing ends every session at once, voids links, and tells them by mail,
 * as for sub-accounts (A20). 409 for oneself, for the last administrator, and for whoever is only invited.
 */
export async function setAccountUserState(
  ctx: Ctx,
  { params, body }: InputOf<typeof contract.setAccountUserState>,
): Promise<AnswerOf<typeof contract.setAccountUserState>> {
  const account = accountOf(ctx)
  await lockAccountUsers(ctx, account.id)
  const user = await other(ctx, params.id)
  if (user.state === 'invited') throw new Refusal(409, 'account_user.invited')
  if (user.state === body.state) return readAccountUser(ctx, user.id)
  if (body.state === 'active') {
    await requirePlace(ctx, account.id)
    await changeAccountUser(ctx, user.id, { state: 'active', disabled_at: null })
    recordAccountUser(ctx, 'account_user.enabled', user, account)
    return readAccountUser(ctx, user.id)
  }
  if (user.role === 'admin') await requireOtherAdmin(ctx, account.id, user.id)
  await changeAccountUser(ctx, user.id, { state: 'disabled', disabled_at: ctx.nowIso })
  await endSessionsOf(ctx, user.id)
  await revokeTokens(ctx, user.id, 'password_reset', 'second_factor', 'email_change', 'email_confirmation')
  const locale = (user.locale as Locale | null) ?? account.locale
  await queueMail(ctx, {
    kind: 'account_users.disabled',
    to: { email: user.email, name: user.name, userId: user.id },
    locale,
    body: accountDisabledMail(ctx, locale, { name: user.name }),
  })
  recordAccountUser(ctx, 'account_user.disabled', user, account)
  return readAccountUser(ctx, user.id)
}

/** Makes somebody an administrator, or a user again; an account is never without an administrator. */
export async function setAccountUserRole(
  ctx: Ctx,
  { params, body }: InputOf<typeof contract.setAccountUserRole>,
): Promise<AnswerOf<typeof contract.setAccountUserRole>> {
  const account = accountOf(ctx)
  await lockAccountUsers(ctx, account.id)
  const user = await other(ctx, params.id)
  if (user.role === body.role) return readAccountUser(ctx, user.id)
  if (user.role === 'admin') await requireOtherAdmin(ctx, account.id, user.id)
  await changeAccountUser(ctx, user.id, { role: body.role })
  recordAccountUser(ctx, 'account_user.role_changed', user, account, { before: user.role, after: body.role })
  return readAccountUser(ctx, user.id)
}

async function other(ctx: Ctx, id: string) {
  const user = await accountUser(ctx, accountOf(ctx).id, id)
  if (user.id === subjectOf(ctx).userId) throw new Refusal(409, 'account_user.yourself')
  return user
}
