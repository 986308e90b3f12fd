import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import type { Locale } from '../../contract/common.ts'
import type { Ctx } from '../../server/context.ts'
import { queueMail } from '../../server/mail.ts'
import { Refusal } from '../../server/refusal.ts'
import { endSessionsOf } from '../sign-in/public.ts'
import type { disableSubAccount as contract } from './contract.ts'
import { disabledMail } from './emails.ts'
import { readMember } from './get-member.ts'
import { keepAnOwner, lockMembership } from './lock-membership.ts'
import { auditedMember, memberToChange, type MemberToChange } from './member-to-change.ts'

/**
 * Closes a sub-account (A19): every session of its holder ends with this commit, and every session in which
 * somebody acts for it; its links are void; the assignments stay, dormant. The holder gets the mail of A20.
 * Nobody closes their own access, and the last owner stays.
 */
export async function disableSubAccount(
  ctx: Ctx,
  { params }: InputOf<typeof contract>,
): Promise<AnswerOf<typeof contract>> {
  await lockMembership(ctx)
  const member = await memberToChange(ctx, params.id, { others: true })
  if (member.state === 'disabled') throw new Refusal(409, 'member.already_disabled')
  if (member.role === 'owner') await keepAnOwner(ctx, member.id)
  const sessions = await closeAccess(ctx, member)
  ctx.audit({ action: 'member.disabled', ...auditedMember(member), data: { sessionsEnded: sessions } })
  ctx.publish({ agencyId: ctx.agencyId, kind: 'members' })
  return readMember(ctx, member.id)
}

/**
 * Ends a member's access: state, links and sessions (how many is given), and the mail of A20 to whoever had one.
 * The caller holds the membership lock, checks who may, and audits.
 */
export async function closeAccess(ctx: Ctx, member: MemberToChange): Promise<number> {
  await ctx.db
    .updateTable('member')
    .set({ state: 'disabled', disabled_at: ctx.nowIso, version: member.version + 1 })
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', member.id)
    .execute()
  await ctx.db
    .updateTable('realm_user')
    .set({ state: 'disabled' })
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', member.userId)
    .execute()
  await voidLinks(ctx, member.userId)
  const sessions = await endSessionsOf(ctx, member.userId)
  // Who was only invited never had an access to be told about.
  if (member.joined) {
    const locale = (member.locale as Locale | null) ?? ctx.agency?.locale ?? 'fr'
    await queueMail(ctx, {
      kind: 'sub_accounts.disabled',
      to: { email: member.email, name: member.name, userId: member.userId },
      locale,
      body: disabledMail(ctx, locale, { name: member.name }),
    })
  }
  return sessions
}

/** Invitations, resets, confirmations: whatever link is still out there works no more. */
async function voidLinks(ctx: Ctx, userId: string): Promise<void> {
  await ctx.db
    .updateTable('one_time_token')
    .set({ revoked_at: ctx.nowIso })
    .where('agency_id', '=', ctx.agencyId)
    .where('user_id', '=', userId)
    .where('used_at', 'is', null)
    .where('revoked_at', 'is', null)
    .execute()
}
