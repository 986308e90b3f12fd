import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import { agencyOf, type Ctx } from '../../server/context.ts'
import { readToken, spendToken } from '../../server/one-time-token.ts'
import type { Exchange } from '../../server/route.ts'
import { notifyUsers } from '../notifications/public.ts'
import { checkNewPassword, hashPassword } from '../passwords/public.ts'
import { openSession } from '../sign-in/public.ts'
import type { acceptInvitation as contract } from './contract.ts'
import { invitedMember } from './read-invitation.ts'

/**
 * Sets the password of the sub-account behind a link and signs its holder in (A15, A16). Of any number of
 * callers with one link, one gets in and the others 410. Runs detached: hashing holds no row and no connection.
 */
export async function acceptInvitation(
  outer: Ctx,
  { body }: InputOf<typeof contract>,
  { reply }: Exchange,
): Promise<AnswerOf<typeof contract>> {
  await outer.apart(async (ctx) => {
    const link = await readToken(ctx, 'invitation', body.token)
    const { name, email } = await invitedMember(ctx, link.userId)
    checkNewPassword(body.password, { name, email, agencyName: agencyOf(ctx).name })
  })
  const hash = await hashPassword(body.password)
  return outer.apart(async (ctx) => {
    const link = await spendToken(ctx, 'invitation', body.token)
    const invited = await invitedMember(ctx, link.userId)
    await ctx.db
      .updateTable('realm_user')
      .set({ password_hash: hash, password_changed_at: ctx.nowIso, email_confirmed_at: ctx.nowIso })
      .where('agency_id', '=', ctx.agencyId)
      .where('id', '=', invited.user_id)
      .execute()
    await ctx.db
      .updateTable('member')
      .set((eb) => ({ state: 'active', version: eb('version', '+', 1) }))
      .where('agency_id', '=', ctx.agencyId)
      .where('id', '=', invited.id)
      .execute()
    // From here on it is the holder who acts, whoever was signed in to this browser before.
    ctx.actor = ctx.subject = {
      userId: invited.user_id,
      name: invited.name,
      email: invited.email,
      memberId: invited.id,
      role: invited.role,
    }
    ctx.acting = null
    await openSession(ctx, reply, invited.user_id, 'invitation', false)
    ctx.audit({
      action: 'invitation.accepted',
      memberId: invited.id,
      entity: { kind: 'member', id: invited.id, name: invited.name },
    })
    await tellInviter(ctx, invited)
    ctx.publish({ agencyId: ctx.agencyId, kind: 'members' })
    return { memberId: toPublicId('member', invited.id) }
  })
}

async function tellInviter(ctx: Ctx, invited: { id: string; name: string }): Promise<void> {
  const inviter = await ctx.db
    .selectFrom('member as m')
    .innerJoin('member as i', (j) =>
      j.onRef('i.agency_id', '=', 'm.agency_id').onRef('i.id', '=', 'm.invited_by'),
    )
    .select('i.user_id')
    .where('m.agency_id', '=', ctx.agencyId)
    .where('m.id', '=', invited.id)
    .where('i.state', '=', 'active')
    .executeTakeFirst()
  if (!inviter) return
  await notifyUsers(ctx, [inviter.user_id], {
    kind: 'invitation_accepted',
    values: { name: invited.name },
    link: `/sous-comptes/${toPublicId('member', invited.id)}`,
  })
}
