import { emailKey } from '../../contract/common.ts'
import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import type { Ctx } from '../../server/context.ts'
import { newId } from '../../server/ids.ts'
import { keyedHash } from '../../server/keys.ts'
import { Refusal } from '../../server/refusal.ts'
import { assignClients } from '../assignments/public.ts'
import {
  checkPlace,
  checkRole,
  checkSeesUnassigned,
  lockMembership,
  readMember,
  visibleMembers,
} from '../sub-accounts/public.ts'
import type { inviteSubAccount as contract } from './contract.ts'
import { sendInvitation } from './send-invitation.ts'

/**
 * Makes a sub-account (A13) for one person (A9), with its clients when given (A14), and mails the invitation.
 * 409 when the address has one already: `sub_account.already_invited` when it was only invited, so that the
 * page can offer to send the link again.
 */
export async function inviteSubAccount(
  ctx: Ctx,
  { body }: InputOf<typeof contract>,
): Promise<AnswerOf<typeof contract>> {
  await lockMembership(ctx)
  checkRole(ctx, body.role)
  await checkPlace(ctx, body.role, body.parentId)
  await checkSeesUnassigned(ctx, body.seesUnassigned)
  const ids = { userId: newId(), memberId: newId() }
  const made = await ctx.db
    .insertInto('realm_user')
    .values({
      agency_id: ctx.agencyId,
      id: ids.userId,
      realm_id: ctx.agencyId,
      realm_kind: 'agency',
      email: body.email,
      email_key: emailKey(body.email),
      name: body.name,
      locale: body.locale ?? null,
      created_at: ctx.nowIso,
    })
    .onConflict((c) => c.columns(['agency_id', 'realm_id', 'email_key']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!made) throw await alreadyThere(ctx, body.email)
  await ctx.db
    .insertInto('member')
    .values({
      agency_id: ctx.agencyId,
      id: ids.memberId,
      user_id: ids.userId,
      role: body.role,
      parent_id: body.parentId,
      state: 'invited',
      sees_unassigned: body.seesUnassigned,
      job_title: body.jobTitle ?? null,
      phone: body.phone ?? null,
      created_at: ctx.nowIso,
    })
    .execute()
  await ctx.db
    .insertInto('email_directory')
    .values({
      email_hash: keyedHash(ctx.app.config.secret, 'email-directory', emailKey(body.email)),
      agency_id: ctx.agencyId,
    })
    .onConflict((c) => c.doNothing())
    .execute()
  ctx.audit({
    action: 'member.invited',
    memberId: ids.memberId,
    entity: { kind: 'member', id: ids.memberId, name: body.name },
    data: { role: body.role, clients: body.clientIds.length, seesUnassigned: body.seesUnassigned },
  })
  await assignClients(ctx, {
    add: [...new Set(body.clientIds)].map((clientId) => ({ clientId, memberId: ids.memberId })),
    announce: false,
  })
  await sendInvitation(ctx, { ...ids, name: body.name, email: body.email, locale: body.locale ?? null })
  ctx.publish({ agencyId: ctx.agencyId, kind: 'members' })
  return readMember(ctx, ids.memberId)
}

/** Why the address can't be invited; names the sub-account only to who sees it. */
async function alreadyThere(ctx: Ctx, address: string): Promise<Refusal> {
  const known = await visibleMembers(ctx)
    .innerJoin('realm_user as u', (j) =>
      j.onRef('u.agency_id', '=', 'member.agency_id').onRef('u.id', '=', 'member.user_id'),
    )
    .select(['member.id', 'member.state'])
    .where('u.realm_id', '=', ctx.agencyId)
    .where('u.email_key', '=', emailKey(address))
    .executeTakeFirst()
  const code = known?.state === 'invited' ? 'sub_account.already_invited' : 'sub_account.exists'
  return new Refusal(409, code, {
    fields: { email: `refusal.${code}` },
    ...(known && { data: { memberId: toPublicId('member', known.id) } }),
  })
}
