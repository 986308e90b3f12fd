import { sql } from 'kysely'
import type { z } from 'zod'
import { toPublicId } from '../../contract/ids.ts'
import type { Role } from '../../contract/rights.ts'
import type { Ctx } from '../../server/context.ts'
import type { MemberState, memberRow } from './contract.ts'
import { memberCan } from './member-can.ts'
import { visibleMembers } from './visible-members.ts'

/** State as shown: an invitation whose last link ran out is `expired`. */
export function shownState(ctx: Ctx) {
  return sql<MemberState>`case when member.state = 'invited' and not exists (
      select from one_time_token k where k.agency_id = ${ctx.agencyId} and k.user_id = member.user_id and k.purpose = 'invitation'
        and k.used_at is null and k.revoked_at is null and k.expires_at > ${ctx.nowIso})
    then 'expired' else member.state end`
}

/** Members the caller sees, with what a row of the list shows. */
export function memberRows(ctx: Ctx) {
  return visibleMembers(ctx)
    .innerJoin('realm_user as u', (j) =>
      j.onRef('u.agency_id', '=', 'member.agency_id').onRef('u.id', '=', 'member.user_id'),
    )
    .leftJoin('member as p', (j) =>
      j.onRef('p.agency_id', '=', 'member.agency_id').onRef('p.id', '=', 'member.parent_id'),
    )
    .leftJoin('realm_user as pu', (j) =>
      j.onRef('pu.agency_id', '=', 'p.agency_id').onRef('pu.id', '=', 'p.user_id'),
    )
    .select([
      'member.id',
      'u.name',
      'u.email',
      'member.role',
      'member.parent_id',
      'pu.name as parent_name',
      'member.job_title',
      'member.sees_unassigned',
      'u.last_seen_at',
      'member.created_at',
      shownState(ctx).as('state'),
      sql<number>`(select count(*)::int from assignment a join client c on c.agency_id = a.agency_id and c.id = a.client_id
        where a.agency_id = ${ctx.agencyId} and a.member_id = member.id and c.status <> 'archived')`.as(
        'client_count',
      ),
    ])
}

type Row = Awaited<ReturnType<ReturnType<typeof memberRows>['execute']>>[number]

/** A row as the API answers it. */
export function memberRowAnswer(ctx: Ctx, r: Row): z.output<typeof memberRow> {
  const role = r.role as Role
  return {
    id: toPublicId('member', r.id),
    name: r.name,
    email: r.email,
    role,
    parent:
      r.parent_id === null ? null : { id: toPublicId('member', r.parent_id), name: r.parent_name ?? '' },
    state: r.state,
    jobTitle: r.job_title,
    clientCount: r.client_count,
    seesUnassigned: r.sees_unassigned,
    lastSeenAt: r.last_seen_at,
    createdAt: r.created_at,
    can: memberCan(ctx, { id: r.id, role, state: r.state, parentId: r.parent_id }),
  }
}
