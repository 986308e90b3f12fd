import { emailKey, type Locale } from '../../contract/common.ts'
import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { accountOf, subjectOf, type Ctx } from '../../server/context.ts'
import { newId } from '../../server/ids.ts'
import { limitMails } from '../../server/limit-mails.ts'
import { queueMail } from '../../server/mail.ts'
import { issueToken, revokeTokens } from '../../server/one-time-token.ts'
import { Refusal } from '../../server/refusal.ts'
import {
  accountUser,
  lockAccountUsers,
  readAccountUser,
  recordAccountUser,
  requirePlace,
} from './account-user.ts'
import type * as contract from './contract.ts'
import { accountInvitationMail } from './emails.ts'

/**
 * Makes a user of the account and mails the invitation: an access mail, which goes whatever the commercial mode
 * (checklist.md, "Where the sources disagree"). 409 when the address is known here or the plan has no place.
 */
export async function inviteAccountUser(
  ctx: Ctx,
  { body }: InputOf<typeof contract.inviteAccountUser>,
): Promise<AnswerOf<typeof contract.inviteAccountUser>> {
  const account = accountOf(ctx)
  await lockAccountUsers(ctx, account.id)
  await requirePlace(ctx, account.id)
  const id = newId()
  const made = await ctx.db
    .insertInto('realm_user')
    .values({
      agency_id: ctx.agencyId,
      id,
      realm_id: account.id,
      realm_kind: 'hosted_account',
      email: body.email,
      email_key: emailKey(body.email),
      name: body.name,
      locale: body.locale ?? null,
      created_at: ctx.nowIso,
    })
    .onConflict((c) => c.columns(['agency_id', 'realm_id', 'email_key']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!made)
    throw new Refusal(409, 'account_user.exists', { fields: { email: 'refusal.account_user.exists' } })
  await ctx.db
    .insertInto('account_user')
    .values({
      agency_id: ctx.agencyId,
      user_id: id,
      hosted_account_id: account.id,
      role: body.role,
      state: 'invited',
      created_at: ctx.nowIso,
    })
    .execute()
  await mailInvitation(ctx, { id, name: body.name, email: body.email, locale: body.locale ?? null })
  recordAccountUser(ctx, 'account_user.invited', { id, name: body.name }, account, { role: body.role })
  return readAccountUser(ctx, id)
}

/** Mails a new link, at most five within the hour; the ones before are void. */
export async function resendAccountInvitation(
  ctx: Ctx,
  { params }: InputOf<typeof contract.resendAccountInvitation>,
): Promise<AnswerOf<typeof contract.resendAccountInvitation>> {
  const account = accountOf(ctx)
  const user = await invited(ctx, params.id)
  await limitMails(ctx, user.id, 'invitation')
  await mailInvitation(ctx, { ...user, locale: user.locale as Locale | null })
  recordAccountUser(ctx, 'account_user.invited_again', user, account)
  return readAccountUser(ctx, user.id)
}

/** Takes the invitation back: whoever never came is removed, and the link is dead. */
export async function withdrawAccountInvitation(
  ctx: Ctx,
  { params }: InputOf<typeof contract.withdrawAccountInvitation>,
): Promise<Record<string, never>> {
  const account = accountOf(ctx)
  await lockAccountUsers(ctx, account.id)
  const user = await invited(ctx, params.id)
  await ctx.db
    .deleteFrom('realm_user')
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', user.id)
    .execute()
  recordAccountUser(ctx, 'account_user.invitation_withdrawn', user, account)
  return {}
}

async function invited(ctx: Ctx, id: string) {
  const user = await accountUser(ctx, accountOf(ctx).id, id)
  if (user.state !== 'invited') throw new Refusal(409, 'account_user.not_invited')
  return user
}

async function mailInvitation(
  ctx: Ctx,
  to: { id: string; name: string; email: string; locale: Locale | null },
): Promise<void> {
  await revokeTokens(ctx, to.id, 'invitation')
  const token = await issueToken(ctx, { purpose: 'invitation', userId: to.id, lifetime: { days: 7 } })
  const by = subjectOf(ctx).name
  await ctx.db
    .updateTable('account_user')
    .set({ invited_at: ctx.nowIso, invited_by_name: by })
    .where('agency_id', '=', ctx.agencyId)
    .where('user_id', '=', to.id)
    .execute()
  const locale = to.locale ?? accountOf(ctx).locale
  await queueMail(ctx, {
    kind: 'account_users.invitation',
    to: { email: to.email, name: to.name, userId: to.id },
    locale,
    body: accountInvitationMail(ctx, locale, { name: to.name, by, token }),
  })
}
