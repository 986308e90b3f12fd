import { sql } from 'kysely'
import type { z } from 'zod'
import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import type { Role } from '../../contract/rights.ts'
import { memberOf, type Ctx } from '../../server/context.ts'
import { notFound } from '../../server/refusal.ts'
import type { getMember as contract, memberRecord } from './contract.ts'
import { memberRowAnswer, memberRows } from './member-rows.ts'
import { unassignedSeen } from './unassigned-seen.ts'

/** One sub-account; 404 outside the caller's sight. */
export async function getMember(
  ctx: Ctx,
  { params }: InputOf<typeof contract>,
): Promise<AnswerOf<typeof contract>> {
  return readMember(ctx, params.id)
}

type Ancestor = { id: string; name: string; role: Role }

/** The record of a member the caller sees, as its page shows it; 404 otherwise. */
export async function readMember(ctx: Ctx, id: string): Promise<z.output<typeof memberRecord>> {
  const row = await memberRows(ctx)
    .leftJoin('member as inviter', (j) =>
      j.onRef('inviter.agency_id', '=', 'member.agency_id').onRef('inviter.id', '=', 'member.invited_by'),
    )
    .leftJoin('realm_user as iu', (j) =>
      j.onRef('iu.agency_id', '=', 'inviter.agency_id').onRef('iu.id', '=', 'inviter.user_id'),
    )
    .select([
      'member.phone',
      'member.version',
      'member.disabled_at',
      'member.invited_at',
      'iu.name as inviter_name',
      sql<number>`(select count(*)::int from member b where b.agency_id = ${ctx.agencyId} and b.parent_id = member.id)`.as(
        'child_count',
      ),
      sql<
        string | null
      >`(select max(k.expires_at) from one_time_token k where k.agency_id = ${ctx.agencyId} and k.user_id = member.user_id
        and k.purpose = 'invitation' and k.used_at is null and k.revoked_at is null)`.as('expires_at'),
    ])
    .where('member.id', '=', id)
    .executeTakeFirst()
  if (!row) throw notFound()
  const pending = row.state === 'invited' || row.state === 'expired'
  const sentAt = row.invited_at ?? row.created_at
  return {
    ...memberRowAnswer(ctx, row),
    phone: row.phone,
    isYou: row.id === memberOf(ctx).memberId,
    ancestors: await ancestorsOf(ctx, id),
    childCount: row.child_count,
    invitation: pending ? { sentAt, expiresAt: row.expires_at, invitedBy: row.inviter_name } : null,
    disabledAt: row.disabled_at,
    unassigned: await unassignedSeen(ctx, id),
    version: row.version,
  }
}

/** Everybody above a member, from the root down: names that its branch may know. */
async function ancestorsOf(ctx: Ctx, id: string): Promise<Ancestor[]> {
  const rows = await ctx.tx.query<Ancestor>(
    'member_ancestors',
    `select m.id, u.name, m.role from member_closure k
     join member m on m.agency_id = $1 and m.id = k.ancestor_id
     join realm_user u on u.agency_id = $1 and u.id = m.user_id
     where k.agency_id = $1 and k.descendant_id = $2 and k.depth > 0 order by k.depth desc`,
    [ctx.agencyId, id],
  )
  return rows.map((r) => ({ ...r, id: toPublicId('member', r.id) }))
}
