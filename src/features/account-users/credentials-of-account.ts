import { emailKey, type Locale } from '../../contract/common.ts'
import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import type { Ctx } from '../../server/context.ts'
import { linkTo, type Realm } from '../../server/hosts.ts'
import { readAccount } from '../../server/identify-in-account.ts'
import { limitMails } from '../../server/limit-mails.ts'
import { queueMail } from '../../server/mail.ts'
import { issueToken, revokeTokens } from '../../server/one-time-token.ts'
import { Refusal } from '../../server/refusal.ts'
import { hashPassword } from '../passwords/public.ts'
import { reachableAccount, type HostedAccountFacts } from '../hosted-accounts/public.ts'
import { endSessionsOf, liftLockOf } from '../sign-in/public.ts'
import {
  accountUser,
  accountUsers,
  changeAccountUser,
  recordAccountUser,
  type AccountUserRow,
} from './account-user.ts'
import type * as contract from './contract.ts'
import { accountResetMail } from './emails.ts'
import { newGivenPassword } from './given-password.ts'

/** The users of an account of a client one sees: administrators first, then by name. */
export async function listUsersOfAccount(
  ctx: Ctx,
  { params }: InputOf<typeof contract.listUsersOfAccount>,
): Promise<AnswerOf<typeof contract.listUsersOfAccount>> {
  const account = await reachableAccount(ctx, params.id)
  const rows = await accountUsers(ctx, account.id).orderBy('k.role').orderBy('u.name').limit(1000).execute()
  return {
    address: addressOf(ctx, account),
    data: rows.map((u) => ({
      id: toPublicId('user', u.id),
      name: u.name,
      email: u.email,
      userName: u.user_name,
      role: u.role,
      state: u.state,
      lastSeenAt: u.last_seen_at,
    })),
  }
}

/**
 * Sets a new password for a user of a client's account, to be shared (B52): shown once, kept as a hash, mailed
 * to nobody (B30). Ends their sessions, voids their links, and lifts the lock of wrong attempts. Audited as an
 * act of the agency's own. Runs detached: hashing holds no row and no connection.
 */
export async function setAccountUserPassword(
  outer: Ctx,
  { params }: InputOf<typeof contract.setAccountUserPassword>,
): Promise<AnswerOf<typeof contract.setAccountUserPassword>> {
  await outer.apart((ctx) => reach(ctx, params))
  const password = newGivenPassword()
  const hash = await hashPassword(password)
  return outer.apart(async (ctx) => {
    const { account, user } = await reach(ctx, params)
    await ctx.db
      .updateTable('realm_user')
      .set({ password_hash: hash, password_changed_at: ctx.nowIso })
      .where('agency_id', '=', ctx.agencyId)
      .where('id', '=', user.id)
      .execute()
    await changeAccountUser(ctx, user.id, { password_given_at: ctx.nowIso })
    await revokeTokens(ctx, user.id, 'password_reset', 'second_factor', 'email_change')
    await liftLockOf(inRealm(ctx, account), emailKey(user.email))
    const endedSessions = await endSessionsOf(ctx, user.id)
    recordAccountUser(ctx, 'account_user.password_set', user, account)
    return { address: addressOf(ctx, account), login: user.user_name ?? user.email, password, endedSessions }
  })
}

/** Mails the link to choose a new password (B51): an access mail, 30 minutes, single use, five within the hour. */
export async function sendAccountPasswordReset(
  ctx: Ctx,
  { params }: InputOf<typeof contract.sendAccountPasswordReset>,
): Promise<Record<string, never>> {
  const { account, user } = await reach(ctx, params)
  const there = inRealm(ctx, account)
  there.account = await readAccount(ctx.tx, ctx.agencyId, account.id)
  await limitMails(there, user.id, 'password_reset')
  await revokeTokens(there, user.id, 'password_reset')
  const token = await issueToken(there, {
    purpose: 'password_reset',
    userId: user.id,
    lifetime: { minutes: 30 },
  })
  const locale = (user.locale as Locale | null) ?? account.locale
  await queueMail(there, {
    kind: 'account_users.reset',
    to: { email: user.email, name: user.name, userId: user.id },
    locale,
    body: accountResetMail(there, locale, { name: user.name, token }),
  })
  recordAccountUser(ctx, 'account_user.reset_sent', user, account)
  return {}
}

async function reach(
  ctx: Ctx,
  params: { id: string; userId: string },
): Promise<{ account: HostedAccountFacts; user: AccountUserRow }> {
  const account = await reachableAccount(ctx, params.id)
  const user = await accountUser(ctx, account.id, params.userId)
  if (user.state !== 'active') throw new Refusal(409, 'account_user.not_active')
  return { account, user }
}

/** The same call, spoken in the account's realm: its links lead there. */
function inRealm(ctx: Ctx, account: HostedAccountFacts): Ctx {
  return { ...ctx, realm: realmOfAccount(ctx, account) }
}

function realmOfAccount(ctx: Ctx, account: HostedAccountFacts): Realm {
  return { kind: 'hosted_account', agencyId: ctx.agencyId, realmId: account.id, host: account.host }
}

function addressOf(ctx: Ctx, account: HostedAccountFacts): string {
  return new URL(linkTo(ctx.app.config, realmOfAccount(ctx, account), '/')).origin
}
