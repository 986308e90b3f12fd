import { emailKey } from '../../contract/common.ts'
import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { keyedHash } from '../../server/keys.ts'
import { Refusal } from '../../server/refusal.ts'
import { assignClients } from '../assignments/public.ts'
import { auditedMember, lockMembership, memberToChange } from '../sub-accounts/public.ts'
import type { revokeInvitation as contract } from './contract.ts'

/**
 * Withdraws an invitation nobody accepted and removes its sub-account, which never was anybody's. Its clients
 * lose that assignment; says how many are now assigned to nobody. A team or portfolio below must move first.
 */
export async function revokeInvitation(
  ctx: Ctx,
  { params }: InputOf<typeof contract>,
): Promise<AnswerOf<typeof contract>> {
  await lockMembership(ctx)
  const member = await memberToChange(ctx, params.id, { others: true })
  if (member.joined) throw new Refusal(409, 'sub_account.already_active')
  await refuseDependants(ctx, member.id)
  const clientIds = (
    await ctx.db
      .selectFrom('assignment')
      .select('client_id')
      .where('agency_id', '=', ctx.agencyId)
      .where('member_id', '=', member.id)
      .execute()
  ).map((a) => a.client_id)
  await assignClients(ctx, {
    remove: clientIds.map((clientId) => ({ clientId, memberId: member.id })),
    trusted: true,
    announce: false,
  })
  const [left] = await ctx.tx.query<{ count: number }>(
    'now_unassigned',
    `select count(*)::int as count from client where agency_id = $1 and id = any($2::uuid[]) and assignee_count = 0`,
    [ctx.agencyId, clientIds],
  )
  await ctx.db
    .deleteFrom('member')
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', member.id)
    .execute()
  await ctx.db
    .deleteFrom('realm_user')
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', member.userId)
    .execute()
  await forgetAddress(ctx, member.email)
  ctx.audit({
    action: 'invitation.revoked',
    ...auditedMember(member),
    data: { nowUnassigned: left?.count ?? 0 },
  })
  ctx.publish({ agencyId: ctx.agencyId, kind: 'members' })
  return { nowUnassigned: left?.count ?? 0 }
}

async function refuseDependants(ctx: Ctx, memberId: string): Promise<void> {
  const [below] = await ctx.tx.query(
    'has_dependants',
    `select 1 where exists (select from member where agency_id = $1 and parent_id = $2) or exists (select from client where agency_id = $1 and home_id = $2)`,
    [ctx.agencyId, memberId],
  )
  if (below) throw new Refusal(409, 'member.has_dependants')
}

/** "Find my agency" no longer knows the address, unless somebody else of this agency has it. */
async function forgetAddress(ctx: Ctx, address: string): Promise<void> {
  const key = emailKey(address)
  const other = await ctx.db
    .selectFrom('realm_user')
    .select('id')
    .where('agency_id', '=', ctx.agencyId)
    .where('email_key', '=', key)
    .limit(1)
    .executeTakeFirst()
  if (other) return
  const hash = keyedHash(ctx.app.config.secret, 'email-directory', key)
  await ctx.db
    .deleteFrom('email_directory')
    .where('agency_id', '=', ctx.agencyId)
    .where('email_hash', '=', hash)
    .execute()
}
