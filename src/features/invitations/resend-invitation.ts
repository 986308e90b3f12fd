import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { limitMails } from '../../server/limit-mails.ts'
import { Refusal } from '../../server/refusal.ts'
import { auditedMember, lockMembership, memberToChange, readMember } from '../sub-accounts/public.ts'
import type { resendInvitation as contract } from './contract.ts'
import { sendInvitation } from './send-invitation.ts'

/** Sends the invitation again, expired or not; only the newest link works. 429 after five within an hour. */
export async function resendInvitation(
  ctx: Ctx,
  { params }: InputOf<typeof contract>,
): Promise<AnswerOf<typeof contract>> {
  await lockMembership(ctx)
  const member = await memberToChange(ctx, params.id, { others: true })
  if (member.state === 'active') throw new Refusal(409, 'sub_account.already_active')
  if (member.state === 'disabled') throw new Refusal(409, 'sub_account.disabled')
  await limitMails(ctx, member.userId, 'invitation')
  await sendInvitation(ctx, {
    memberId: member.id,
    userId: member.userId,
    name: member.name,
    email: member.email,
    locale: member.locale,
  })
  ctx.audit({ action: 'invitation.resent', ...auditedMember(member) })
  ctx.publish({ agencyId: ctx.agencyId, kind: 'members' })
  return readMember(ctx, member.id)
}
